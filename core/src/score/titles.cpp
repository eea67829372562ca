#include <algorithm>

#include "score/evidence.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

constexpr double same_word = 0.82;  // "Africa" and "Afrika", not "California" and "Californication"

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

// A symbol that the other word has nowhere is in no common subsequence.
bool can_be_alike(const Word& a, const Word& b) noexcept {
    const int left = a.length - __builtin_popcountll(a.symbols & ~b.symbols);
    const int right = b.length - __builtin_popcountll(b.symbols & ~a.symbols);
    return 2.0 * std::min(left, right) >= same_word * (a.length + b.length);
}

bool has_counterpart(std::u32string_view text, const Word& word, std::u32string_view other_text,
                     const std::vector<Word>& others) {
    const bool equal = std::any_of(others.begin(), others.end(), [&word](const Word& other) {
        return word.hash == other.hash && word.length == other.length;
    });
    return equal || std::any_of(others.begin(), others.end(), [&](const Word& other) {
               return can_be_alike(word, other) && ratio(word.in(text), other.in(other_text)) >= same_word;
           });
}

std::size_t with_counterpart(const TextForm& a, const TextForm& b) {
    return static_cast<std::size_t>(std::count_if(a.words.begin(), a.words.end(), [&](const Word& word) {
        return has_counterpart(a.text, word, b.text, b.words);
    }));
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
    std::size_t j = 0;
    for (const char32_t c : a) {
        if (c == U' ') continue;
        while (j < b.size() && b[j] == U' ') ++j;
        if (j == b.size() || b[j] != c) return false;
        ++j;
    }
    while (j < b.size() && b[j] == U' ') ++j;
    return j == b.size();
}

bool contains_words(std::u32string_view a, std::u32string_view b) noexcept {
    if (a.size() > b.size()) std::swap(a, b);
    if (a.empty()) return false;
    for (std::size_t at = b.find(a); at != std::u32string_view::npos; at = b.find(a, at + 1)) {
        const std::size_t end = at + a.size();
        if ((at == 0 || b[at - 1] == U' ') && (end == b.size() || b[end] == U' ')) return true;
    }
    return false;
}

double shared_words(const TextForm& a, const TextForm& b) {
    if (a.words.empty() || b.words.empty()) return 0.0;
    const std::size_t matched = with_counterpart(a, b) + with_counterpart(b, a);
    return static_cast<double>(matched) / static_cast<double>(a.words.size() + b.words.size());
}

}  // namespace musicsync
