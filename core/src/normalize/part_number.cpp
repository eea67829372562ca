#include "part_number.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace musicsync::text {
namespace {

struct Marker {
    View word;
    bool takes_words;  // "part two"
    bool needs_dot;    // "no. 3": a bare "no 3" counts at the end only
};

constexpr std::array markers{
    Marker{U"pt", true, false},     Marker{U"part", true, false}, Marker{U"parte", true, false},
    Marker{U"partie", true, false}, Marker{U"teil", true, false}, Marker{U"deel", true, false},
    Marker{U"часть", true, false},  Marker{U"ч", false, true},    Marker{U"vol", true, false},
    Marker{U"volume", true, false}, Marker{U"no", false, true},   Marker{U"nr", false, true},
    Marker{U"number", false, true},
};

constexpr bool begins_marker(char32_t c) noexcept {
    return std::any_of(markers.begin(), markers.end(), [c](const Marker& marker) { return marker.word[0] == c; });
}

constexpr std::array<View, 20> number_words{U"one",   U"two",    U"three", U"four", U"five", U"six",  U"seven",
                                            U"eight", U"nine",   U"ten",   U"uno",  U"dos",  U"tres", U"deux",
                                            U"trois", U"quatre", U"due",   U"tre",  U"zwei", U"drei"};
constexpr std::array<int, 20> number_values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 2, 3, 4, 2, 3, 2, 3};

std::optional<int> decimal(View word) {
    if (word.empty() || word.size() > 4 || !std::ranges::all_of(word, is_digit)) return std::nullopt;
    int value = 0;
    for (char32_t c : word) value = value * 10 + static_cast<int>(c - U'0');
    return value;
}

// i to xxxix, in the one correct spelling.
std::optional<int> roman(View word) {
    constexpr std::array<View, 10> units{U"", U"i", U"ii", U"iii", U"iv", U"v", U"vi", U"vii", U"viii", U"ix"};
    std::size_t tens = 0;
    while (tens < 3 && tens < word.size() && word[tens] == U'x') ++tens;
    const auto unit = std::ranges::find(units, word.substr(tens));
    if (word.empty() || unit == units.end()) return std::nullopt;
    return static_cast<int>(tens) * 10 + static_cast<int>(unit - units.begin());
}

std::optional<int> spelled(View word) {
    const auto found = std::ranges::find(number_words, word);
    if (found == number_words.end()) return std::nullopt;
    return number_values[static_cast<std::size_t>(found - number_words.begin())];
}

std::size_t skip_spaces(View text, std::size_t i) {
    while (i < text.size() && is_space(text[i])) ++i;
    return i;
}

struct Found {
    std::size_t begin = 0;
    std::size_t end = 0;
    int number = 0;
};

class Finder {
  public:
    explicit Finder(View text) : text_(text) {}

    std::optional<Found> last() {
        std::optional<Found> found;
        bool title_before = false;
        for (std::size_t i = 0; i < text_.size();) {
            std::size_t end = text_[i] == U'#' ? i + 1 : word_end(text_, i);
            if (end == i) {
                ++i;
                continue;
            }
            std::optional<Found> here = title_before ? at(i, end) : std::nullopt;
            title_before = title_before || text_[i] != U'#';
            if (here) {
                found = here;
                end = std::max(end, here->end);
            }
            i = end;
        }
        return found;
    }

  private:
    // A marker with its number, `begin` to `end` being the marker's word.
    std::optional<Found> at(std::size_t begin, std::size_t end) const {
        const View word = text_.substr(begin, end - begin);
        if (word == U"#") return with_number(begin, end, {word, false, false}, true);
        if (!begins_marker(word.front())) return std::nullopt;
        const std::size_t letters = std::min(word.find_first_of(U"0123456789"), word.size());
        const auto* marker = std::ranges::find(markers, word.substr(0, letters), &Marker::word);
        if (marker == markers.end()) return std::nullopt;
        const bool glued = letters < word.size();  // "vol2"
        if (glued && marker->needs_dot) return std::nullopt;
        const std::size_t after = begin + letters;
        const bool dotted = !glued && after < text_.size() && text_[after] == U'.';
        return with_number(begin, dotted ? after + 1 : after, *marker, dotted);
    }

    std::optional<Found> with_number(std::size_t begin, std::size_t from, const Marker& marker, bool dotted) const {
        const std::size_t number = marker.word == U"#" ? from : skip_spaces(text_, from);
        const std::size_t end = word_end(text_, number);
        const View word = text_.substr(number, end - number);
        std::optional<int> value = decimal(word);
        const bool digits = value.has_value();
        if (!value && marker.word != U"#") value = roman(word);
        const bool sure = (digits && !marker.needs_dot) || dotted || word.size() > 1;
        if (!value && marker.takes_words) value = spelled(word);
        if (!value || in_a_list(end)) return std::nullopt;
        const bool needs_end = marker.needs_dot ? !dotted : !sure || (!digits && !roman(word));
        if (needs_end && !phrase_ends(end)) return std::nullopt;
        return Found{begin, end, *value};
    }

    bool phrase_ends(std::size_t end) const {
        const std::size_t next = skip_spaces(text_, end);
        return next >= text_.size() || !is_word(text_[next]);
    }

    // "1-5", "1 & 2", "1 and 2", "i/ii".
    bool in_a_list(std::size_t end) const {
        std::size_t next = skip_spaces(text_, end);
        if (next >= text_.size()) return false;
        std::size_t after = next + 1;
        if (const std::size_t word = word_end(text_, next); word != next) {
            if (text_.substr(next, word - next) != U"and") return false;
            after = word;
        } else if (View(U"-&/+,").find(text_[next]) == View::npos) {
            return false;
        }
        after = skip_spaces(text_, after);
        const View word = text_.substr(after, word_end(text_, after) - after);
        return decimal(word).has_value() || roman(word).has_value();
    }

    View text_;
};

}  // namespace

std::optional<int> take_part_number(Text& title) {
    const std::optional<Found> found = Finder(title).last();
    if (!found) return std::nullopt;
    const auto at = title.begin() + static_cast<std::ptrdiff_t>(found->begin);
    std::fill(at, title.begin() + static_cast<std::ptrdiff_t>(found->end), U' ');
    return found->number;
}

}  // namespace musicsync::text
