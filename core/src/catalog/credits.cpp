#include "catalog/credits.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "catalog/asked_text.hpp"
#include "score/evidence.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

constexpr float worth_a_look = 0.5F;  // names that are less alike by their signatures add little to a score

// Raises `most` to how alike each name is to the asked one.
void raise(const Texts& names, std::u32string_view name, std::vector<float>& most) {
    const AskedText asked(name, names);
    const std::string bytes = to_utf8(name);
    const std::string_view mine = bytes;
    std::vector<float> ratios(names.size());
    asked.ratios_at_most(worth_a_look, ratios);
    for (std::uint32_t id = 0; id < ratios.size(); ++id) {
        const std::string_view other = names[id];
        double likeness = static_cast<double>(ratios[id]);
        if (likeness >= but_for_spaces - 1e-6 && equal_but_for_spaces(mine, other)) likeness = 1.0;
        const std::size_t shorter = std::min(mine.size(), other.size());
        if (likeness < name_inside && common_at_most(asked.signature(), names.signature(id)) >= shorter &&
            contains_words(mine, other))
            likeness = name_inside;
        most[id] = std::max(most[id], static_cast<float>(likeness));
    }
}

}  // namespace

Credits::Credits(const Texts& credits) {
    TextsBuilder all_names;
    TextsBuilder all_lines;
    std::vector<std::uint32_t> begins;
    std::vector<std::uint32_t> ids;
    std::vector<std::uint32_t> in_order;
    std::vector<std::uint32_t> by_words;
    for (std::size_t credit = 0; credit < credits.size(); ++credit) {
        begins.push_back(static_cast<std::uint32_t>(ids.size()));
        std::string line(credits[credit]);
        for_each_part(line, '\n', [&](std::string_view name) { ids.push_back(all_names.add(name)); });
        std::replace(line.begin(), line.end(), '\n', ' ');
        in_order.push_back(all_lines.add(line));
        by_words.push_back(all_lines.add(by_word(line)));
    }
    begins.push_back(static_cast<std::uint32_t>(ids.size()));
    names = std::move(all_names).signed_texts();
    names_of = {Column(std::move(begins)), Column(std::move(ids))};
    lines = std::move(all_lines).signed_texts();
    line_of = Column(std::move(in_order));
    by_word_of = Column(std::move(by_words));
}

// A credit is as alike as its line or, of several names, as the most alike two of them.
std::vector<float> Credits::likeness_at_most(const CreditForm& asked) const {
    std::vector<float> of_names(names.size());
    for (const std::u32string_view name : asked.names) raise(names, name, of_names);
    std::vector<float> in_order(lines.size());
    std::vector<float> by_words(lines.size());
    AskedText(asked.line.text, lines).ratios_at_most(worth_a_look, in_order);
    AskedText(asked.line.by_word(), lines).ratios_at_most(worth_a_look, by_words);
    std::vector<float> out(line_of.size());
    for (std::size_t credit = 0; credit < out.size(); ++credit) {
        out[credit] = std::max(in_order[line_of[credit]], by_words[by_word_of[credit]]);
        for (const std::uint32_t name : names_of[credit]) out[credit] = std::max(out[credit], of_names[name]);
    }
    return out;
}

}  // namespace musicsync::catalog
