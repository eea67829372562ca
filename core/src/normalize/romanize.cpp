#include "romanize.hpp"

#include <algorithm>
#include <array>

#include "musicsync/normalize.hpp"
#include "script.hpp"

namespace musicsync {
namespace text {
namespace {

// Characters that only Japanese writes: Han text with one of them is not Chinese.
constexpr View made_in_japan = U"々込峠畑辻働匂枠栃雫凪喰噺籾俣榊笹躾麿";

struct Scripts {
    bool kana = false;
    bool hangul = false;
    bool han = false;
    bool unknown = false;  // a letter of a script that has no spelling here

    // Han characters next to kana or Hangul are read as Japanese or Korean: these tables cannot say how.
    [[nodiscard]] bool readable() const { return !unknown && !(han && (kana || hangul)); }
};

Scripts scripts_in(View text) {
    Scripts found;
    for (char32_t c : text) {
        if (!is_letter(c)) continue;
        const Script script = script_of_letter(c);
        found.kana |= script == Script::kana || made_in_japan.find(c) != View::npos;
        found.hangul |= script == Script::hangul;
        found.han |= script == Script::han;
        found.unknown |= script == Script::other;
    }
    return found;
}

// The end of the run of letters of one script, with their marks, that begins at `begin`.
std::size_t run_end(View text, std::size_t begin, Script script) {
    std::size_t end = begin + 1;
    while (end < text.size() && (is_mark(text[end]) || (is_letter(text[end]) && script_of_letter(text[end]) == script)))
        ++end;
    return end;
}

void append_run(std::string& out, Script script, View run, Slavic language) {
    switch (script) {
        case Script::cyrillic: return append_cyrillic(out, run, language);
        case Script::greek: return append_greek(out, run);
        case Script::hangul: return append_hangul(out, run);
        case Script::kana: return append_kana(out, run);
        case Script::han: return append_han(out, run);
        case Script::arabic: return append_arabic(out, run);
        case Script::hebrew: return append_hebrew(out, run);
        case Script::thai: return append_thai(out, run);
        case Script::devanagari: return append_devanagari(out, run);
        default: out += to_utf8(run);
    }
}

bool is_plain(char32_t c) { return !is_letter(c) || script_of_letter(c) == Script::latin; }

}  // namespace
}  // namespace text

std::string romanize(std::string_view normalized) {
    const text::Text whole = text::fold(normalized);
    if (std::ranges::all_of(whole, text::is_plain)) return std::string(normalized);
    if (!text::scripts_in(whole).readable()) return {};
    const text::Slavic language = text::slavic_language(whole);  // once: asking for each word would be quadratic
    std::string latin;
    for (std::size_t at = 0; at < whole.size();) {
        if (text::is_plain(whole[at])) {
            latin += text::to_utf8(text::View(whole).substr(at++, 1));
            continue;
        }
        const Script script = text::script_of_letter(whole[at]);
        const std::size_t end = text::run_end(whole, at, script);
        text::append_run(latin, script, text::View(whole).substr(at, end - at), language);
        at = end;
    }
    const text::Text folded = text::fold(latin);
    return std::ranges::all_of(folded, text::is_plain) ? text::finish(folded) : std::string();
}

}  // namespace musicsync
