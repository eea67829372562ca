// Folded text to words, written once for code points and for ASCII bytes. Internal: not installed.
//
//   std::string words = WordWriter<char>("rock 'n' roll!").write();   // "rock and roll"
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "unicode.hpp"

namespace musicsync::text {

// "Beatles, The" is sorted by name: the article belongs in front.
// "la" and "die" are words that end titles by themselves ("Ooh La, La", "Live, Die").
inline constexpr std::array<std::string_view, 12> articles{"the", "a",  "an", "los", "las", "les",
                                                           "el",  "le", "il", "der", "das", "het"};

template <class Char>
constexpr char32_t code_of(Char c) noexcept {
    return static_cast<std::make_unsigned_t<Char>>(c);
}

template <class Char>
bool is_word_unit(Char c) noexcept {
    return is_word(code_of(c));
}

template <class Char>
bool equal(std::basic_string_view<Char> text, std::string_view ascii) noexcept {
    return std::equal(text.begin(), text.end(), ascii.begin(), ascii.end(),
                      [](Char a, char b) { return a == static_cast<Char>(b); });
}

template <class Char>
bool is_article(std::basic_string_view<Char> word) noexcept {
    return std::any_of(articles.begin(), articles.end(), [word](std::string_view one) { return equal(word, one); });
}

template <class Char>
std::basic_string_view<Char> trimmed(std::basic_string_view<Char> text) noexcept {
    while (!text.empty() && is_space(code_of(text.front()))) text.remove_prefix(1);
    while (!text.empty() && is_space(code_of(text.back()))) text.remove_suffix(1);
    return text;
}

template <class Char>
std::basic_string<Char> article_in_front(std::basic_string<Char> text) {
    using StringView = std::basic_string_view<Char>;
    const std::size_t comma = text.rfind(Char{','});
    if (comma == StringView::npos) return text;
    const StringView article = trimmed(StringView(text).substr(comma + 1));
    if (!is_article(article)) return text;
    const StringView name = StringView(text).substr(0, comma);
    if (std::none_of(name.begin(), name.end(), is_word_unit<Char>)) return text;
    return std::basic_string<Char>(article).append(1, Char{' '}).append(name);
}

constexpr bool is_currency(char32_t c) noexcept {
    return c == U'$' || (c >= 0xA2 && c <= 0xA5) || (c >= 0x20A0 && c <= 0x20CF);
}

constexpr bool is_vowel(char32_t c) noexcept { return c == U'a' || c == U'e' || c == U'i' || c == U'o' || c == U'u'; }

// Reads folded text once and writes words, single-spaced.
template <class Char>
class WordWriter {
    using String = std::basic_string<Char>;
    using StringView = std::basic_string_view<Char>;

  public:
    explicit WordWriter(StringView text) : text_(text) { out_.reserve(text.size() + 8); }

    String write() {
        for (std::size_t i = 0; i < text_.size(); ++i) step(i);
        flush();
        if (n_pending_) add(" n");
        return std::move(out_);
    }

  private:
    void step(std::size_t& i) {
        const char32_t c = code(i);
        const bool on_letter = std::exchange(on_letter_, false);
        if (is_word(c) || (is_mark(c) && on_letter)) {  // a mark on a sign that goes would move to the letter before
            const std::size_t begin = i;
            while (i + 1 < text_.size() && is_word(code(i + 1))) ++i;
            word_ += text_.substr(begin, i + 1 - begin);
            on_letter_ = true;
        } else if (is_currency(c) || c == U'*') {
            word_ += text_[i];
        } else if (c == U'\'' && stands_for_and(i)) {
            flush();
            and_pending_ = true;
            i += 2;
        } else if (c == U'\'') {
            return;  // "don't" is "dont"
        } else if (c == U'.' && joins_acronym(i)) {
            ++dots_;
        } else if (c == U'!' && stands_for_i(i)) {
            word_ += Char{'i'};
        } else {
            flush();
            if ((c == U'&' || c == U'+') && !out_.empty()) and_pending_ = true;
        }
    }

    // "R.E.M.": the word so far is single letters, and another single letter follows.
    bool joins_acronym(std::size_t i) const {
        if (word_.size() != dots_ + 1 || !is_letter(code_of(word_.back())) || i == 0 || text_[i - 1] != word_.back())
            return false;
        if (i + 1 >= text_.size() || !is_letter(code(i + 1))) return false;
        return i + 2 >= text_.size() || !(is_word(code(i + 2)) || is_mark(code(i + 2)) || code(i + 2) == U'\'');
    }

    // "Rock'n'Roll", "R'n'B": 'n' between two letters.
    bool stands_for_and(std::size_t i) const {
        return i > 0 && i + 3 < text_.size() && code(i + 1) == U'n' && code(i + 2) == U'\'' &&
               is_latin_letter(code(i - 1)) && is_latin_letter(code(i + 3));
    }

    // "P!nk", "Sh!t", "LUM!X", but not "Blah!Blah!", "So!YoON!": a consonant before, and one side of two letters at
    // most.
    bool stands_for_i(std::size_t i) const {
        if (i == 0 || i + 1 >= text_.size()) return false;
        const char32_t before = code(i - 1);
        if (!is_latin_letter(before) || is_vowel(before) || !is_latin_letter(code(i + 1))) return false;
        const bool short_before = i < 3 || !is_word(code(i - 3)) || !is_word(code(i - 2));
        const bool short_after = i + 3 >= text_.size() || !is_word(code(i + 3)) || !is_word(code(i + 2));
        return short_before || short_after;
    }

    static bool is_latin_letter(char32_t c) { return c < 0x80 && is_letter(c); }

    // One star before a word, or stars on both sides, are ornaments ("*NSYNC", "**NEW**"); others hide letters.
    static StringView without_ornaments(StringView word) {
        const std::size_t first = word.find_first_not_of(Char{'*'});
        if (first == StringView::npos) return word;
        const std::size_t last = word.find_last_not_of(Char{'*'});
        const bool both = first > 0 && last + 1 < word.size();
        if (both) return word.substr(first, last + 1 - first);
        return first == 1 ? word.substr(1) : word;
    }

    void flush() {
        dots_ = 0;
        if (word_.empty()) return;
        StringView word = without_ornaments(word_);
        if (std::any_of(word.begin(), word.end(), is_word_unit<Char>)) {
            if constexpr (std::is_same_v<Char, char32_t>) {
                word_ = String(word);
                fold_confusables(word_);
                word = word_;
            }
            take(word);
        }
        word_.clear();
    }

    // "the n word": after an article it is a letter.
    void take(StringView word) {
        if (equal(word, "n") && !and_pending_ && !n_pending_ && !is_article(last_word()) && joins_words(last_word())) {
            n_pending_ = true;
            return;
        }
        append(word);
    }

    // "Guns N' Roses", "Rock n Roll": a lone n between two words is "and", whatever became of its apostrophes.
    void append(StringView word) {
        const bool n_is_and = n_pending_ && !and_pending_ && joins_words(word);
        if (n_pending_ && !n_is_and) add(" n");
        if (!out_.empty()) add(and_pending_ || n_is_and ? " and " : " ");
        out_ += word;
        and_pending_ = n_pending_ = false;
    }

    void add(std::string_view ascii) { out_.append(ascii.begin(), ascii.end()); }

    static bool joins_words(StringView word) {
        return word.size() > 1 && !equal(word, "and") &&
               std::all_of(word.begin(), word.end(), [](Char c) { return is_latin_letter(code_of(c)); });
    }

    StringView last_word() const { return StringView(out_).substr(out_.rfind(Char{' '}) + 1); }
    char32_t code(std::size_t i) const { return code_of(text_[i]); }

    StringView text_;
    String out_;
    String word_;
    std::size_t dots_ = 0;
    bool and_pending_ = false;
    bool n_pending_ = false;
    bool on_letter_ = false;
};

// "!!!", "÷": the symbols are the name.
template <class Char>
std::basic_string<Char> single_spaced(std::basic_string_view<Char> text) {
    std::basic_string<Char> out;
    bool gap = false;
    for (const Char c : text) {
        if (is_space(code_of(c))) {
            gap = !out.empty();
            continue;
        }
        if (gap) out += Char{' '};
        gap = false;
        out += c;
    }
    return out;
}

}  // namespace musicsync::text
