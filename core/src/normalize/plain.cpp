#include "plain.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "ascii.hpp"
#include "bare_version.hpp"
#include "vocabulary.hpp"

namespace musicsync::text {
namespace {

constexpr std::uint8_t in_word = 1;    // letters and digits
constexpr std::uint8_t in_title = 2;   // what a plain title may have besides
constexpr std::uint8_t in_credit = 4;  // what one name may have besides

constexpr auto kinds = [] {
    std::array<std::uint8_t, 256> out{};
    for (std::size_t c = 0; c < 128; ++c) {
        if ((ascii_classes[c] & (ascii_letter | ascii_digit)) != 0) out[c] = in_word;
    }
    for (const char c : std::string_view(" !\"$%&'*+,-./:;<=>?@^_|~")) out[static_cast<unsigned char>(c)] |= in_title;
    for (const char c : std::string_view(" '.!?*$-:")) out[static_cast<unsigned char>(c)] |= in_credit;
    return out;
}();

std::uint8_t kind_of(char c) noexcept { return kinds[static_cast<unsigned char>(c)]; }

// `small` is in small letters.
bool equal(std::string_view word, std::string_view small) noexcept {
    return word.size() == small.size() &&
           std::equal(word.begin(), word.end(), small.begin(), [](char a, char b) { return lower_ascii(a) == b; });
}

// Calls `stop` with each run of letters and digits until it says true; false where the text has bytes of another kind.
template <class Stop>
bool all_words(std::string_view text, std::uint8_t beside, Stop stop) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t begin = i;
        while (i < text.size() && kind_of(text[i]) & in_word) ++i;
        if (i > begin && stop(text.substr(begin, i - begin), begin)) return false;
        while (i < text.size() && kind_of(text[i]) & beside) {
            if (i > 0 && text[i - 1] == ' ' && (text[i] == '-' || text[i] == '~')) return false;  // a dash, or a fence
            ++i;
        }
        if (i == begin) return false;
    }
    return true;
}

template <std::size_t N>
bool is_any(std::string_view word, const std::array<std::string_view, N>& words) noexcept {
    return std::any_of(words.begin(), words.end(), [word](std::string_view one) { return equal(word, one); });
}

constexpr std::array<std::string_view, 4> feature_words{"f", "ft", "feat", "featuring"};
constexpr std::array<std::string_view, 11> part_words{"pt",  "part",   "parte", "partie", "teil",  "deel",
                                                      "vol", "volume", "no",    "nr",     "number"};
constexpr std::array<std::string_view, 11> joining_words{"vs", "versus", "and", "with", "x", "y",
                                                         "e",  "et",     "und", "och",  "og"};

// At least; what is longer than any of part_words is not looked at.
std::size_t letters_before_digit(std::string_view word) noexcept {
    constexpr std::size_t enough = 7;
    std::size_t letters = 0;
    while (letters < std::min(word.size(), enough) && (word[letters] < '0' || word[letters] > '9')) ++letters;
    return letters;
}

bool begins_feature(std::string_view word) noexcept {
    return lower_ascii(word.front()) == 'f' && is_any(word, feature_words);
}

bool joins_names(std::string_view word) noexcept {
    constexpr std::string_view first_letters = "vawxyeuofVAWXYEUOF";
    return first_letters.find(word.front()) != std::string_view::npos &&
           (is_any(word, joining_words) || is_any(word, feature_words));
}

// A version, or what video sites put behind a title.
bool ends_with_phrase(std::string_view base, const Vocabulary& known) noexcept {
    std::size_t begin = base.size();
    for (std::size_t words = 0; words < max_listed_words && begin > 0; ++words) {
        const std::size_t space = base.rfind(' ', begin - 1);
        begin = space == std::string_view::npos ? 0 : space;
        const Entry& entry = known.entry(base.substr(begin == 0 ? 0 : begin + 1));
        if ((entry.phrase != nullptr && tells_version(*entry.phrase)) || has(entry.lists, Role::ending)) return true;
    }
    return false;
}

// Names of channels end or begin with these.
bool is_of_channel(std::string_view credit) noexcept {
    constexpr std::array<std::string_view, 5> ends{"VEVO", "Vevo", "Topic", "topic", "Official"};
    return credit.starts_with("Official") || credit.ends_with(' ') ||
           std::any_of(ends.begin(), ends.end(), [credit](std::string_view end) { return credit.ends_with(end); });
}

}  // namespace

bool is_only_title(std::string_view title, std::string_view base) noexcept {
    std::string_view last;
    bool same_words = title.find(',') == std::string_view::npos;  // whole words at the end of both are the same
    const bool words_only = all_words(title, in_title, [&](std::string_view word, std::size_t begin) {
        last = word;
        same_words = same_words && !equal(word, "n");
        return begins_feature(word) || (begin > 0 && counts_part(word));
    });
    if (!words_only || last.empty()) return false;
    // Every phrase that a version or an ending could be ends with the last word of the normal form. Where that is not
    // the last word as it stands ("P!nk"), the title is read the long way.
    const std::string_view ending = base.substr(base.rfind(' ') + 1);
    const Vocabulary& known = vocabulary();
    if (!equal(last, ending) || known.has_phrase_of_signs()) return false;
    const Entry& entry = known.entry(ending);
    if (!entry.ends_phrase && !has(entry.ends, Role::ending)) return true;
    return same_words && !ends_with_phrase(base, known);
}

bool is_one_name(std::string_view credit) noexcept {
    return all_words(credit, in_credit, [](std::string_view word, std::size_t) { return joins_names(word); }) &&
           !is_of_channel(credit);
}

std::span<const std::string_view> words_of_features() noexcept { return feature_words; }
std::span<const std::string_view> words_of_parts() noexcept { return part_words; }
std::span<const std::string_view> words_that_join_names() noexcept { return joining_words; }

// The letters before the first digit.
bool counts_part(std::string_view word) noexcept {
    switch (lower_ascii(word.front())) {
        case 'p':
        case 't':
        case 'd':
        case 'v':
        case 'n': return is_any(word.substr(0, letters_before_digit(word)), part_words);
        default: return false;
    }
}

}  // namespace musicsync::text
