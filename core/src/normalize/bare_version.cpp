#include "bare_version.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "vocabulary.hpp"

namespace musicsync::text {
namespace {

constexpr std::array<std::string_view, 6> telling_words{"acapella",  "instrumental", "karaoke",
                                                        "nightcore", "remix",        "rmx"};
constexpr std::size_t longest_title = 400;  // bytes of it that are looked at: beyond, it is no title

bool tells_version(const Phrase* phrase, std::size_t words) {
    if (phrase == nullptr || !takes_kind(phrase->role) || phrase->role == Role::head) return false;
    if (!changes_recording(phrase->kind)) return false;
    return words > 1 || std::ranges::find(telling_words, phrase->text) != telling_words.end();
}

// The last `words` words of folded text: where they begin, or npos.
std::size_t begin_of_last(View title, std::size_t words) {
    std::size_t begin = title.size();
    for (; words > 0; --words) {
        while (begin > 0 && is_space(title[begin - 1])) --begin;
        const std::size_t end = begin;
        while (begin > 0 && !is_space(title[begin - 1])) --begin;
        if (begin == end) return View::npos;
    }
    return begin;
}

}  // namespace

std::optional<VersionToken> take_bare_version(Text& title) {
    if (title.size() > longest_title) return std::nullopt;
    for (std::size_t words = max_phrase_words; words > 0; --words) {
        const std::size_t begin = begin_of_last(title, words);
        if (begin == View::npos || word_length(View(title).substr(0, begin)) == 0) continue;
        const std::string ending = finish(View(title).substr(begin));
        const Phrase* phrase = vocabulary().find(ending);
        const auto spaces = static_cast<std::size_t>(std::ranges::count(ending, ' '));
        if (!tells_version(phrase, spaces + 1)) continue;
        title.resize(begin);
        return VersionToken{phrase->kind, std::string(phrase->detail), {}};
    }
    return std::nullopt;
}

}  // namespace musicsync::text
