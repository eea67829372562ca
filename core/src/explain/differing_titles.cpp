#include <algorithm>

#include "explain/findings.hpp"
#include "explain/words.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

using Words = std::vector<std::u32string_view>;

// The words of `a` that have no equal of their own in `b`, in order.
Words extra_words(const Words& a, Words b) {
    Words out;
    for (const std::u32string_view word : a) {
        const auto found = std::find(b.begin(), b.end(), word);
        if (found == b.end()) {
            out.push_back(word);
        } else {
            b.erase(found);
        }
    }
    return out;
}

std::string join(const Words& words, const Track& track) {
    std::string out;
    for (const std::u32string_view word : words) out += (out.empty() ? "" : " ") + to_utf8(word);
    return quoted(as_written(out, track.title()));
}

std::string without_title(const Pair& pair) {
    const bool left = pair.left.title().empty();
    const bool right = pair.right.title().empty();
    if (left && right) return "neither side has a title";
    if (left || right) return std::string("the ") + (left ? "left" : "right") + " side has no title";
    return "the titles are in scripts that cannot be compared (" + std::string(in_words(pair.left.normal().script)) +
           " and " + std::string(in_words(pair.right.normal().script)) + ")";
}

}  // namespace

std::string differing_titles(const Pair& pair) {
    constexpr std::size_t longest_compared = 400;  // symbols; beyond, the titles themselves are shown
    constexpr std::size_t few = 3;
    const Evidence& e = pair.evidence;
    if (!e.title) return without_title(pair);
    if (*e.title >= 1.0 || e.romanized || e.misplaced) return "";
    std::string titles = "the titles are " + quoted(pair.left.title()) + " and " + quoted(pair.right.title());
    const std::u32string_view left = pair.left.normal().title.text;
    const std::u32string_view right = pair.right.normal().title.text;
    if (std::max(left.size(), right.size()) > longest_compared) return titles;
    const Words left_words = words_of(left);
    const Words right_words = words_of(right);
    const Words only_left = extra_words(left_words, right_words);
    const Words only_right = extra_words(right_words, left_words);
    if (only_left.empty() && only_right.empty()) return "the words of the titles stand in another order";
    if (only_left.empty()) return "only the right title has " + join(only_right, pair.right);
    if (only_right.empty()) return "only the left title has " + join(only_left, pair.left);
    const bool mostly_shared = only_left.size() < left_words.size() && only_right.size() < right_words.size() &&
                               std::max(only_left.size(), only_right.size()) <= few;
    if (!mostly_shared) return titles;
    return "the left title has " + join(only_left, pair.left) + " where the right has " + join(only_right, pair.right);
}

}  // namespace musicsync
