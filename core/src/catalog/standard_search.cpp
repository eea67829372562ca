#include "catalog/standard_search.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "score/patch.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

constexpr float nothing = -1.0F;  // needed

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

// The title without the number at its end, where the track has one that counts its parts.
std::optional<std::string> stem_of(const NormalForm& form) {
    if (!form.part && !form.ending_number) return std::nullopt;
    const std::u32string_view title = form.title.text;
    return to_utf8(form.part ? title : title.substr(0, title.rfind(U' ')));
}

}  // namespace

StandardSearch::StandardSearch(const Profile& profile, const StandardRows& rows, const MadeTracks& tracks,
                               const Track& query, const Wanted& wanted)
    : profile_(profile),
      all_(rows),
      rows_(rows.rows),
      tracks_(tracks),
      query_(query),
      form_(query.normal()),
      title_(form_.title.text, rows_.titles),
      title_by_word_(form_.title.by_word(), all_.titles_by_word),
      album_(form_.album.text, rows_.albums),
      joined_(form_.joined),
      artists_(all_.credits.likeness_at_most(form_.credits)),
      words_(rows_.size() / 64 + 1),
      done_(rows_.size() / 64 + 1),
      best_(tracks, wanted),
      needs_(Rows::in_chunk),
      survivors_(Rows::in_chunk),
      found_(Rows::in_chunk) {
    compare_tracks(rows_.others.span());
    counterparts_ = all_.words.counterparts_of(form_.title, words_);
    add_other_ways();
    add_best_credits();
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
        for (const std::uint32_t row : all_.words.rows_with(*stem)) {
            if (rows_.titles[rows_.title_of[row]].starts_with(*stem)) add(row);
        }
    }
    for (const std::u32string_view one : form_.credits.names) {
        const std::string name = to_utf8(one);
        for (const std::uint32_t row : all_.words.rows_with(name)) {
            if (begins_or_ends_with(rows_.titles[rows_.title_of[row]], name)) add(row);
        }
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
        const auto names = credits.names_of[rows_.groups.credits[group]];
        if (std::none_of(names.begin(), names.end(), [&](std::uint32_t name) { return named[name]; })) continue;
        for (std::uint32_t row = rows_.groups.begins[group]; row < rows_.groups.begins[group + 1]; ++row)
            rows.push_back(row);
    }
}

// So that most others are passed over.
void StandardSearch::add_best_credits() {
    constexpr std::size_t enough = 1000;
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t credit : best_credits(artists_)) {
        const auto [first, last] = rows_.rows_of_credit(credit);
        for (std::uint32_t row = first; row < last && rows.size() < enough; ++row) rows.push_back(row);
    }
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
        const bool with_artist = names_asked && !all_.credits.names_of[credit].empty();
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
    const auto find_whole = [&](const SignatureColumns& column, const Signature& asked, double likeness) {
        std::fill_n(needs_.begin(), end - begin, as_need(likeness));
        take(kernel::active().find_sharing(column.part(begin, end), as_asked(asked), needs_.data(), found_.data()));
    };
    const double joined = std::max(moved_words, likeness_needed());
    find_whole(all_.joined, all_.joined_levels.of(form_.joined), joined);
    keep_joined(begin, joined);
    compare(survivors_);
    find_whole(all_.everything, all_.everything_levels.of(form_.everything), std::max(same_words, likeness_needed()));
    compare(survivors_);
}

// How alike a pair has to be as a whole, which then counts for its titles and names, if all else is equal.
double StandardSearch::likeness_needed() const {
    const Weights& weights = profile_.weights;
    const double known = weights.title + weights.artists + (album_.empty() ? 0.0 : weights.album);
    const double rest = album_.empty() ? 0.0 : weights.album / std::max(known, 1e-9);
    return (best_.floor() - rounding - rest) / std::max(1.0 - rest, 1e-9);
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
        double most = static_cast<double>(worth.rest) + static_cast<double>(worth.of_title) * title;
        if (title < settled_title) {
            const auto of_title = all_.words.of_titles()[rows_.title_of[row]];
            most -= words * (1.0 - (title > unlike_titles ? counterparts_.shared_at_most(of_title) : 0.0));
        }
        if (std::max(most, 0.0) + rounding >= best_.floor()) survivors_[kept++] = row;
    }
    survivors_.resize(kept);
}

// Of the survivors of one chunk those whose titles and names are so alike as one text.
void StandardSearch::keep_joined(std::size_t begin, double likeness) {
    std::size_t group = rows_.groups.of(begin);
    std::erase_if(survivors_, [&](std::uint32_t row) {
        while (rows_.groups.begins[group + 1] <= row) ++group;
        return has_bit(done_, row) || joined_.ratio(all_.joined_by_word(row, group)) < likeness;
    });
}

// Those that were not compared yet.
void StandardSearch::compare(std::span<const std::uint32_t> rows) {
    new_tracks_.clear();
    for (const std::uint32_t row : rows) {
        if (has_bit(done_, row)) continue;
        set_bit(done_, row);
        if (best_.admits(rows_.tracks[row])) new_tracks_.push_back(rows_.tracks[row]);
    }
    compare_tracks(new_tracks_);
}

void StandardSearch::compare_tracks(std::span<const std::uint32_t> tracks) {
    std::array<const Track*, Others::most> some;
    std::array<Common, Others::most> common;
    for (std::size_t begin = 0; begin < tracks.size(); begin += some.size()) {
        const std::size_t count = std::min(some.size(), tracks.size() - begin);
        for (std::size_t i = 0; i < count; ++i) some[i] = &tracks_.at(tracks[begin + i], room_[i]);
        query_.count_common(Others({some.data(), count}), common.data());
        for (std::size_t i = 0; i < count; ++i) {
            if (const auto score = score_from(best_.floor(), profile_, query_, *some[i], common[i]))
                best_.offer({tracks[begin + i], *score, std::nullopt});
        }
    }
}

}  // namespace musicsync::catalog
