#include "catalog/title_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "score/evidence.hpp"

namespace musicsync::catalog {
namespace {

constexpr float little_alike = 0.55F;  // credits that are no more alike are not looked at one by one
constexpr auto unlike = static_cast<float>(unlike_titles);
constexpr auto settled = static_cast<float>(settled_title);

bool has_bit(const std::vector<std::uint64_t>& bits, std::size_t at) noexcept {
    return ((bits[at / 64] >> (at % 64)) & 1U) != 0;
}

}  // namespace

TitleSearch::TitleSearch(const Profile& profile, const StandardRows& rows, const GroupOfRows& group_of,
                         Compared& compared, const AskedText& album, const CreditsBeside& credits,
                         const TextForm& title, Reading::Kind kind)
    : all_(rows),
      rows_(rows.rows),
      group_of_(group_of),
      compared_(compared),
      words_penalty_(static_cast<float>(profile.penalties.words)),
      title_(title.text, rows_.titles),
      title_by_word_(title.by_word(), all_.titles_by_word),
      worths_(profile, rows_.groups, rows.credits, album, credits, kind),
      any_spelling_(worths_.any(Reading::spelling)),
      likely_rows_(rows_.size() / 64 + 1),
      counterparts_(all_.words.counterparts_of(title, likely_rows_)),
      found_(Rows::in_chunk) {}

// What a row scores at most whose title is so alike and shares so many words, as a share of all. A whole title that is
// no more than half alike misses all its words; one that is nearly equal misses none, nor does another spelling.
float TitleSearch::most_with(const Worth& group, float title, float shared) const noexcept {
    const float all = group.rest + group.of_title * title;
    if (title >= settled || group.kind == Reading::spelling) return std::max(all, 0.0F);
    if (title <= unlike && group.kind == Reading::whole) shared = 0.0F;
    return std::max(all - words_penalty_ * (1.0F - shared), 0.0F);
}

void TitleSearch::begin() {
    add_rarest_words();
    add_alike_credits();
    std::vector<std::uint32_t> rows;
    for (std::size_t word = 0; word < likely_rows_.size(); ++word) {
        for (std::uint64_t left = likely_rows_[word]; left != 0; left &= left - 1)
            rows.push_back(static_cast<std::uint32_t>(64 * word + static_cast<std::size_t>(__builtin_ctzll(left))));
    }
    compare_best_of(rows);
}

// So that most others are passed over.
void TitleSearch::add_rarest_words() {
    constexpr std::size_t enough = 4096;
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t word : counterparts_.ids) {
        const RisingLists& rows_of = all_.words.rows_of();
        if (!rows.empty() && rows.size() + rows_of.size_of(word) > enough) break;
        rows_of.for_each(word, [&rows](std::uint32_t row) { rows.push_back(row); });
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    compare_best_of(rows);
}

// Their rows are looked at one by one: of all others no credit adds much.
void TitleSearch::add_alike_credits() {
    const Groups& groups = rows_.groups;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        if (worths_.artist(group) <= little_alike) continue;
        for (std::uint32_t row = groups.begins[group]; row < groups.begins[group + 1]; ++row)
            likely_rows_[row / 64] |= std::uint64_t{1} << (row % 64);
    }
}

// Of rows in their order: the best ones first, after which most others are out of it.
void TitleSearch::compare_best_of(std::span<const std::uint32_t> rows) {
    find_likely(rows);
    bound_by_words();
    std::sort(likely_.begin(), likely_.end(),
              [](const Likely& a, const Likely& b) { return a.most != b.most ? a.most > b.most : a.row < b.row; });
    std::span<const Likely> left = likely_;
    while (!left.empty() && static_cast<double>(left.front().most) >= compared_.floor()) {
        const std::size_t count = std::min(Others::most, left.size());
        compare_likely(left.first(count));
        left = left.subspan(count);
    }
}

// By their signatures. What groups need is worked out for all of them where many rows are asked about.
void TitleSearch::find_likely(std::span<const std::uint32_t> rows) {
    constexpr std::size_t ahead = 16;
    const SignatureColumns& titles = rows_.title_signatures;
    const auto least = static_cast<float>(compared_.floor());
    needs_.clear();
    if (least > 0.0F && rows.size() > rows_.groups.size() / 16) {  // no score is below 0
        needs_.resize(rows_.groups.size());
        worths_.needs_of(0, needs_.size(), least, needs_.data());
    }
    std::size_t known = rows_.groups.size();
    Worth worth{};
    likely_.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + ahead < rows.size()) titles.prefetch(rows[i + ahead]);
        const std::uint32_t row = rows[i];
        const std::size_t group = group_of_[row];
        const Signature signature = titles[row];
        if (!needs_.empty() && !title_.can_be_alike(signature, needs_[group])) continue;
        if (group != known) worth = worths_.of(group);
        known = group;
        const auto title = static_cast<float>(title_.ratio_at_most(signature));
        const float most = most_with(worth, title, 1.0F);
        if (most >= least) likely_.push_back({row, title, most, worth});
    }
}

// Of those the ones that still are after the words that their titles do not share.
void TitleSearch::bound_by_words() {
    constexpr std::size_t at_once = 64;
    const PackedLists& words_of = all_.words.of_titles();
    const auto least = static_cast<float>(compared_.floor());
    std::array<std::uint32_t, at_once> titles;
    std::size_t kept = 0;
    for (std::size_t begin = 0; begin < likely_.size(); begin += at_once) {
        const std::size_t count = std::min(at_once, likely_.size() - begin);
        for (std::size_t i = 0; i < count; ++i) {
            titles[i] = rows_.title_of[likely_[begin + i].row];
            words_of.starts.prefetch(titles[i]);
        }
        for (std::size_t i = 0; i < count; ++i) words_of.items.prefetch(words_of.starts.of(titles[i]).begin);
        for (std::size_t i = 0; i < count; ++i) {
            Likely one = likely_[begin + i];
            const auto shared = static_cast<float>(counterparts_.shared_at_most(words_of[titles[i]]));
            one.most = most_with(one.group, one.title, shared);
            if (one.most >= least) likely_[kept++] = one;
        }
    }
    likely_.resize(kept);
}

// Compares those of some rows whose titles are alike enough, in their order or by word; Others::most at most.
void TitleSearch::compare_likely(std::span<const Likely> rows) {
    std::array<std::uint32_t, Others::most> titles;
    std::array<std::uint32_t, Others::most> sorted;
    std::array<double, Others::most> in_order;
    std::array<double, Others::most> by_word;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        titles[i] = rows_.title_of[rows[i].row];
        sorted[i] = all_.by_word_of[titles[i]];
    }
    title_.ratios({titles.data(), rows.size()}, in_order.data());
    title_by_word_.ratios({sorted.data(), rows.size()}, by_word.data());
    survivors_.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto title = static_cast<float>(std::max(in_order[i], by_word[i]));
        const auto shared = static_cast<float>(counterparts_.shared_at_most(all_.words.of_titles()[titles[i]]));
        if (static_cast<double>(most_with(rows[i].group, title, shared)) >= compared_.floor())
            survivors_.push_back(rows[i].row);
    }
    compared_.compare(survivors_);
}

// How alike a title has to be that shares no word, where the credit is little alike: it is worth as much more as that
// costs, or it is nearly equal.
std::uint8_t TitleSearch::title_needed(bool words_count) const {
    const auto least = static_cast<float>(compared_.floor());
    float needed = 1.0F;
    worths_.for_each_at_most(little_alike, [&](float rest, float of_title) {
        const float all_words = (least - rest) / std::max(of_title, 1e-9F);
        const float no_word = (least - rest + words_penalty_) / std::max(of_title, 1e-9F);
        needed = std::min(needed, words_count ? std::min(no_word, std::max(all_words, settled)) : all_words);
    });
    return least <= 0.0F ? std::uint8_t{0} : as_need(static_cast<double>(needed));  // no score is lower
}

// Of rows that share no word with the query's title: all words' penalty stands against them, unless their titles are
// nearly equal.
void TitleSearch::set_needs_of_others(std::size_t first, std::size_t last) {
    needs_.assign(last - first, 0);
    const auto least = static_cast<float>(compared_.floor());
    if (least <= 0.0F) return;  // no score is lower
    worths_.needs_of(first, last, least + words_penalty_, needs_.data());
    const unsigned for_all = title_needed(!any_spelling_);
    const float of_penalty = std::min(worths_.needs_for(words_penalty_), float{kernel::most_needed});
    const auto of_words = static_cast<unsigned>(std::ceil(of_penalty));
    const unsigned of_settled = as_need(settled_title);
    for (std::uint8_t& need : needs_) {
        const unsigned without = need - std::min<unsigned>(of_words, need);
        need = static_cast<std::uint8_t>(std::max(std::min<unsigned>(need, std::max(without, of_settled)), for_all));
    }
}

// Rows that share no word with the query's title, of credits that are little alike.
void TitleSearch::scan(std::size_t begin, std::size_t end) {
    set_needs_of_others(group_of_[begin], group_of_[end - 1] + 1);
    const std::size_t count =
        title_.find_sharing(rows_.title_signatures.part(begin, end),
                            {needs_.data(), group_of_.bits(begin, end, group_bits_)}, found_.data());
    likely_.clear();
    for (std::size_t i = 0; i < count; ++i) {
        const auto row = static_cast<std::uint32_t>(begin + found_[i]);
        if (has_bit(likely_rows_, row)) continue;
        const Worth worth = worths_.of(group_of_[row]);
        const auto title = static_cast<float>(title_.ratio_at_most(rows_.title_signatures[row]));
        const float most = most_with(worth, title, 0.0F);
        if (static_cast<double>(most) >= compared_.floor()) likely_.push_back({row, title, most, worth});
    }
    for (std::span<const Likely> left = likely_; !left.empty();) {
        const std::size_t some = std::min(Others::most, left.size());
        compare_likely(left.first(some));
        left = left.subspan(some);
    }
}

}  // namespace musicsync::catalog
