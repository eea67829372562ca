#include "misspelt.hpp"

#include <algorithm>
#include <iterator>

namespace musicsync::text {
namespace {

constexpr View words[] = {U"acoustic",   U"extended",  U"instrumental", U"karaoke",
                          U"remastered", U"unplugged", U"version"};

View meant(View word) noexcept {
    constexpr std::size_t shortest = 6;  // of seven letters, with one missing
    if (word.size() < shortest) return {};
    const View* const found =
        std::find_if(std::begin(words), std::end(words), [word](View one) { return one_slip_apart(word, one); });
    return found == std::end(words) ? View{} : *found;
}

}  // namespace

bool one_slip_apart(View a, View b) noexcept {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1 || a == b) return false;
    const auto differ = std::mismatch(a.begin(), a.end(), b.begin());
    View rest_a(differ.first, a.end());
    View rest_b(differ.second, b.end());
    if (rest_a.size() < rest_b.size()) return rest_a == rest_b.substr(1);
    const bool exchanged = rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0];
    return exchanged ? rest_a.substr(2) == rest_b.substr(2) : rest_a.substr(1) == rest_b.substr(1);
}

std::optional<Text> with_version_words_put_right(View folded) {
    std::optional<Text> out;
    std::size_t kept = 0;
    for (std::size_t at = 0; at < folded.size(); ++at) {
        if (!is_word(folded[at])) continue;
        const std::size_t end = word_end(folded, at);
        if (const View right = meant(folded.substr(at, end - at)); !right.empty()) {
            if (!out) out.emplace();
            out->append(folded.substr(kept, at - kept)).append(right);
            kept = end;
        }
        at = end;
    }
    if (out) out->append(folded.substr(kept));
    return out;
}

}  // namespace musicsync::text
