#include <algorithm>
#include <iterator>

#include "score/evidence.hpp"
#include "score/title_numbers.hpp"
#include "score/words_in.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

bool fits(std::u32string_view pattern, std::u32string_view word) noexcept {
    if (pattern.size() != word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (pattern[i] != U'*' && word[i] != U'*' && pattern[i] != word[i]) return false;
    }
    return true;
}

// "*" alone is a word of its own; inside a word of letters it is a censored letter.
bool is_censored(std::u32string_view word) noexcept {
    const bool star = word.find(U'*') != std::u32string_view::npos;
    return star && std::any_of(word.begin(), word.end(), [](char32_t c) { return c != U'*'; });
}

std::size_t common_symbols(std::u32string_view a, std::u32string_view b) { return lcs_length(a, b); }

// Words of plain texts are short.
std::size_t common_symbols(std::string_view a, std::string_view b) {
    return lcs_length(Widened(a).text(), Widened(b).text());
}

// Of what two words can have in common: a symbol that the other has nowhere is in no common subsequence.
int common_at_most(const Word& a, const Word& b) noexcept {
    const int left = a.length - __builtin_popcountll(a.symbols & ~b.symbols);
    const int right = b.length - __builtin_popcountll(b.symbols & ~a.symbols);
    return std::min(left, right);
}

// Whole numbers, a little below same_word: what they rule out is below it.
bool can_be_alike(const Word& a, const Word& b) noexcept {
    static_assert(same_word == 82.0 / 100.0);
    return 200 * common_at_most(a, b) >= 82 * (a.length + b.length);
}

template <class Char>
bool alike(const WordsIn<Char>& a, const Word& one, const WordsIn<Char>& b, const Word& other) {
    return (one.hash == other.hash && one.length == other.length) ||
           as_ratio(common_symbols(a.text_of(one), b.text_of(other)), std::size_t{one.length} + other.length) >=
               same_word;
}

template <class Char>
bool has_counterpart(const WordsIn<Char>& text, const Word& word, const WordsIn<Char>& others) {
    return std::any_of(others.words.begin(), others.words.end(), [&](const Word& other) {
        return can_be_alike(word, other) && alike(text, word, others, other);
    });
}

// Of the words of `a`; sets a bit in `found` for each word of `b`, at most 64, that is one.
template <class Char>
int count_counterparts(const WordsIn<Char>& a, const WordsIn<Char>& b, std::uint64_t& found) {
    int count = 0;
    for (const Word& word : a.words) {
        bool mine = false;
        for (std::size_t j = 0; j < b.words.size(); ++j) {
            if (!can_be_alike(word, b.words[j])) continue;
            const std::uint64_t bit = std::uint64_t{1} << j;
            if ((mine && (found & bit) != 0) || !alike(a, word, b, b.words[j])) continue;
            mine = true;
            found |= bit;
        }
        count += mine ? 1 : 0;
    }
    return count;
}

template <class Char>
std::size_t with_counterpart(const WordsIn<Char>& a, const WordsIn<Char>& b) {
    return static_cast<std::size_t>(
        std::count_if(a.words.begin(), a.words.end(), [&](const Word& word) { return has_counterpart(a, word, b); }));
}

// Words of either text with a counterpart in the other: a pair of words that are alike is one from both sides.
template <class Char>
std::size_t matched_words(const WordsIn<Char>& a, const WordsIn<Char>& b) {
    constexpr std::size_t counted_at_once = 64;
    if (b.words.size() > counted_at_once) return with_counterpart(a, b) + with_counterpart(b, a);
    std::uint64_t found = 0;
    const int mine = count_counterparts(a, b, found);
    return static_cast<std::size_t>(mine) + static_cast<std::size_t>(__builtin_popcountll(found));
}

constexpr std::string_view number_words[] = {"zero",  "one",   "two",  "three", "four",   "five",  "six",
                                             "seven", "eight", "nine", "ten",   "eleven", "twelve"};

template <class Char>
bool is_number_word(std::basic_string_view<Char> digits, std::basic_string_view<Char> word) noexcept {
    if (digits.empty() || digits.size() > 2) return false;
    std::size_t value = 0;
    for (const Char c : digits) {
        if (!is_digit(c)) return false;
        value = 10 * value + static_cast<std::size_t>(c - Char{'0'});
    }
    if (value >= std::size(number_words)) return false;
    const std::string_view number = number_words[value];
    return std::equal(word.begin(), word.end(), number.begin(), number.end(),
                      [](Char a, char b) { return a == static_cast<Char>(b); });
}

// A letter or two are other, and the first is not: people slip inside of words.
template <class Char>
bool is_misspelt(std::basic_string_view<Char> a, const Word& one, std::basic_string_view<Char> b, const Word& other) {
    constexpr int short_word = 4;
    constexpr int most_changed = 2;
    const int symbols = one.length + other.length;
    if (std::min(one.length, other.length) < short_word || a[0] != b[0]) return false;
    if (symbols - 2 * common_at_most(one, other) > most_changed) return false;
    return symbols - 2 * static_cast<int>(common_symbols(a, b)) <= most_changed;
}

// "I Been Born Again" and "I've Been Born Again": a small word among many says little.
bool is_small(const Word& word, std::size_t words) noexcept {
    constexpr std::size_t many_words = 4;
    return word.length <= 3 && words >= many_words;
}

template <class Char>
bool has_own_word(const WordsIn<Char>& a, const WordsIn<Char>& b) {
    return std::any_of(a.words.begin(), a.words.end(), [&](const Word& word) {
        if (is_small(word, a.words.size()) || has_counterpart(a, word, b)) return false;
        const auto mine = a.text_of(word);
        return std::none_of(b.words.begin(), b.words.end(), [&](const Word& other) {
            const auto theirs = b.text_of(other);
            return is_misspelt(mine, word, theirs, other) || is_number_word(mine, theirs) ||
                   is_number_word(theirs, mine);
        });
    });
}

template <class View>
bool are_equal_but_for_spaces(View a, View b) noexcept {
    std::size_t j = 0;
    for (const auto c : a) {
        if (c == ' ') continue;
        while (j < b.size() && b[j] == ' ') ++j;
        if (j == b.size() || b[j] != c) return false;
        ++j;
    }
    while (j < b.size() && b[j] == ' ') ++j;
    return j == b.size();
}

template <class View>
bool has_words_inside(View a, View b) noexcept {
    if (a.size() > b.size()) std::swap(a, b);
    if (a.empty()) return false;
    for (std::size_t at = b.find(a); at != View::npos; at = b.find(a, at + 1)) {
        const std::size_t end = at + a.size();
        if ((at == 0 || b[at - 1] == ' ') && (end == b.size() || b[end] == ' ')) return true;
    }
    return false;
}

}  // namespace

std::u32string fill_wildcards(std::u32string_view a, std::u32string_view b) {
    const std::vector<std::u32string_view> candidates = words_of(b);
    std::u32string out;
    for (std::u32string_view word : words_of(a)) {
        if (is_censored(word)) {
            const auto found = std::find_if(candidates.begin(), candidates.end(),
                                            [word](std::u32string_view candidate) { return fits(word, candidate); });
            if (found != candidates.end()) word = *found;
        }
        if (!out.empty()) out.push_back(U' ');
        out.append(word);
    }
    return out;
}

bool equal_but_for_spaces(std::u32string_view a, std::u32string_view b) noexcept {
    return are_equal_but_for_spaces(a, b);
}
bool equal_but_for_spaces(std::string_view a, std::string_view b) noexcept { return are_equal_but_for_spaces(a, b); }

bool contains_words(std::u32string_view a, std::u32string_view b) noexcept { return has_words_inside(a, b); }
bool contains_words(std::string_view a, std::string_view b) noexcept { return has_words_inside(a, b); }

bool can_have_counterpart(std::span<const Word> words, const TextSets& others) noexcept {
    // Of `length` symbols `common` are in the other word at most, which has as many at least: see can_be_alike.
    return std::any_of(words.begin(), words.end(), [&others](const Word& word) {
        const int common = word.length - __builtin_popcountll(word.symbols & ~others.symbols);
        return 200 * common >= 82 * (word.length + common);
    });
}

bool can_have_counterpart(std::span<const Word> a, std::span<const Word> b) noexcept {
    return std::any_of(a.begin(), a.end(), [b](const Word& word) {
        return std::any_of(b.begin(), b.end(), [&word](const Word& other) { return can_be_alike(word, other); });
    });
}

template <class Char>
double shared_words(const WordsIn<Char>& a, const WordsIn<Char>& b) {
    if (a.words.empty() || b.words.empty()) return 0.0;
    return static_cast<double>(matched_words(a, b)) / static_cast<double>(a.words.size() + b.words.size());
}

template <class Char>
bool replaces_words(const WordsIn<Char>& a, const WordsIn<Char>& b) {
    return has_own_word(a, b) && has_own_word(b, a);
}

template double shared_words(const WordsIn<char>& a, const WordsIn<char>& b);
template double shared_words(const WordsIn<char32_t>& a, const WordsIn<char32_t>& b);
template bool replaces_words(const WordsIn<char>& a, const WordsIn<char>& b);
template bool replaces_words(const WordsIn<char32_t>& a, const WordsIn<char32_t>& b);

}  // namespace musicsync
