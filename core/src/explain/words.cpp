#include "explain/words.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

constexpr std::size_t longest_quote = 60;  // symbols

char lower_ascii(char letter) noexcept {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

std::string_view kind_in_words(VersionKind kind) noexcept {
    switch (kind) {
        case VersionKind::a_cappella: return "a cappella";
        case VersionKind::sped_up: return "sped up";
        case VersionKind::radio_edit: return "radio edit";
        case VersionKind::rerecorded: return "re-recorded";
        case VersionKind::language: return "in another language";
        case VersionKind::album_version: return "album version";
        case VersionKind::single_version: return "single version";
        default: return name(kind);
    }
}

}  // namespace

std::string quoted(std::string_view text) {
    if (text.size() <= longest_quote) return "‘" + std::string(text) + "’";
    const std::u32string symbols = to_code_points(text.substr(0, 4 * (longest_quote + 1)));
    if (symbols.size() <= longest_quote) return "‘" + std::string(text) + "’";
    return "‘" + to_utf8(std::u32string_view(symbols).substr(0, longest_quote - 1)) + "…’";
}

std::string listed(const std::vector<std::string>& items, std::size_t most) {
    const std::size_t count = std::min(items.size(), most);
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) out += i + 1 == count ? " and " : ", ";
        out += items[i];
    }
    return out;
}

std::string as_written(std::string_view normalized, std::string_view original) {
    const auto found = std::search(original.begin(), original.end(), normalized.begin(), normalized.end(),
                                   [](char theirs, char ours) { return lower_ascii(theirs) == ours; });
    if (found == original.end()) return std::string(normalized);
    return {found, found + static_cast<std::ptrdiff_t>(normalized.size())};
}

std::string in_words(const VersionToken& token, const Track& track) {
    std::string inside = token.detail.empty() ? "" : as_written(token.detail, track.title());
    if (token.year) inside += (inside.empty() ? "" : ", ") + std::to_string(*token.year);
    return std::string(kind_in_words(token.kind)) + (inside.empty() ? "" : " (" + inside + ")");
}

std::string in_words(const std::vector<VersionToken>& tokens, const Track& track) {
    std::vector<std::string> items;
    items.reserve(tokens.size());
    for (const VersionToken& token : tokens) items.push_back(quoted(in_words(token, track)));
    return listed(items, 3);
}

std::string_view in_words(Script script) noexcept {
    switch (script) {
        case Script::none: return "no letters";
        case Script::latin: return "Latin";
        case Script::cyrillic: return "Cyrillic";
        case Script::greek: return "Greek";
        case Script::hangul: return "Korean";
        case Script::kana: return "Japanese";
        case Script::han: return "Chinese characters";
        case Script::arabic: return "Arabic";
        case Script::hebrew: return "Hebrew";
        case Script::thai: return "Thai";
        case Script::devanagari: return "Devanagari";
        case Script::other: return "another script";
    }
    return "another script";
}

std::string percent(double probability) {
    if (probability > 0.99) return "over 99 %";
    if (probability < 0.01) return "under 1 %";
    return std::to_string(std::lround(probability * 100.0)) + " %";
}

std::string two_digits(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.2f", value);
    return buffer;
}

std::string lengths_apart(double seconds) {
    if (seconds <= 0.0) return "the lengths are equal";
    if (seconds < 1.0) return "the lengths are less than 1 s apart";
    const long whole = std::lround(seconds);
    const long minutes = whole / 60;
    std::string out = minutes > 0 ? std::to_string(minutes) + " min" : "";
    if (whole % 60 > 0) out += (out.empty() ? "" : " ") + std::to_string(whole % 60) + " s";
    return "the lengths are " + out + " apart";
}

}  // namespace musicsync
