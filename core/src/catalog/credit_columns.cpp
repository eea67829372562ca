#include "catalog/credit_columns.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string>
#include <utility>

#include "catalog/asked_text.hpp"
#include "catalog/stable_order.hpp"
#include "score/evidence.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

// Symbols that two texts share at least, of so many each, of which one may stand inside of the other or which may be
// equal but for spaces.
std::size_t shared_by_near(std::size_t a, std::size_t b) noexcept {
    static_assert(but_for_spaces == 2.0 * 2.0 / 5.0);
    return std::min({a, b, 2 * (a + b) / 5});
}

// How alike such names are.
float likeness_of_near(std::string_view mine, std::string_view other, float letters) {
    if (letters < 1.0F && equal_but_for_spaces(mine, other)) return 1.0F;
    return contains_words(mine, other) ? std::max(letters, static_cast<float>(name_inside)) : letters;
}

}  // namespace

// A credit's texts are its names, its line and, where that is another text, its line by word. Where it has a spelling
// too each of them is taken for both.
CreditColumns::CreditColumns(const StandardRows& rows) : rows_(&rows), lines_(rows.credits.texts_of.size()) {
    const Credits& credits = rows.credits;
    std::vector<TextOfCredit> as_written;
    std::vector<TextOfCredit> by_word;
    std::string line;
    for (std::uint32_t credit = 0; credit < lines_.size(); ++credit) {
        const std::string_view all = rows.rows.credits[credit];
        const std::string_view names = names_of_credit(all);
        const bool spelt = names.size() < all.size() && all[names.size()] == '\t';
        line = names;
        std::replace(line.begin(), line.end(), '\n', ' ');
        const auto is_name = [names](std::string_view text) {
            bool found = false;
            for_each_part(names, '\n', [&](std::string_view name) { found = found || name == text; });
            return found;
        };
        const std::size_t before = by_word.size();
        std::optional<std::uint32_t> of_line;
        for (const std::uint32_t text : credits.texts_of[credit]) {
            const std::string_view one = credits.texts[text];
            if (one == line) of_line = text;
            const bool written = spelt || one == line || is_name(one);
            if (written) as_written.push_back({text, credit});
            if (spelt || !written) by_word.push_back({text, credit});
        }
        if (!of_line) continue;
        lines_[credit] = credits.texts.signature(*of_line);
        if (by_word.size() == before) by_word.push_back({*of_line, credit});
    }
    as_written_ = part_of(as_written);
    by_word_ = part_of(by_word);
    std::vector<std::uint32_t> hashes(as_written_.ids.size());
    std::transform(as_written_.ids.begin(), as_written_.ids.end(), hashes.begin(),
                   [&credits](std::uint32_t text) { return hash_of(credits.texts[text]); });
    by_hash_ = RowsByHash(hashes);
}

std::uint32_t CreditColumns::hash_of(std::string_view text) noexcept {
    const std::size_t whole = std::hash<std::string_view>{}(text);
    return static_cast<std::uint32_t>(whole ^ (whole >> 32));
}

CreditColumns::Part CreditColumns::part_of(const std::vector<TextOfCredit>& texts) const {
    const auto& all = rows_->credits.texts;
    // Each text once, and the credits that have it.
    std::vector<std::uint32_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0U);
    order = stable_by(order, all.size(), [&texts](std::uint32_t i) { return texts[i].text; });
    std::vector<std::uint32_t> ids;
    std::vector<std::uint32_t> begins;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        const std::uint32_t text = texts[order[i]].text;
        if (!ids.empty() && ids.back() == text) continue;
        ids.push_back(text);
        begins.push_back(i);
    }
    begins.push_back(static_cast<std::uint32_t>(order.size()));
    Part out;
    out.columns = TextColumns(ids.size(), [&](std::size_t i) { return all[ids[i]]; });
    std::vector<std::uint32_t> credits_begin{0};
    std::vector<std::uint32_t> credits;
    for (const std::vector<std::uint32_t>* some : {&out.columns.ids(), &out.columns.others()}) {
        for (const std::uint32_t i : *some) {
            out.ids.push_back(ids[i]);
            for (std::uint32_t at = begins[i]; at < begins[i + 1]; ++at) credits.push_back(texts[order[at]].credit);
            credits_begin.push_back(static_cast<std::uint32_t>(credits.size()));
        }
    }
    out.credits_of = {Column(std::move(credits_begin)), Column(std::move(credits))};
    const std::size_t in_columns = out.columns.ids().size();
    for (std::size_t i = 0; i < in_columns; ++i) out.ends.resize(all[out.ids[i]].size(), i);
    out.ends.push_back(in_columns);
    return out;
}

// `as_names`: where one stands inside of the other they are more alike than their letters.
void CreditColumns::raise(const Part& part, std::u32string_view asked, std::span<float> likeness, bool as_names) const {
    const auto& texts = rows_->credits.texts;
    const AskedText mine(asked, texts);
    const std::string name = to_utf8(asked);
    const auto raise_to = [&](std::size_t i, float ratio, bool near) {
        if (near) ratio = likeness_of_near(name, texts[part.ids[i]], ratio);
        for (const std::uint32_t credit : part.credits_of[i]) likeness[credit] = std::max(likeness[credit], ratio);
    };
    std::vector<std::uint8_t> common(part.columns.room());
    std::size_t i = 0;
    if (mine.count_in_columns(part.columns, common.data())) {
        for (std::size_t size = 0; size < part.ends.size(); ++size) {
            const std::size_t symbols = std::max<std::size_t>(asked.size() + size, 1);
            const std::size_t near = as_names ? shared_by_near(asked.size(), size) : longest_signed + 1;
            const auto enough = static_cast<std::size_t>(least / 2.0F * static_cast<float>(symbols));
            const float share = 2.0F / static_cast<float>(symbols);
            for (; i < part.ends[size]; ++i) {
                if (common[i] > enough || common[i] >= near)
                    raise_to(i, static_cast<float>(common[i]) * share, common[i] >= near);
            }
        }
    }
    for (; i < part.ids.size(); ++i) {
        const Signature signature = texts.signature(part.ids[i]);
        const bool near = mine.signature().size == 0 ||
                          common_at_most(mine.signature(), signature) >= shared_by_near(asked.size(), signature.size);
        raise_to(i, static_cast<float>(mine.ratio_at_most(signature)), as_names && near);
    }
}

void CreditColumns::raise(std::u32string_view name, std::span<float> likeness) const {
    raise(as_written_, name, likeness, true);
}

void CreditColumns::raise(const TextForm& line, std::span<float> likeness) const {
    raise(as_written_, line.text, likeness, true);
    raise(by_word_, line.by_word(), likeness, false);
}

}  // namespace musicsync::catalog
