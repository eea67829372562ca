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

}  // namespace

TitleSearch::TitleSearch(const Profile& profile, const StandardRows& rows, const BesideStandardRows& beside,
                         Compared& compared, const AskedText& album, const CreditsBeside& credits,
                         const TextForm& title, Reading::Kind kind)
    : all_(rows),
      rows_(rows.rows),
      group_of_(beside.group_of),
      compared_(compared),
      words_penalty_(static_cast<float>(profile.penalties.words)),
      title_(title.text, rows_.titles),
      title_by_word_(title.by_word(), all_.titles_by_word),
      worths_(profile, rows_.groups, rows.credits, album, credits, kind),
      any_spelling_(worths_.any(Reading::spelling)),
      sharing_{std::vector<std::uint64_t>(rows_.size() / 64 + 1), std::vector<std::uint64_t>(rows_.size() / 64 + 1)},
      counterparts_(all_.words.counterparts_of(title, sharing_)),
      found_(Rows::in_chunk) {
    for (std::size_t i = 0; i < beside.repeating.size(); ++i)
        sharing_.several[i] |= sharing_.words[i] & beside.repeating[i];
}

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
    for (std::size_t i = 0; i < sharing_.several.size(); ++i) {
        for (std::uint64_t left = sharing_.several[i]; left != 0; left &= left - 1)
            rows.push_back(static_cast<std::uint32_t>(64 * i + static_cast<std::size_t>(__builtin_ctzll(left))));
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

// Where needs are not known group by group, so that of all others no credit adds much.
void TitleSearch::add_alike_credits() {
    const Groups& groups = rows_.groups;
    const std::vector<float>& likeness = worths_.of_credits();
    auto group = groups.credits.begin();  // groups stand in the order of their credits
    for (std::uint32_t credit = 0; credit < likeness.size(); ++credit) {
        if (likeness[credit] <= little_alike) continue;
        group = std::lower_bound(group, groups.credits.end(), credit);
        for (; group != groups.credits.end() && *group == credit; ++group) {
            const auto at = static_cast<std::size_t>(group - groups.credits.begin());
            if (worths_.are_needs_known(at)) continue;
            for (std::uint32_t row = groups.begins[at]; row < groups.begins[at + 1]; ++row)
                sharing_.several[row / 64] |= std::uint64_t{1} << (row % 64);
        }
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
        if (most >= least) likely_.push_back({row, title, 1.0F, most, worth});
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
            one.shared = static_cast<float>(counterparts_.shared_at_most(words_of[titles[i]]));
            one.most = most_with(one.group, one.title, one.shared);
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
        rows_.titles.prefetch(titles[i]);
        all_.by_word_of.prefetch(titles[i]);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sorted[i] = all_.by_word_of[titles[i]];
        all_.titles_by_word.prefetch(sorted[i]);
    }
    title_.ratios({titles.data(), rows.size()}, in_order.data());
    title_by_word_.ratios({sorted.data(), rows.size()}, by_word.data());
    survivors_.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto title = static_cast<float>(std::max(in_order[i], by_word[i]));
        if (static_cast<double>(most_with(rows[i].group, title, rows[i].shared)) >= compared_.floor())
            survivors_.push_back(rows[i].row);
    }
    compared_.compare(survivors_);
}

// How alike a title has to be that misses such a share of the words, where the credit is little alike: it is worth as
// much more as that costs, or it is nearly equal.
std::uint8_t TitleSearch::title_needed(float words_missed) const {
    const auto least = static_cast<float>(compared_.floor());
    float needed = 1.0F;
    worths_.for_each_at_most(little_alike, [&](float rest, float of_title) {
        const float all_words = (least - rest) / std::max(of_title, 1e-9F);
        const float without = (least - rest + words_penalty_ * words_missed) / std::max(of_title, 1e-9F);
        needed = std::min(needed, any_spelling_ ? all_words : std::min(without, std::max(all_words, settled)));
    });
    return as_need(static_cast<double>(needed));
}

// Of rows that miss such a share of the words, which stands against them, unless their titles are nearly equal; by what
// those need that miss all of them, which is nothing where it is not known.
void TitleSearch::set_needs(float words_missed) {
    const std::span<const std::uint8_t> without_a_word = needs_of_no_word_;
    const std::uint8_t of_unknown = all_known_need_ ? title_needed(words_missed) : std::uint8_t{0};
    const auto needs_for = [this](float share) {
        const float needs = worths_.needs_for(words_penalty_ * share);
        return static_cast<std::uint8_t>(std::ceil(std::min(needs, float{kernel::most_needed})));
    };
    const auto less = [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a - std::min(a, b)); };
    const std::uint8_t of_shared = needs_for(1.0F - words_missed);
    const std::uint8_t of_words = needs_for(1.0F);
    const std::uint8_t of_settled = as_need(settled_title);
    needs_.resize(without_a_word.size());
    std::uint8_t* const needs = needs_.data();
    for (std::size_t i = 0; i < without_a_word.size(); ++i) {  // bytes, for the CPU's vector unit
        const std::uint8_t need = without_a_word[i];
        const std::uint8_t known = std::min(less(need, of_shared), std::max(less(need, of_words), of_settled));
        needs[i] = need == 0 ? of_unknown : known;
    }
}

// Rows that share one word with the query's title, and then those that share none.
void TitleSearch::scan(std::size_t begin, std::size_t end) {
    const std::size_t first = group_of_[begin];
    const std::size_t last = group_of_[end - 1] + 1;
    const float least = static_cast<float>(compared_.floor()) + words_penalty_;
    needs_of_no_word_.resize(last - first);
    worths_.needs_of(first, last, least, needs_of_no_word_.data());
    all_known_need_ = worths_.needs_for(least - worths_.known_at_most()) >= 1.01F;  // 1, but for rounding
    scan_sharing(begin, end, counterparts_.shared_with_one());
    scan_sharing(begin, end, 0.0F);
}

// Those of a chunk that share so much of the words, with which one or none stands in both titles.
void TitleSearch::scan_sharing(std::size_t begin, std::size_t end, float shared) {
    const std::uint64_t* const words = sharing_.words.data() + begin / 64;
    const std::uint64_t* const several = sharing_.several.data() + begin / 64;
    const std::uint64_t unlike_words = shared > 0.0F ? 0 : ~std::uint64_t{0};
    for (std::size_t i = 0; 64 * i < end - begin; ++i) among_[i] = (words[i] ^ unlike_words) & ~several[i];
    if (compared_.floor() > 0.0)
        set_needs(1.0F - shared);
    else
        needs_.assign(needs_of_no_word_.size(), 0);  // no score is lower
    const std::size_t count =
        title_.find_sharing(rows_.title_signatures.part(begin, end),
                            {needs_.data(), group_of_.bits(begin, end, group_bits_), among_.data()}, found_.data());
    likely_.clear();
    for (std::size_t i = 0; i < count; ++i) {
        const auto row = static_cast<std::uint32_t>(begin + found_[i]);
        const Worth worth = worths_.of(group_of_[row]);
        const auto title = static_cast<float>(title_.ratio_at_most(rows_.title_signatures[row]));
        const float most = most_with(worth, title, shared);
        if (static_cast<double>(most) >= compared_.floor()) likely_.push_back({row, title, shared, most, worth});
    }
    if (shared > 0.0F) bound_by_words();
    for (std::span<const Likely> left = likely_; !left.empty();) {
        const std::size_t some = std::min(Others::most, left.size());
        compare_likely(left.first(some));
        left = left.subspan(some);
    }
}

}  // namespace musicsync::catalog
