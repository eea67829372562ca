#include "bare_version.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace musicsync::text {
namespace {

constexpr std::array<std::string_view, 8> telling_phrases{"a capella",    "a cappella", "acapella", "karaoke",
                                                          "instrumental", "nightcore",  "remix",    "rmx"};
constexpr std::size_t longest_title = 400;  // bytes of it that are looked at: beyond, it is no title

bool is_particle(std::string_view word) { return vocabulary().lists(Role::particle, word); }

// "puppets with strings", "say it in english": words that read on as a sentence say nothing without a bracket.
bool reads_on(std::string_view phrase) {
    const std::string_view first = phrase.substr(0, phrase.find(' '));
    return is_particle(first) || vocabulary().lists(Role::guest_word, first);
}

// "the remix", "my karaoke", "love in the first take": what is left would name nothing.
bool names_something(std::string_view title) {
    if (vocabulary().lists(Role::article, title.substr(title.rfind(' ') + 1))) return false;
    while (!title.empty()) {
        const std::size_t end = std::min(title.find(' '), title.size());
        if (!is_particle(title.substr(0, end))) return true;
        title.remove_prefix(std::min(end + 1, title.size()));
    }
    return false;
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

// Where the title ends with an ASCII word that its normal form ends with too, a phrase at its end would have to end so.
bool may_end_in_phrase(View title, std::string_view base) {
    const std::string_view last = base.substr(base.rfind(' ') + 1);
    title = trim(title);
    const bool as_it_stands =
        title.size() > last.size() && !is_word(title[title.size() - last.size() - 1]) &&
        std::equal(last.begin(), last.end(), title.end() - static_cast<std::ptrdiff_t>(last.size()),
                   [](char a, char32_t b) { return a > 0 && static_cast<char32_t>(a) == b && is_word(b); });
    return !as_it_stands || vocabulary().entry(last).ends_phrase;
}

}  // namespace

bool may_tell_version(const Phrase& phrase) noexcept {
    if (!takes_kind(phrase.role) || phrase.role == Role::head || !changes_recording(phrase.kind)) return false;
    return phrase.text.find(' ') != std::string_view::npos ||
           std::ranges::find(telling_phrases, phrase.text) != telling_phrases.end();
}

bool tells_version(const Phrase& phrase) {
    if (!may_tell_version(phrase)) return false;
    return std::ranges::find(telling_phrases, phrase.text) != telling_phrases.end() || !reads_on(phrase.text);
}

std::optional<VersionToken> take_bare_version(Text& title, std::string_view base) {
    if (title.size() > longest_title || !may_end_in_phrase(title, base)) return std::nullopt;
    for (std::size_t words = max_phrase_words; words > 0; --words) {
        const std::size_t begin = begin_of_last(title, words);
        if (begin == View::npos || word_length(View(title).substr(0, begin)) == 0) continue;
        const Phrase* phrase = vocabulary().find(finish(View(title).substr(begin)));
        if (phrase == nullptr || !tells_version(*phrase) || !names_something(finish(View(title).substr(0, begin))))
            continue;
        title.resize(begin);
        return VersionToken{phrase->kind, std::string(phrase->detail), {}};
    }
    return std::nullopt;
}

}  // namespace musicsync::text
