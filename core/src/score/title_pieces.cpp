#include "score/title_pieces.hpp"

#include <algorithm>

#include "musicsync/normalize.hpp"
#include "normalize/ascii.hpp"
#include "score/given_title.hpp"
#include "score/outline.hpp"

namespace musicsync {
namespace {

std::size_t next_separator(std::string_view title) noexcept { return std::min(title.find(" - "), title.find(" (")); }

// The pieces between " - " and before " (". Only what is left in `base` counts: " - Remastered 2011" was taken off as a
// version.
std::vector<std::u32string_view> segments_of(std::string_view title, std::u32string_view base) {
    std::vector<std::u32string_view> out;
    while (!base.empty() && !title.empty()) {
        const std::size_t end = next_separator(title);
        std::u32string segment = to_code_points(normalize(title.substr(0, end)));
        title.remove_prefix(std::min(title.size(), end == std::string_view::npos ? end : end + 2));
        if (!base.starts_with(segment)) segment = to_code_points(parse_title(to_utf8(segment)).base);
        if (!base.starts_with(segment)) continue;
        if (!segment.empty()) out.push_back(base.substr(0, segment.size()));
        base.remove_prefix(std::min(base.size(), segment.size() + 1));
    }
    if (out.size() < 2) out.clear();
    return out;
}

// The script of each word, a bit each; words without letters have none.
std::uint32_t scripts_of(std::string_view normal) {
    if (text::is_ascii(normal)) return script_bit(script_of(normal));
    std::uint32_t bits = 0;
    while (!normal.empty()) {
        const std::size_t end = std::min(normal.find(' '), normal.size());
        bits |= script_bit(script_of(normal.substr(0, end)));
        normal.remove_prefix(std::min(end + 1, normal.size()));
    }
    return bits;
}

// "별빛 (Starlight)": the title in two scripts is two titles.
std::vector<TextForm> names_in_scripts(const std::vector<std::u32string_view>& segments, Memory& memory) {
    std::vector<TextForm> out;
    std::uint32_t seen = 0;
    for (const std::u32string_view segment : segments) {
        const std::uint32_t scripts = scripts_of(to_utf8(segment));
        if (scripts == 0 || (scripts & seen) != 0) return {};
        seen |= scripts;
        out.emplace_back(segment, &memory);
    }
    return out;
}

// "마지막 날에 Moving On": where the second script begins, if there are two and each stands by itself.
std::size_t second_script(const TextForm& title) {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    std::size_t begin = 0;
    for (const Word& word : title.words) {
        const std::uint32_t script = script_bit(script_of(to_utf8(word.in(title.text))));
        if (script == 0 || script == (second == 0 ? first : second)) continue;
        if (second != 0) return 0;
        (first == 0 ? first : second) = script;
        if (second != 0) begin = word.begin;
    }
    return begin;
}

// The pieces of the title of which each may be all that another catalogue writes: what stands first or last, what
// follows a colon ("Song Machine: Pac-Man"), what is in one of two scripts.
std::vector<std::u32string_view> pieces_of(std::string_view title, const NormalForm& form) {
    if (!form.segments.empty()) return {form.segments.front(), form.segments.back()};
    const std::u32string_view base = form.title.text;
    if (const std::size_t colon = title.rfind(": "); colon != std::string_view::npos) {
        const std::u32string last = to_code_points(parse_title(title.substr(colon + 2)).base);
        if (!last.empty() && last.size() < base.size() && base.ends_with(last))
            return {base.substr(base.size() - last.size())};
    }
    const std::size_t begin = (form.scripts & (form.scripts - 1)) == 0 ? 0 : second_script(form.title);
    if (begin == 0) return {};
    return {base.substr(0, begin - 1), base.substr(begin)};
}

}  // namespace

bool is_in_sections(std::string_view title) noexcept {
    return next_separator(title) != std::string_view::npos || title.find(": ") != std::string_view::npos;
}

void take_apart(std::string_view title, const std::string& base, NormalForm& form) {
    form.scripts = base.size() <= compared_symbols ? scripts_of(base) : scripts_of(to_utf8(form.title.text));
    if (title.size() > longest_split) return;
    if (next_separator(title) != std::string_view::npos) form.segments = segments_of(title, form.title.text);
    form.in_sections = is_in_sections(title);
    form.names_in_scripts = names_in_scripts(form.segments, form.memory);
    form.pieces = pieces_of(title, form);
}

}  // namespace musicsync
