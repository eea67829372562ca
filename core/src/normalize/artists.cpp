#include "artists.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_set>
#include <utility>

#include "channels.hpp"
#include "musicsync/normalize.hpp"
#include "plain.hpp"
#include "vocabulary.hpp"

namespace musicsync {
namespace text {
namespace {

enum class Joint : std::uint8_t { none, comma, conjunction, other, slash, cross, with, hard };

// One name between separators, and the separator before it.
struct Name {
    std::string text;
    Joint joint = Joint::none;
    bool signs = false;  // no word: nothing can be joined to it
};

struct Separator {
    Joint joint = Joint::none;  // none: nothing here
    std::size_t length = 0;
};

class CreditSplitter {
  public:
    explicit CreditSplitter(View text) : text_(text) {}

    std::vector<Name> split() {
        if (word_length(text_) == 0) {  // "!!!" and "+" are names
            end_name(text_.size());
            return std::move(names_);
        }
        for (std::size_t i = 0; i < text_.size();) {
            const Separator separator = separator_at(i);
            if (separator.joint == Joint::none) {
                i = is_word(text_[i]) ? word_end(text_, i) : i + 1;
                continue;
            }
            end_name(i);
            joint_ = separator.joint;
            i += separator.length;
            begin_ = i;
        }
        end_name(text_.size());
        return std::move(names_);
    }

  private:
    // A name may be signs alone: "!!! feat. Ann".
    void end_name(std::size_t end) {
        const View piece = text_.substr(begin_, end - begin_);
        const bool whole = piece.size() == text_.size();
        const bool signs = word_length(piece) == 0;
        std::string name = finish(signs && !whole ? without_left_overs(piece) : piece);
        if (!name.empty()) names_.push_back({std::move(name), names_.empty() ? Joint::none : joint_, signs});
    }

    // Brackets, dots and the like that stay behind around a separator are nobody.
    static View without_left_overs(View piece) {
        constexpr View left_over = U" .,:()[]{}<>\"'`-_~*&/+\ufffd";
        const std::size_t begin = piece.find_first_not_of(left_over);
        if (begin == View::npos) return {};
        return piece.substr(begin, piece.find_last_not_of(left_over) + 1 - begin);
    }

    bool space_at(std::size_t i) const { return i >= text_.size() || is_space(text_[i]); }
    bool space_before(std::size_t i) const { return i == 0 || is_space(text_[i - 1]); }
    bool digit_at(std::size_t i) const { return i < text_.size() && is_digit(text_[i]); }

    Separator separator_at(std::size_t i) const {
        const char32_t c = text_[i];
        switch (c) {
            case U';':
            case U'|':
            case U'\0':
            case U'\u3001':
            case U'\u060C': return {Joint::hard, 1};
            case U',':  // "10,000 maniacs"
                return {i > 0 && digit_at(i - 1) && digit_at(i + 1) ? Joint::none : Joint::comma, 1};
            case U'&':  // "w&w" is a name
                return {space_before(i) || space_at(i + 1) ? Joint::conjunction : Joint::none, 1};
            case U'+': return {space_before(i) && space_at(i + 1) ? Joint::conjunction : Joint::none, 1};
            case U'/': return {slash_separates(text_, i) ? Joint::slash : Joint::none, 1};
            default: return begins_word(i) ? word_separator(i) : Separator{};
        }
    }

    bool begins_word(std::size_t i) const {
        return is_word(text_[i]) &&
               (i == 0 || !(is_word(text_[i - 1]) || is_mark(text_[i - 1]) || text_[i - 1] == U'\''));
    }

    Separator word_separator(std::size_t i) const {
        const std::size_t end = word_end(text_, i);
        const View word = text_.substr(i, end - i);
        const bool dotted = end < text_.size() && (text_[end] == U'.' || text_[end] == U':');
        const std::size_t length = end - i + (dotted ? 1 : 0);  // a dot after a space goes with the name's punctuation
        if (word == U"feat" || word == U"ft" || word == U"featuring") {
            const bool little_feat = !dotted && space_at(end) && i >= 7 && text_.substr(i - 7, 7) == U"little ";
            return {little_feat ? Joint::none : Joint::other, length};
        }
        if (word == U"f" && end < text_.size() && text_[end] == U'/') return {Joint::other, 2};
        if (!between_names(i, end + (dotted ? 1 : 0))) return {};
        if (word == U"vs" || word == U"versus") return {Joint::other, length};
        if (word == U"and" || (!dotted && is_foreign_and(word) && !opens_with_article(end)))
            return {Joint::conjunction, length};
        if (word == U"with") return {Joint::with, length};
        if (word == U"x") return {Joint::cross, length};
        return {};
    }

    // Spanish, Portuguese, Italian, French, German, Swedish, Norwegian, Danish, Russian, Ukrainian. Not Polish and
    // Catalan "i" or Dutch "en": English and Spanish names hold them as words.
    static bool is_foreign_and(View word) {
        constexpr std::array<View, 8> words{U"y", U"e", U"et", U"und", U"och", U"og", U"и", U"та"};
        return std::ranges::find(words, word) != words.end();
    }

    // "juan y los lobos", "max und seine freunde" are one name.
    bool opens_with_article(std::size_t at) const {
        while (at < text_.size() && is_space(text_[at])) ++at;
        const std::string first = finish(text_.substr(at, word_end(text_, at) - at));
        return vocabulary().lists(Role::article, first) || vocabulary().lists(Role::possessive, first);
    }

    // Spaces on both sides and a name after: "lil nas x", "x ambassadors" and "lil nas x & nas" have no cross.
    bool between_names(std::size_t begin, std::size_t end) const {
        if (begin <= begin_ || !space_before(begin) || !space_at(end)) return false;
        std::size_t next = end;
        while (next < text_.size() && is_space(text_[next])) ++next;
        if (next >= text_.size() || View(U"&+,;/|").find(text_[next]) != View::npos) return false;
        const View word = text_.substr(next, word_end(text_, next) - next);
        constexpr std::array<View, 8> others{U"feat", U"ft", U"featuring", U"and", U"with", U"vs", U"versus", U"x"};
        return std::ranges::find(others, word) == others.end() && has_words_before(begin);
    }

    bool has_words_before(std::size_t end) const {
        std::size_t i = end;
        while (i > begin_ && is_space(text_[i - 1])) --i;
        return i > begin_;
    }

    View text_;
    std::size_t begin_ = 0;
    Joint joint_ = Joint::none;
    std::vector<Name> names_;
};

std::string_view between(Joint joint) {
    switch (joint) {
        case Joint::conjunction: return " and ";
        case Joint::cross: return " x ";
        case Joint::with: return " with ";
        default: return " ";
    }
}

// How many names from `first` on make one known ensemble: 1 where none is.
std::size_t ensemble_length(const std::vector<Name>& names, std::size_t first) {
    constexpr std::size_t most = 6;  // Dave Dee, Dozy, Beaky, Mick & Tich
    const std::span<const std::string_view> ensembles = vocabulary().list(Role::ensemble);
    std::size_t length = 1;
    std::string joined = names[first].text;
    for (std::size_t i = first + 1; i < names.size() && i - first < most; ++i) {
        if (names[i].joint == Joint::other || names[i].joint == Joint::hard) break;
        const auto candidate = std::ranges::lower_bound(ensembles, joined);
        if (candidate == ensembles.end() || !candidate->starts_with(joined)) break;
        joined += between(names[i].joint);
        joined += names[i].text;
        if (vocabulary().lists(Role::ensemble, joined)) length = i - first + 1;
    }
    return length;
}

// "& the bad seeds", "& his orchestra", "& sons", ", jr.": not a name of its own.
bool continues_name(const Name& name) {
    const Vocabulary& words = vocabulary();
    if (name.joint == Joint::comma) return words.lists(Role::suffix, name.text);
    if (name.joint != Joint::conjunction) return false;
    if (words.lists(Role::companion, name.text)) return true;
    const std::size_t space = name.text.find(' ');
    if (space == std::string::npos) return false;
    const std::string_view first = std::string_view(name.text).substr(0, space);
    return words.lists(Role::possessive, first) || (first == "the" && !words.lists(Role::guest, name.text));
}

void append(std::string& name, const Name& more) {
    name += between(more.joint);
    name += more.text;
}

std::vector<std::string> assemble(const std::vector<Name>& names) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < names.size();) {
        const std::size_t length = ensemble_length(names, i);
        std::string whole = names[i].text;
        for (std::size_t k = 1; k < length; ++k) append(whole, names[i + k]);
        const bool signs = names[i].signs;
        i += length;
        while (!signs && i < names.size() && continues_name(names[i])) append(whole, names[i++]);
        if (i < names.size() && names[i].joint == Joint::comma && names[i].text == "the") {  // "beatles, the"
            if (!signs) whole.insert(0, "the ");
            ++i;
        }
        out.push_back(std::move(whole));
    }
    return out;
}

}  // namespace

std::vector<std::string> split_credit(View folded) { return without_repeats(assemble(CreditSplitter(folded).split())); }

std::vector<std::string> without_repeats(std::vector<std::string> names) {
    if (names.size() < 2) return names;
    std::unordered_set<std::string> seen;
    std::erase_if(names, [&](const std::string& name) { return !seen.insert(name).second; });
    return names;
}

}  // namespace text

std::vector<std::string> parse_artists(std::string_view credit) {
    if (text::is_one_name(credit)) {
        std::vector<std::string> name;
        name.push_back(normalize(credit));
        text::cut_channel_suffix(name.front());
        if (name.front().empty()) name.clear();
        return name;
    }
    const std::string named = text::without_channel(credit);
    std::vector<std::string> names = text::split_credit(text::fold(named));
    for (std::string& name : names) text::cut_channel_suffix(name);
    return text::without_repeats(std::move(names));
}

bool is_unknown_artist(std::string_view normalized_name) noexcept {
    return text::vocabulary().lists(text::Role::unknown_artist, normalized_name);
}

}  // namespace musicsync
