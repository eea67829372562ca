#include "reference/ascii_form.hpp"

namespace musicsync::reference {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }
bool is_apostrophe(char c) { return c == '\'' || c == '`'; }
bool is_one_of(char c, std::string_view signs) { return signs.find(c) != std::string_view::npos; }

std::size_t words_behind(std::string_view text, std::size_t at) {
    std::size_t out = 0;
    for (const char c : text.substr(at)) out += is_word(c) ? 1U : 0U;
    return out;
}

// Does it say more than that a word ends?
bool says_more(std::string_view text, std::size_t at) {
    const char c = text[at];
    const bool before = at > 0 && is_word(text[at - 1]);
    const bool behind = at + 1 < text.size() && is_word(text[at + 1]);
    if (static_cast<unsigned char>(c) >= 0x80 || is_one_of(c, "&+*$")) return true;
    if (is_one_of(c, ".!")) return before && behind;
    if (c == ',' && at == text.rfind(',')) return words_behind(text, at) <= 3;
    if (c != 'n' && c != 'N') return false;
    const auto apostrophe = [text](std::size_t i) { return i < text.size() && is_apostrophe(text[i]); };
    if (at > 0 && apostrophe(at - 1) && apostrophe(at + 1)) return true;
    std::size_t begin = at;
    while (begin > 0 && apostrophe(begin - 1)) --begin;
    return !behind && (begin == 0 || !is_word(text[begin - 1]));
}

}  // namespace

std::string ascii_form(std::string_view text) {
    constexpr std::size_t longest = 64;
    if (text.size() > longest) return {};
    std::string out;
    bool gap = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (says_more(text, at)) return {};
        if (is_apostrophe(text[at])) continue;
        if (!is_word(text[at])) {
            gap = !out.empty();
            continue;
        }
        if (gap) out += ' ';
        gap = false;
        out += text[at] >= 'A' && text[at] <= 'Z' ? static_cast<char>(text[at] - 'A' + 'a') : text[at];
    }
    return out;
}

}  // namespace musicsync::reference
