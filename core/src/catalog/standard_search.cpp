#include "catalog/standard_search.hpp"

#include <algorithm>
#include <string>

#include "score/patch.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

constexpr float nothing = -1.0F;  // needed
constexpr float impossible = 2.0F;
constexpr float little_alike = 0.55F;  // credits that are no more alike are not looked at by themselves

// Common symbols for each of the two texts' symbols, where the ratio is such.
constexpr float as_need(double ratio) noexcept { return static_cast<float>(ratio / 2.0); }

bool has_bit(const std::vector<std::uint64_t>& bits, std::size_t at) noexcept {
    return ((bits[at / 64] >> (at % 64)) & 1U) != 0;
}
void set_bit(std::vector<std::uint64_t>& bits, std::size_t at) noexcept {
    bits[at / 64] |= std::uint64_t{1} << (at % 64);
}

// Calls take(place) for each bit from `begin` to before `end`.
template <class Take>
void for_each_bit(const std::vector<std::uint64_t>& bits, std::size_t begin, std::size_t end, Take take) {
    for (std::size_t word = begin / 64; 64 * word < end; ++word) {
        for (std::uint64_t left = bits[word]; left != 0; left &= left - 1) {
            const std::size_t at = 64 * word + static_cast<std::size_t>(__builtin_ctzll(left));
            if (at >= begin && at < end) take(at);
        }
    }
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

StandardSearch::StandardSearch(const Profile& profile, const StandardRows& rows, const TextColumns& credits,
                               const MadeTracks& tracks, const Track& query, const Wanted& wanted)
    : profile_(profile),
      all_(rows),
      rows_(rows.rows),
      tracks_(tracks),
      query_(query),
      form_(query.normal()),
      words_penalty_(static_cast<float>(profile.penalties.words)),
      title_(form_.title.text, rows_.titles),
      title_by_word_(form_.title.by_word(), all_.titles_by_word),
      album_(form_.album.text, rows_.albums),
      worths_(profile, rows_.groups, rows.credits, album_, rows.credits.likeness_at_most(form_.credits, credits),
              !form_.credits.names.empty()),
      likely_rows_(rows_.size() / 64 + 1),
      done_(rows_.size() / 64 + 1),
      best_(tracks, wanted),
      needs_(Rows::in_chunk),
      found_(Rows::in_chunk) {
    compare_tracks(rows_.others.span());
    counterparts_ = all_.words.counterparts_of(form_.title, likely_rows_);
    add_other_ways();
    add_best_credits();
    add_rarest_words();
    add_alike_credits();
    std::vector<std::uint32_t> likely;
    for_each_bit(likely_rows_, 0, rows_.size(), [&](std::size_t row) {
        if (!has_bit(done_, row)) likely.push_back(static_cast<std::uint32_t>(row));
    });
    compare_best_of(likely);
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
    const Texts& names = credits.texts;
    const Signature asked = names.levels.of(title);
    std::vector<std::uint8_t> named(names.size());
    bool any = false;
    for (std::uint32_t id = 0; id < named.size(); ++id) {
        if ((names.signatures.bits[id] & ~asked.bits) != 0 && asked.size != 0) continue;  // a symbol is not there
        if (!begins_or_ends_with(title, names[id])) continue;
        named[id] = 1;
        any = true;
    }
    const auto& items = credits.texts_of.items;
    for (std::size_t i = 0; any && i < items.size(); ++i) {
        if (named[items[i]] == 0) continue;
        const auto [first, last] = rows_.rows_of_credit(credits.texts_of.list_of(i));
        for (std::uint32_t row = first; row < last; ++row) rows.push_back(row);
    }
}

// So that most others are passed over.
void StandardSearch::add_best_credits() {
    constexpr std::size_t enough = 256;
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t credit : best_credits(worths_.artists())) {
        const auto [first, last] = rows_.rows_of_credit(credit);
        for (std::uint32_t row = first; row < last && rows.size() < enough; ++row) rows.push_back(row);
    }
    compare(rows);
}

// What a row scores at most whose title is so alike and shares so many words, as a share of all. A title that is no
// more than half alike misses all its words; but one that is nearly equal misses none.
float StandardSearch::most_with(const Worth& group, float title, float shared) const noexcept {
    const float all = group.rest + group.of_title * title;
    if (title >= static_cast<float>(settled_title)) return all;
    return all - words_penalty_ * (title > static_cast<float>(unlike_titles) ? 1.0F - shared : 1.0F);
}

// Their rows are looked at one by one: of all others no credit adds much.
void StandardSearch::add_alike_credits() {
    const std::vector<float>& artists = worths_.artists();
    const Groups& groups = rows_.groups;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        if (artists[groups.credits[group]] <= little_alike) continue;
        for (std::uint32_t row = groups.begins[group]; row < groups.begins[group + 1]; ++row) set_bit(likely_rows_, row);
    }
}

// So are those that have the rarest of the query's words.
void StandardSearch::add_rarest_words() {
    constexpr std::size_t enough = 4096;
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t word : counterparts_.ids) {
        const auto more = all_.words.rows_of()[word];
        if (!rows.empty() && rows.size() + more.size() > enough) break;
        rows.insert(rows.end(), more.begin(), more.end());
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    compare_best_of(rows);
}

// Of rows in their order: the best ones first, after which most others are out of it.
void StandardSearch::compare_best_of(std::span<const std::uint32_t> rows) {
    find_likely(rows);
    bound_by_words();
    std::sort(likely_.begin(), likely_.end(), [](const Likely& a, const Likely& b) {
        return a.most != b.most ? a.most > b.most : a.row < b.row;
    });
    std::span<const Likely> left = likely_;
    while (!left.empty() && static_cast<double>(left.front().most) >= floor()) {
        const std::size_t count = std::min(Others::most, left.size());
        compare_likely(left.first(count));
        left = left.subspan(count);
    }
}

// By their signatures.
void StandardSearch::find_likely(std::span<const std::uint32_t> rows) {
    constexpr std::size_t ahead = 16;
    const SignatureColumns& titles = rows_.title_signatures;
    const auto least = static_cast<float>(floor());
    std::size_t group = rows.empty() ? 0 : rows_.groups.of(rows.front());
    std::size_t behind = 0;
    Worth worth{};
    likely_.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + ahead < rows.size()) titles.prefetch(rows[i + ahead]);
        const std::uint32_t row = rows[i];
        if (row >= behind) {
            while (rows_.groups.begins[group + 1] <= row) ++group;
            behind = rows_.groups.begins[group + 1];
            worth = worths_.of(group);
        }
        const auto title = static_cast<float>(title_.ratio_at_most(titles[row]));
        const float most = std::max(most_with(worth, title, 1.0F), 0.0F);
        if (most >= least) likely_.push_back({row, title, most, worth});
    }
}

// Of those the ones that still are after the words that their titles do not share.
void StandardSearch::bound_by_words() {
    constexpr std::size_t at_once = 64;
    const Lists& words_of = all_.words.of_titles();
    const auto least = static_cast<float>(floor());
    std::array<std::uint32_t, at_once> titles;
    std::size_t kept = 0;
    for (std::size_t begin = 0; begin < likely_.size(); begin += at_once) {
        const std::span<const Likely> some = std::span(likely_).subspan(begin).first(std::min(at_once, likely_.size() - begin));
        for (std::size_t i = 0; i < some.size(); ++i) {
            titles[i] = rows_.title_of[some[i].row];
            __builtin_prefetch(words_of.begins.data() + titles[i]);
        }
        for (std::size_t i = 0; i < some.size(); ++i)
            __builtin_prefetch(words_of.items.data() + words_of.begins[titles[i]]);
        for (std::size_t i = 0; i < some.size(); ++i) {
            const auto shared = static_cast<float>(counterparts_.shared_at_most(words_of[titles[i]]));
            Likely one = some[i];
            one.most = std::max(most_with(one.group, one.title, shared), 0.0F);
            if (one.most >= least) likely_[kept++] = one;
        }
    }
    likely_.resize(kept);
}

// Compares those of some rows whose titles are alike enough, in their order or by word; Others::most at most.
void StandardSearch::compare_likely(std::span<const Likely> rows) {
    std::array<std::uint32_t, Others::most> titles;
    std::array<double, Others::most> in_order;
    std::array<double, Others::most> by_word;
    for (std::size_t i = 0; i < rows.size(); ++i) titles[i] = rows_.title_of[rows[i].row];
    title_.ratios({titles.data(), rows.size()}, in_order.data());
    std::array<std::uint32_t, Others::most> sorted;
    for (std::size_t i = 0; i < rows.size(); ++i) sorted[i] = all_.by_word_of[titles[i]];
    title_by_word_.ratios({sorted.data(), rows.size()}, by_word.data());
    survivors_.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto title = static_cast<float>(std::max(in_order[i], by_word[i]));
        const auto shared = static_cast<float>(counterparts_.shared_at_most(all_.words.of_titles()[titles[i]]));
        const float most = most_with(rows[i].group, title, shared);
        if (std::max(static_cast<double>(most), 0.0) >= floor()) survivors_.push_back(rows[i].row);
    }
    compare(survivors_);
}

void StandardSearch::scan(std::size_t begin, std::size_t end) {
    for (; begin < end; begin += std::min(Rows::in_chunk, end - begin)) {
        const std::size_t behind = std::min(begin + Rows::in_chunk, end);
        find_others(begin, behind);
        find_as_whole(begin, behind);
    }
}

// How many symbols a title has to share with the query's, for each of both, where no word is shared and the credit is
// little alike: it is worth as much more as that costs, or it is nearly equal.
float StandardSearch::title_needed() const {
    const auto least = static_cast<float>(floor());
    float needed = impossible;
    worths_.for_each_at_most(little_alike, [&](const Worth& worth) {
        const float half = 0.5F / std::max(worth.of_title, 1e-9F);
        const float all_words = (least - worth.rest) * half;
        const float no_word = (least - worth.rest + words_penalty_) * half;
        needed = std::min({needed, no_word, std::max(all_words, as_need(settled_title))});
    });
    return least <= 0.0F ? nothing : needed;  // no score is lower
}

// Rows that share no word with the query's title, of credits that are little alike.
void StandardSearch::find_others(std::size_t begin, std::size_t end) {
    std::fill_n(needs_.begin(), end - begin, title_needed());
    const std::size_t count =
        title_.find_sharing(rows_.title_signatures.part(begin, end), needs_.data(), found_.data());
    std::size_t group = rows_.groups.of(begin);
    likely_.clear();
    for (std::size_t i = 0; i < count; ++i) {
        const auto row = static_cast<std::uint32_t>(begin + found_[i]);
        if (has_bit(likely_rows_, row) || has_bit(done_, row)) continue;
        while (rows_.groups.begins[group + 1] <= row) ++group;
        const Worth worth = worths_.of(group);
        const auto title = static_cast<float>(title_.ratio_at_most(rows_.title_signatures[row]));
        const float most = std::max(most_with(worth, title, 0.0F), 0.0F);
        if (static_cast<double>(most) >= floor()) likely_.push_back({row, title, most, worth});
    }
    for (std::span<const Likely> left = likely_; !left.empty();) {
        const std::size_t some = std::min(Others::most, left.size());
        compare_likely(left.first(some));
        left = left.subspan(some);
    }
}

// Rows that are alike as a whole: title and names, or the words of all fields, in whatever field they stand.
void StandardSearch::find_as_whole(std::size_t begin, std::size_t end) {
    const auto find = [&](const SignatureColumns& column, const Signature& asked, double likeness) {
        std::fill_n(needs_.begin(), end - begin, as_need(likeness));
        const std::size_t count = kernel::active().find_sharing(column.part(begin, end), as_asked(asked), needs_.data(), found_.data());
        survivors_.assign(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(count));
        for (std::uint32_t& row : survivors_) row += static_cast<std::uint32_t>(begin);
    };
    const double joined = std::max(moved_words, likeness_needed());
    find(all_.joined, all_.joined_levels.of(form_.joined), joined);
    keep_joined(begin, joined);
    compare(survivors_);
    find(all_.everything, all_.everything_levels.of(form_.everything), std::max(same_words, likeness_needed()));
    compare(survivors_);
}

// How alike a pair has to be as a whole, which then counts for its titles and names, if all else is equal.
double StandardSearch::likeness_needed() const {
    const Weights& weights = profile_.weights;
    const double known = weights.title + weights.artists + (album_.empty() ? 0.0 : weights.album);
    const double rest = album_.empty() ? 0.0 : weights.album / std::max(known, 1e-9);
    return (floor() - rest) / std::max(1.0 - rest, 1e-9);
}

// Of the survivors of one chunk those whose titles and names have so many symbols in common.
void StandardSearch::keep_joined(std::size_t begin, double likeness) {
    const Bag& mine = query_.track().outline().joined_bag;
    std::size_t group = rows_.groups.of(begin);
    std::erase_if(survivors_, [&](std::uint32_t row) {
        while (rows_.groups.begins[group + 1] <= row) ++group;
        return has_bit(done_, row) || mine.ratio_at_most(all_.joined_bag(row, group)) < likeness;
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
