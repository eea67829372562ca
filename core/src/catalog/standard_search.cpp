#include "catalog/standard_search.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "score/patch.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

constexpr double same_word = 0.82;      // a word has a counterpart from there on (titles.cpp)
constexpr double settled_title = 0.97;  // of one that is as alike no word is missed (standard.cpp)
constexpr double rounding = 1e-4;       // of a score: bounds are floats
constexpr float worth_a_look = 0.5F;    // names that are less alike by their signatures add little to a score
constexpr float nothing = -1.0F;        // needed

// Common symbols for each of the two texts' symbols, where the ratio is such.
constexpr float as_need(double ratio) noexcept { return static_cast<float>(ratio / 2.0); }

bool has_bit(const std::vector<std::uint64_t>& bits, std::size_t at) noexcept {
    return ((bits[at / 64] >> (at % 64)) & 1U) != 0;
}
void set_bit(std::vector<std::uint64_t>& bits, std::size_t at) noexcept {
    bits[at / 64] |= std::uint64_t{1} << (at % 64);
}

bool begins_or_ends_with(std::string_view title, std::string_view name) noexcept {
    if (title.size() < name.size() + 2) return false;
    return (title.starts_with(name) && title[name.size()] == ' ') ||
           (title.ends_with(name) && title[title.size() - name.size() - 1] == ' ');
}

// Calls take(row) for rows of which the title has all words of the text: those of its rarest word at least.
template <class Take>
void with_rarest_word(const TitleWords& words, std::string_view text, Take take) {
    std::span<const std::uint32_t> rarest;
    bool any = false;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string_view word = text.substr(begin, end - begin);
        const auto id = words.find(word);
        if (!id) return;
        const std::span<const std::uint32_t> rows = words.rows_of(*id);
        if (!any || rows.size() < rarest.size()) rarest = rows;
        any = true;
        begin = end + 1;
    }
    for (const std::uint32_t row : rarest) take(row);
}

// The title without the number at its end, where the track has one that counts its parts.
std::optional<std::string> stem_of(const NormalForm& form) {
    if (!form.part && !form.ending_number) return std::nullopt;
    const std::u32string_view title = form.title.text;
    return to_utf8(form.part ? title : title.substr(0, title.rfind(U' ')));
}

kernel::SignedText asked_of(const Signature& signature) noexcept {
    return {signature.bits, signature.others, signature.size};
}

}  // namespace

StandardSearch::StandardSearch(const Profile& profile, const StandardRows& rows, std::span<const Track> tracks,
                               const Track& query, std::size_t k, double cutoff)
    : profile_(profile),
      all_(rows),
      rows_(rows.rows),
      tracks_(tracks),
      query_(query),
      form_(query.normal()),
      title_(form_.title.text, rows_.titles),
      title_by_word_(form_.title.by_word(), all_.titles_by_word),
      album_(form_.album.text, rows_.albums),
      artists_(rows_.credits.size()),
      words_(rows_.size() / 64 + 1),
      done_(rows_.size() / 64 + 1),
      best_(tracks, k, cutoff),
      needs_(Rows::in_chunk),
      survivors_(Rows::in_chunk),
      found_(Rows::in_chunk) {
    compare_others();
    bound_artists();
    mark_words();
    add_other_ways();
    add_best_credits();
}

// Tracks without a row are compared one by one.
void StandardSearch::compare_others() {
    std::array<Common, Others::most> common;
    std::array<const Track*, Others::most> some;
    for (std::size_t begin = 0; begin < rows_.others.size(); begin += some.size()) {
        const std::size_t count = std::min(some.size(), rows_.others.size() - begin);
        for (std::size_t i = 0; i < count; ++i) some[i] = &tracks_[rows_.others[begin + i]];
        query_.count_common(Others({some.data(), count}), common.data());
        for (std::size_t i = 0; i < count; ++i) {
            if (const auto score = score_from(best_.floor(), profile_, query_, *some[i], common[i]))
                best_.offer({rows_.others[begin + i], *score, std::nullopt});
        }
    }
}

// A credit is as alike as its line or, of several names, as the most alike two of them.
void StandardSearch::bound_artists() {
    const Credits& credits = all_.credits;
    std::vector<float> names(credits.names.size());
    std::vector<float> some(credits.names.size());
    for (const std::u32string_view name : form_.credits.names) {
        const AskedText asked(name, credits.names);
        const std::string bytes = to_utf8(name);
        asked.ratios_at_most(worth_a_look, some);
        for (std::uint32_t id = 0; id < some.size(); ++id) {
            const std::string_view other = credits.names[id];
            constexpr float but_for_spaces = 0.8F;
            constexpr float inside = 0.88F;
            if (some[id] >= but_for_spaces && equal_but_for_spaces(std::string_view(bytes), other)) some[id] = 1.0F;
            const std::size_t shorter = std::min(bytes.size(), other.size());
            if (some[id] < inside && common_at_most(asked.signature(), credits.names.signature(id)) >= shorter &&
                contains_words(std::string_view(bytes), other))
                some[id] = inside;
            names[id] = std::max(names[id], some[id]);
        }
    }
    std::vector<float> lines(credits.lines.size());
    std::vector<float> by_word(credits.lines.size());
    AskedText(form_.credits.line.text, credits.lines).ratios_at_most(worth_a_look, lines);
    AskedText(form_.credits.line.by_word(), credits.lines).ratios_at_most(worth_a_look, by_word);
    for (std::size_t credit = 0; credit < artists_.size(); ++credit) {
        float most = std::max(lines[credits.line_of[credit]], by_word[credits.by_word_of[credit]]);
        for (const std::uint32_t name : credits.names_in(credit)) most = std::max(most, names[name]);
        artists_[credit] = most;
    }
}

void StandardSearch::mark_words() {
    const TitleWords& words = all_.words;
    std::vector<std::uint32_t> alike(words.texts.size());
    std::vector<double> ratios;
    const std::vector<float> needs(words.texts.size(), as_need(same_word));
    for (const Word& word : form_.title.words) {
        const AskedText asked(word.in(form_.title.text), words.texts);
        alike.resize(words.texts.size());
        alike.resize(asked.find_sharing(words.signatures.part(0, words.texts.size()), needs.data(), alike.data()));
        ratios.resize(alike.size());
        asked.ratios(alike, ratios.data());
        const auto mark = [&](std::uint32_t id) {
            for (const std::uint32_t row : words.rows_of(id)) set_bit(words_, row);
        };
        for (std::size_t i = 0; i < alike.size(); ++i) {
            if (ratios[i] >= same_word) mark(alike[i]);
        }
        for (std::uint32_t id = 0; id < words.hashes.size(); ++id) {
            if (words.hashes[id] == word.hash) mark(id);
        }
    }
}

// Rows that another way than by their letters may make alike.
void StandardSearch::add_other_ways() {
    const Outline& outline = query_.track().outline();
    std::vector<std::uint32_t> rows;
    const auto add = [&rows](std::uint32_t row) { rows.push_back(row); };
    all_.by_letters.find(outline.letters, add);
    all_.by_whole.find(outline.whole, add);
    if (outline.has(Outline::work)) rows.insert(rows.end(), all_.works.begin(), all_.works.end());
    if (const std::optional<std::string> stem = stem_of(form_)) {
        with_rarest_word(all_.words, *stem, [&](std::uint32_t row) {
            if (rows_.titles[rows_.title_of[row]].starts_with(*stem)) add(row);
        });
    }
    for (const std::u32string_view one : form_.credits.names) {
        const std::string name = to_utf8(one);
        with_rarest_word(all_.words, name, [&](std::uint32_t row) {
            if (begins_or_ends_with(rows_.titles[rows_.title_of[row]], name)) add(row);
        });
    }
    add_named_in(to_utf8(form_.title.text), rows);
    compare(rows);
}

// Those of credits with a name that the query's title begins or ends with.
void StandardSearch::add_named_in(std::string_view title, std::vector<std::uint32_t>& rows) const {
    const Credits& credits = all_.credits;
    std::vector<bool> named(credits.names.size());
    bool any = false;
    for (std::uint32_t id = 0; id < named.size(); ++id) {
        named[id] = begins_or_ends_with(title, credits.names[id]);
        any = any || named[id];
    }
    for (std::size_t group = 0; any && group < rows_.groups.size(); ++group) {
        const auto names = credits.names_in(rows_.groups.credits[group]);
        if (std::none_of(names.begin(), names.end(), [&](std::uint32_t name) { return named[name]; })) continue;
        for (std::uint32_t row = rows_.groups.begins[group]; row < rows_.groups.begins[group + 1]; ++row)
            rows.push_back(row);
    }
}

// What the tracks of the best credits score is a good guess of what the best tracks do: most others are passed over.
void StandardSearch::add_best_credits() {
    constexpr std::size_t most_credits = 24;
    constexpr std::size_t most_rows = 1000;
    std::vector<std::uint32_t> credits(artists_.size());
    std::iota(credits.begin(), credits.end(), 0U);
    const auto end = credits.begin() + static_cast<std::ptrdiff_t>(std::min(most_credits, credits.size()));
    std::partial_sort(credits.begin(), end, credits.end(),
                      [this](std::uint32_t a, std::uint32_t b) { return artists_[a] > artists_[b]; });
    std::vector<std::uint32_t> rows;
    for (auto credit = credits.begin(); credit != end && rows.size() < most_rows; ++credit) {
        const auto [first, last] = rows_.rows_of_credit(*credit);
        for (std::uint32_t row = first; row < last; ++row) rows.push_back(row);
    }
    rows.resize(std::min(rows.size(), most_rows));
    compare(rows);
}

void StandardSearch::scan(std::size_t begin, std::size_t end) {
    for (; begin < end; begin += std::min(Rows::in_chunk, end - begin)) {
        const std::size_t behind = std::min(begin + Rows::in_chunk, end);
        set_needs(begin, behind);
        find_survivors(begin, behind);
    }
}

// What a group's tracks score but for their titles, and what those have to be worth.
void StandardSearch::set_group_needs(std::size_t first, std::size_t last) {
    const Groups& groups = rows_.groups;
    const Weights& weights = profile_.weights;
    const bool names_asked = !form_.credits.names.empty();
    groups_.resize(last - first);
    shared_.resize(last - first);
    album_.shared_at_most(groups.signatures.part(first, last), shared_.data());
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        const std::uint32_t credit = groups.credits[first + i];
        const std::size_t size = groups.signatures.sizes[first + i];
        const bool with_artist = names_asked && !all_.credits.names_in(credit).empty();
        const bool with_album = !album_.empty() && size != 0;
        const double known = weights.title + (with_artist ? weights.artists : 0.0) + (with_album ? weights.album : 0.0);
        const double part = known > 0.0 ? 1.0 / known : 0.0;
        double rest = with_artist ? weights.artists * part * static_cast<double>(artists_[credit])
                                  : -profile_.penalties.artist_unknown;
        if (with_album)
            rest += weights.album * part * as_ratio(shared_[i], std::size_t{album_.signature().size} + size);
        groups_[i] = {static_cast<float>(rest), static_cast<float>(weights.title * part)};
    }
}

// A title that is no more than half alike, or shares no word, misses all its words; but not one that is nearly equal.
StandardSearch::Needs StandardSearch::needs_of(const GroupWorth& group, float floor) const {
    const auto to_need = [&](float wanted) { return wanted / (2.0F * std::max(group.of_title, 1e-9F)); };
    const float all_words = to_need(floor - group.rest);
    const float no_word = to_need(floor - group.rest + static_cast<float>(profile_.penalties.words));
    return {std::min(no_word, std::max(all_words, as_need(unlike_titles))),
            std::min(no_word, std::max(all_words, as_need(settled_title)))};
}

void StandardSearch::set_needs(std::size_t begin, std::size_t end) {
    const Groups& groups = rows_.groups;
    const std::size_t first = groups.of(begin);
    const std::size_t last = groups.of(end - 1) + 1;
    set_group_needs(first, last);
    const auto floor = static_cast<float>(best_.floor() - rounding);
    if (floor <= 0.0F) {  // no score is lower
        std::fill_n(needs_.begin(), end - begin, nothing);
        return;
    }
    for (std::size_t group = first, row = begin; group < last; ++group) {
        const Needs needs = needs_of(groups_[group - first], floor);
        const std::size_t behind = std::min<std::size_t>(groups.begins[group + 1], end);
        for (; row < behind; ++row) needs_[row - begin] = has_bit(words_, row) ? needs.sharing : needs.others;
    }
}

// By their letters, or as a whole: title and names, or the words of all fields, in whatever field they stand.
void StandardSearch::find_survivors(std::size_t begin, std::size_t end) {
    const auto take = [&](std::size_t count) {
        survivors_.assign(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(count));
        for (std::uint32_t& row : survivors_) row += static_cast<std::uint32_t>(begin);
    };
    take(title_.find_sharing(rows_.title_signatures.part(begin, end), needs_.data(), found_.data()));
    keep_alike(begin);
    compare(survivors_);
    const auto compare_whole = [&](const SignatureColumns& column, const Signature& asked, double alike) {
        std::fill_n(needs_.begin(), end - begin, as_need(alike));
        take(kernel::active().find_sharing(column.part(begin, end), asked_of(asked), needs_.data(), found_.data()));
        compare(survivors_);
    };
    compare_whole(all_.joined, all_.joined_levels.of(form_.joined), moved_words);
    compare_whole(all_.everything, all_.everything_levels.of(form_.everything), same_words);
}

// Of the survivors of one chunk those whose titles are alike enough, in their order or by word.
void StandardSearch::keep_alike(std::size_t begin) {
    const Groups& groups = rows_.groups;
    titles_.resize(survivors_.size());
    in_order_.resize(survivors_.size());
    by_word_.resize(survivors_.size());
    std::transform(survivors_.begin(), survivors_.end(), titles_.begin(),
                   [this](std::uint32_t row) { return rows_.title_of[row]; });
    title_.ratios(titles_, in_order_.data());
    for (std::uint32_t& title : titles_) title = all_.by_word_of[title];
    title_by_word_.ratios(titles_, by_word_.data());
    const std::size_t first = groups.of(begin);
    const double words = profile_.penalties.words;
    std::size_t group = first;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < survivors_.size(); ++i) {
        const std::uint32_t row = survivors_[i];
        while (groups.begins[group + 1] <= row) ++group;
        const GroupWorth& worth = groups_[group - first];
        const double title = std::max(in_order_[i], by_word_[i]);
        const bool no_word = title < settled_title && (title <= unlike_titles || !has_bit(words_, row));
        const double most =
            static_cast<double>(worth.rest) + static_cast<double>(worth.of_title) * title - (no_word ? words : 0.0);
        if (std::max(most, 0.0) + rounding >= best_.floor()) survivors_[kept++] = row;
    }
    survivors_.resize(kept);
}

void StandardSearch::compare(std::span<const std::uint32_t> rows) {
    std::array<std::uint32_t, Others::most> some;
    std::size_t count = 0;
    for (const std::uint32_t row : rows) {
        if (has_bit(done_, row)) continue;
        set_bit(done_, row);
        some[count++] = row;
        if (count == some.size()) compare_some({some.data(), std::exchange(count, 0)});
    }
    compare_some({some.data(), count});
}

void StandardSearch::compare_some(std::span<const std::uint32_t> rows) {
    std::array<const Track*, Others::most> some;
    std::array<Common, Others::most> common;
    for (std::size_t i = 0; i < rows.size(); ++i) some[i] = &tracks_[rows_.tracks[rows[i]]];
    query_.count_common(Others({some.data(), rows.size()}), common.data());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (const auto score = score_from(best_.floor(), profile_, query_, *some[i], common[i]))
            best_.offer({rows_.tracks[rows[i]], *score, std::nullopt});
    }
}

}  // namespace musicsync::catalog
