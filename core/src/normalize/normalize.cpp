#include "musicsync/normalize.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "unicode.hpp"

namespace musicsync {
namespace text {
namespace {

// "Beatles, The" is sorted by name: the article belongs in front.
// "la" and "die" are words that end titles by themselves ("Ooh La, La", "Live, Die").
constexpr std::array<View, 12> articles{U"the", U"a",  U"an", U"los", U"las", U"les",
                                        U"el",  U"le", U"il", U"der", U"das", U"het"};

Text article_in_front(Text text) {
    const std::size_t comma = text.rfind(U',');
    if (comma == Text::npos) return text;
    const View article = trim(View(text).substr(comma + 1));
    if (std::ranges::find(articles, article) == articles.end()) return text;
    const View name = View(text).substr(0, comma);
    if (std::ranges::none_of(name, is_word)) return text;
    return Text(article) + U' ' + Text(name);
}

bool is_currency(char32_t c) { return c == U'$' || (c >= 0xA2 && c <= 0xA5) || (c >= 0x20A0 && c <= 0x20CF); }

bool is_vowel(char32_t c) { return c == U'a' || c == U'e' || c == U'i' || c == U'o' || c == U'u'; }

// Reads folded text once and writes words, single-spaced.
class WordWriter {
  public:
    explicit WordWriter(View text) : text_(text) {}

    Text write() {
        for (std::size_t i = 0; i < text_.size(); ++i) step(i);
        flush();
        if (n_pending_) out_ += U" n";
        return std::move(out_);
    }

  private:
    void step(std::size_t& i) {
        const char32_t c = text_[i];
        const bool on_letter = std::exchange(on_letter_, false);
        if (is_word(c) || (is_mark(c) && on_letter)) {  // a mark on a sign that goes would move to the letter before
            word_ += c;
            on_letter_ = true;
        } else if (is_currency(c) || c == U'*') {
            word_ += c;
        } else if (c == U'\'' && stands_for_and(i)) {
            flush();
            and_pending_ = true;
            i += 2;
        } else if (c == U'\'') {
            return;  // "don't" is "dont"
        } else if (c == U'.' && joins_acronym(i)) {
            ++dots_;
        } else if (c == U'!' && stands_for_i(i)) {
            word_ += U'i';
        } else {
            flush();
            if ((c == U'&' || c == U'+') && !out_.empty()) and_pending_ = true;
        }
    }

    // "R.E.M.": the word so far is single letters, and another single letter follows.
    bool joins_acronym(std::size_t i) const {
        if (word_.size() != dots_ + 1 || !is_letter(word_.back()) || i == 0 || text_[i - 1] != word_.back())
            return false;
        if (i + 1 >= text_.size() || !is_letter(text_[i + 1])) return false;
        return i + 2 >= text_.size() || !(is_word(text_[i + 2]) || is_mark(text_[i + 2]) || text_[i + 2] == U'\'');
    }

    // "Rock'n'Roll", "R'n'B": 'n' between two letters.
    bool stands_for_and(std::size_t i) const {
        return i > 0 && i + 3 < text_.size() && text_[i + 1] == U'n' && text_[i + 2] == U'\'' &&
               is_latin_letter(text_[i - 1]) && is_latin_letter(text_[i + 3]);
    }

    // "P!nk", "Sh!t", "LUM!X", but not "Blah!Blah!", "So!YoON!": a consonant before, and one side of two letters at
    // most.
    bool stands_for_i(std::size_t i) const {
        if (i == 0 || i + 1 >= text_.size()) return false;
        const char32_t before = text_[i - 1];
        if (!is_latin_letter(before) || is_vowel(before) || !is_latin_letter(text_[i + 1])) return false;
        const bool short_before = i < 3 || !is_word(text_[i - 3]) || !is_word(text_[i - 2]);
        const bool short_after = i + 3 >= text_.size() || !is_word(text_[i + 3]) || !is_word(text_[i + 2]);
        return short_before || short_after;
    }

    static bool is_latin_letter(char32_t c) { return c < 0x80 && is_letter(c); }

    // One star before a word, or stars on both sides, are ornaments ("*NSYNC", "**NEW**"); others hide letters.
    static View without_ornaments(View word) {
        const std::size_t first = word.find_first_not_of(U'*');
        if (first == View::npos) return word;
        const std::size_t last = word.find_last_not_of(U'*');
        const bool both = first > 0 && last + 1 < word.size();
        if (both) return word.substr(first, last + 1 - first);
        return first == 1 ? word.substr(1) : word;
    }

    void flush() {
        dots_ = 0;
        if (word_.empty()) return;
        Text word(without_ornaments(word_));
        word_.clear();
        if (std::ranges::none_of(word, is_word)) return;
        fold_confusables(word);
        const View before = last_word();  // "the n word": after an article it is a letter
        const bool article = std::ranges::find(articles, before) != articles.end();
        if (word == U"n" && !and_pending_ && !n_pending_ && !article && joins_words(before)) {
            n_pending_ = true;
            return;
        }
        append(word);
    }

    // "Guns N' Roses", "Rock n Roll": a lone n between two words is "and", whatever became of its apostrophes.
    void append(const Text& word) {
        const bool n_is_and = n_pending_ && !and_pending_ && joins_words(word);
        if (n_pending_ && !n_is_and) out_ += U" n";
        if (!out_.empty()) out_ += and_pending_ || n_is_and ? View(U" and ") : View(U" ");
        out_ += word;
        and_pending_ = n_pending_ = false;
    }

    static bool joins_words(View word) {
        return word.size() > 1 && word != U"and" && std::ranges::all_of(word, is_latin_letter);
    }

    View last_word() const { return View(out_).substr(out_.rfind(U' ') + 1); }

    View text_;
    Text out_;
    Text word_;
    std::size_t dots_ = 0;
    bool and_pending_ = false;
    bool n_pending_ = false;
    bool on_letter_ = false;
};

// "!!!", "÷": the symbols are the name.
Text single_spaced(View text) {
    Text out;
    bool gap = false;
    for (char32_t c : text) {
        if (is_space(c)) {
            gap = !out.empty();
            continue;
        }
        if (gap) out += U' ';
        gap = false;
        out += c;
    }
    return out;
}

}  // namespace

std::string finish(View folded) {
    const Text plain = article_in_front(strip_marks(folded));
    const Text words = WordWriter(plain).write();
    return to_utf8(words.empty() ? single_spaced(plain) : compose(words));
}

}  // namespace text

std::string normalize(std::string_view text) { return text::finish(text::fold(text)); }

}  // namespace musicsync
