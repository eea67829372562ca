#include "score/given_title.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "musicsync/normalize.hpp"
#include "musicsync/similarity.hpp"
#include "normalize/ascii.hpp"

namespace musicsync {
namespace {

bool is_letter_or_digit(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

// "０３．夜の港": what stands first in letters of full width, in plain ones.
std::string with_plain_start(std::string_view title) {
    std::string out;
    while (title.size() >= 3 && title[0] == '\xEF' && (title[1] == '\xBC' || title[1] == '\xBD')) {
        const auto last = static_cast<unsigned char>(title[2]);
        const int code = (title[1] == '\xBC' ? 0x20 : 0x60) + last - 0x80;
        if (code <= 0x20 || code > 0x7E) break;
        out.push_back(static_cast<char>(code));
        title.remove_prefix(3);
    }
    return out.append(title);
}

// Dashes between words, of whatever length, as the one that is looked for.
std::string with_plain_dashes(std::string_view title) {
    constexpr std::array<std::string_view, 4> dashes{"\u2013 ", "\u2014 ", "\u2012 ", "\u2015 "};
    std::string out;
    std::size_t kept = 0;
    for (std::size_t at = title.find(" \xE2\x80"); at != std::string_view::npos; at = title.find(" \xE2\x80", at + 1)) {
        const std::string_view here = title.substr(at + 1);
        if (std::none_of(dashes.begin(), dashes.end(),
                         [here](std::string_view dash) { return here.starts_with(dash); }))
            continue;
        out.append(title.substr(kept, at - kept)).append(" -");
        kept = at + 1 + dashes[0].size() - 1;  // the space behind it stays
    }
    return out.append(title.substr(kept));
}

// "Ember Road.flac"
std::string_view without_file_ending(std::string_view title) noexcept {
    constexpr std::array<std::string_view, 10> endings{".mp3", ".flac", ".m4a",  ".wav",  ".ogg",
                                                       ".wma", ".aac",  ".opus", ".aiff", ".alac"};
    if (title.substr(title.size() - std::min<std::size_t>(title.size(), 5)).find('.') == std::string_view::npos)
        return title;
    for (const std::string_view ending : endings) {
        if (title.size() <= ending.size()) continue;
        const std::string_view end = title.substr(title.size() - ending.size());
        const bool equal = std::equal(end.begin(), end.end(), ending.begin(), [](char a, char b) {
            return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b);
        });
        if (equal) return title.substr(0, title.size() - ending.size());
    }
    return title;
}

// How much of the title is the track's number, always with a leading zero: "003-Reclaim", "07. Ember Road", "01 -
// Gravity", "1-04 Iron Lullaby".
std::size_t track_number_length(std::string_view title) noexcept {
    const std::size_t disc = title.size() > 3 && is_digit(title[0]) && title[1] == '-' ? 2 : 0;
    const std::string_view rest = title.substr(disc);
    std::size_t digits = 0;
    while (digits < rest.size() && digits < 4 && is_letter_or_digit(rest[digits])) ++digits;
    if (digits < 2 || rest[0] != '0' || digits == rest.size()) return 0;
    const std::string_view after = rest.substr(digits);
    const bool only_digits = std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(digits), is_digit);
    if (after.starts_with('-')) return disc + digits + 1;
    if (!only_digits) return 0;
    if (after.starts_with(" - ")) return disc + digits + 3;
    if (after.starts_with('.')) return disc + digits + 1;
    return digits == 2 && after.starts_with(' ') ? disc + digits + 1 : 0;  // "007 (Shanty Town)" is a song
}

std::string_view without_track_number(std::string_view title) noexcept {
    const std::string_view rest = trim(title.substr(track_number_length(title)));
    return rest.empty() ? title : rest;
}

// "004", "011-": a track number, with its leading zero, where the title should be.
bool is_track_number(std::string_view text) noexcept {
    if (text.ends_with('-')) text.remove_suffix(1);
    return text.size() >= 2 && text.size() <= 3 && text[0] == '0' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

constexpr std::array<std::string_view, 8> no_titles{"n.a.", "n/a",  "[unknown]", "[untitled]",
                                                    "unk.", "null", "unknown",   "no title"};

// What catalogues write where they know no title.
bool is_placeholder(std::string_view text) noexcept {
    constexpr std::size_t longest = 10;
    if (text.size() > longest) return false;
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::find(no_titles.begin(), no_titles.end(), lower) != no_titles.end() || is_track_number(text);
}

std::string without_spaces(std::string text) {
    std::erase(text, ' ');
    return text;
}

// "[MV] Toto": what a video site writes before it all.
std::string_view without_first_bracket(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> brackets{
        {{"[", "]"}, {"(", ")"}, {"\u3010", "\u3011"}}};
    for (const auto& [open, close] : brackets) {
        const std::size_t end = text.find(close);
        if (text.starts_with(open) && end != std::string_view::npos) return trim(text.substr(end + close.size()));
    }
    return text;
}

// True where every name of the text is one of `names`.
bool is_credit(std::string_view text, const std::vector<std::string>& names) {
    const std::vector<std::string> credit = parse_artists(without_first_bracket(text));
    return !credit.empty() && std::all_of(credit.begin(), credit.end(), [&names](const std::string& name) {
        return std::any_of(names.begin(), names.end(),
                           [&name](const std::string& one) { return without_spaces(one) == without_spaces(name); });
    });
}

// What Japanese and Chinese titles stand in.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> title_quotes{
    {{"\u300C", "\u300D"}, {"\u300E", "\u300F"}}};

bool names_a_recording(std::string_view bracket) {
    const TitleParts parts = parse_title("x (" + std::string(bracket) + ")");
    return std::any_of(parts.versions.begin(), parts.versions.end(),
                       [](const VersionToken& v) { return changes_recording(v.kind); });
}

}  // namespace

std::string_view given_title(std::string_view title, std::string& room) {
    if (!text::is_ascii(title)) title = room = with_plain_dashes(with_plain_start(title));
    const std::string_view name = without_track_number(without_file_ending(title));
    return is_placeholder(name) ? std::string_view() : name;
}

std::string_view given_album(std::string_view album) noexcept {
    constexpr std::string_view mark = " (unknown)";
    if (album.ends_with(mark)) album.remove_suffix(mark.size());
    const bool only_a_year = std::none_of(album.begin(), album.end(),
                                          [](char c) {
                                              return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
                                                     (c >= 'A' && c <= 'Z');
                                          }) &&
                             album.starts_with('(');
    return only_a_year ? std::string_view{} : album;
}

std::span<const std::string_view> placeholders() noexcept { return no_titles; }

std::string_view without_own_artist(std::string_view title, const std::vector<std::string>& names, std::string& room) {
    if (names.empty()) return title;
    if (const std::size_t dash = title.find(" - "); dash != std::string_view::npos) {
        const std::string_view rest = trim(title.substr(dash + 3));
        if (!rest.empty() && is_credit(title.substr(0, dash), names)) return rest;
    }
    if (text::is_ascii(title)) return title;
    for (const auto& [open, close] : title_quotes) {
        const std::size_t begin = title.find(open);
        const std::size_t end = title.find(close, begin);
        if (end == std::string_view::npos || begin == 0 || !is_credit(title.substr(0, begin), names)) continue;
        const std::size_t name = begin + open.size();
        return room = std::string(title.substr(name, end - name)) + ' ' + std::string(title.substr(end + close.size()));
    }
    return title;
}

std::string_view without_own_album(std::string_view title, const std::string& album) {
    if (album.empty() || title.empty() || title.size() > longest_split || title.back() != ')') return title;
    std::string_view best = title;
    double closest = 0.85;
    for (std::size_t open = title.find(" ("); open != std::string_view::npos; open = title.find(" (", open + 1)) {
        const std::string_view rest = trim(title.substr(0, open));
        const std::string_view bracket = title.substr(open + 2, title.size() - open - 3);
        const double likeness = ratio(normalize(bracket), album);
        if (rest.empty() || likeness < closest || normalize(rest) == album || names_a_recording(bracket)) continue;
        best = rest;
        closest = likeness;
    }
    return best;
}

}  // namespace musicsync
