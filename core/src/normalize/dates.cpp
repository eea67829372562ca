#include "dates.hpp"

#include <algorithm>
#include <cstddef>

#include "vocabulary.hpp"

namespace musicsync::text {
namespace {

bool all_digits(std::string_view word) {
    return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_month(std::string_view word) { return vocabulary().lists(Role::month, word); }

std::string_view last_word(std::string_view text) {
    const std::size_t space = text.rfind(' ');
    return space == std::string_view::npos ? text : text.substr(space + 1);
}

void drop_last_word(std::string_view& text) {
    const std::size_t space = text.rfind(' ');
    text = space == std::string_view::npos ? std::string_view{} : text.substr(0, space);
}

}  // namespace

int as_year(std::string_view word) noexcept {
    if (word.size() != 4 || !all_digits(word)) return 0;
    const int year = (word[0] - '0') * 1000 + (word[1] - '0') * 100 + (word[2] - '0') * 10 + (word[3] - '0');
    return year >= 1900 && year <= 2099 ? year : 0;
}

bool is_ordinal(std::string_view word) noexcept {
    if (word.size() < 3 || !all_digits(word.substr(0, word.size() - 2))) return false;
    const std::string_view ending = word.substr(word.size() - 2);
    return ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
}

std::optional<int> take_trailing_date(std::string_view& normalized) {
    const int year = as_year(last_word(normalized));
    if (year == 0) return std::nullopt;
    drop_last_word(normalized);
    std::string_view without = normalized;
    bool month = false;
    for (int words = 0; words < 2; ++words) {  // "july 5th", "5 july", "july"
        const std::string_view word = last_word(without);
        const bool day = (word.size() <= 2 && all_digits(word)) || is_ordinal(word);
        if (!day && !is_month(word)) break;
        month = month || is_month(word);
        drop_last_word(without);
    }
    if (month) normalized = without;
    return year;
}

}  // namespace musicsync::text
