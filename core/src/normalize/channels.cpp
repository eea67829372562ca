#include "channels.hpp"

#include <cstddef>
#include <initializer_list>

#include "vocabulary.hpp"

namespace musicsync::text {
namespace {

bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }

std::string_view without_spaces_after(std::string_view text) noexcept {
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

bool ends_in_any(std::string_view& text, std::initializer_list<std::string_view> endings) noexcept {
    for (const std::string_view ending : endings) {
        if (text.size() <= ending.size() || !text.ends_with(ending)) continue;
        text.remove_suffix(ending.size());
        text = without_spaces_after(text);
        return true;
    }
    return false;
}

// "JustinBieber" is two words; "ABBA", "will.i.am" and "Justin Bieber" are left alone.
std::string split_at_capitals(std::string_view text) {
    if (text.find(' ') != std::string_view::npos) return std::string(text);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && is_upper(text[i]) && is_lower(text[i - 1])) out += ' ';
        out += text[i];
    }
    return out;
}

std::size_t length_without_suffix(std::string_view name) {
    const Vocabulary& words = vocabulary();
    if (!has(words.entry(name.substr(name.rfind(' ') + 1)).ends, Role::channel_suffix)) return name.size();
    for (const std::string_view suffix : words.list(Role::channel_suffix)) {
        if (name.size() <= suffix.size() + 1 || !name.ends_with(suffix)) continue;
        const std::size_t left = name.size() - suffix.size() - 1;
        if (name[left] == ' ' && !words.lists(Role::article, name.substr(0, left))) return left;
    }
    return name.size();
}

}  // namespace

std::string without_channel(std::string_view credit) {
    std::string_view rest = without_spaces_after(credit);
    if (ends_in_any(rest, {" - Topic", " - topic", " – Topic"})) return std::string(rest);
    if (ends_in_any(rest, {"VEVO", "Vevo"})) return split_at_capitals(rest);
    constexpr std::string_view glued = "Official";
    const bool one_word = rest.find(' ') == std::string_view::npos;
    if (one_word && rest.size() > glued.size() + 1) {
        if (rest.starts_with(glued) && is_upper(rest[glued.size()]))
            return split_at_capitals(rest.substr(glued.size()));
        const char before = rest[rest.size() - glued.size() - 1];
        if (rest.ends_with(glued) && is_lower(before))
            return split_at_capitals(rest.substr(0, rest.size() - glued.size()));
    }
    return std::string(credit);
}

void cut_channel_suffix(std::string& name) {
    for (std::size_t left = length_without_suffix(name); left < name.size(); left = length_without_suffix(name))
        name.resize(left);
}

}  // namespace musicsync::text
