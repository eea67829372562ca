#include "guests.hpp"

#include <string>

#include "vocabulary.hpp"

namespace musicsync::text {
namespace {

// What a word that says "featuring" is followed by.
struct FeatureWord {
    std::size_t names = 0;
    bool marked = false;
};

// `begin` to `end` is the word; length 0 of names for a word that says something else.
FeatureWord feature_word(View text, std::size_t begin, std::size_t end) {
    const View word = text.substr(begin, end - begin);
    const bool slash = word == U"f" && end < text.size() && text[end] == U'/';
    if (!slash && word != U"featuring" && word != U"feat" && word != U"ft") return {};
    std::size_t next = end;
    while (next < text.size() && is_space(text[next])) ++next;  // "feat . x"
    const bool dotted = next < text.size() && (text[next] == U'.' || text[next] == U':');
    if (dotted || slash) ++next;
    while (next < text.size() && is_space(text[next])) ++next;
    if (next >= text.size() || !(is_word(text[next]) || text[next] == U'$' || text[next] == U'*')) return {};
    if (text.substr(next, word_end(text, next) - next) == U"of") return {};
    return {next, dotted || slash || word == U"featuring"};
}

// "6 ft under"
bool is_measure(View text, std::size_t from, std::size_t begin) {
    std::size_t before = begin;
    while (before > from && is_space(text[before - 1])) --before;
    return before > from && is_digit(text[before - 1]) && text[begin + 1] == U't';
}

std::size_t skip_spaces(View text, std::size_t i) {
    while (i < text.size() && is_space(text[i])) ++i;
    return i;
}

// One past the longest phrase that opens a list of guests, 0 for none.
std::size_t listed_guest_word_end(View text, std::size_t begin) {
    constexpr std::size_t most_words = 4;  // "con la participacion de"
    const Vocabulary& words = vocabulary();
    std::size_t longest = 0;
    std::string phrase;
    std::size_t at = begin;
    for (std::size_t count = 0; count < most_words; ++count) {
        const std::size_t end = word_end(text, at);
        if (end == at) break;
        phrase += (count > 0 ? " " : "") + finish(text.substr(at, end - at));
        if (words.lists(Role::guest_word, phrase)) longest = end;
        if (end == text.size() || text[end] != U' ') break;
        at = end + 1;
    }
    return longest;
}

// One past "with", "w/", "&", "duet with" at `begin`; 0 where none of them stands there.
std::size_t guest_word_end(View text, std::size_t begin) {
    const View rest = text.substr(begin);
    if (rest.starts_with(U'&')) return begin + 1;
    if (rest.starts_with(U"w/")) return begin + 2;
    if (rest.starts_with(U"part.")) {  // Portuguese for featuring, but "part. 2" counts
        const std::size_t names = skip_spaces(text, begin + 5);
        return names < text.size() && is_digit(text[names]) ? 0 : names;
    }
    return listed_guest_word_end(text, begin);
}

}  // namespace

bool find_feature(View folded, std::size_t from, Feature& found) {
    for (std::size_t i = from; i < folded.size();) {
        const std::size_t end = word_end(folded, i);
        if (end == i) {
            ++i;
            continue;
        }
        const bool whole_word = i == from || folded[i - 1] != U'\'';
        if (whole_word && folded[i] == U'f') {
            const FeatureWord word = feature_word(folded, i, end);
            if (word.names != 0 && !is_measure(folded, from, i)) {
                found = {i, word.names, word.marked};
                return true;
            }
        }
        i = end;
    }
    return false;
}

std::size_t find_guests(View folded, std::size_t begin) {
    const std::size_t names = guest_word_end(folded, skip_spaces(folded, begin));
    if (names == 0) return 0;
    const View guests = folded.substr(names);
    const std::string normal = finish(guests);
    const std::string first = normal.substr(0, normal.find(' '));
    if (first.empty()) return 0;
    const bool initials = guests.find(U'.') != View::npos;  // "with H.E.R." is not "with her"
    const Vocabulary& words = vocabulary();
    const bool sentence = words.lists(Role::sentence, first) || words.lists(Role::not_guest, first);
    return sentence && !initials ? 0 : names;
}

}  // namespace musicsync::text
