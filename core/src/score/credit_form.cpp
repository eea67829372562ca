#include "score/credit_form.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "musicsync/normalize.hpp"
#include "normalize/ascii.hpp"
#include "similarity/room.hpp"

namespace musicsync {
namespace {

// "YooA (OH MY GIRL)": the name, and what stands in brackets behind it as another.
std::vector<std::string> credit_and_alias(const std::string& artist) {
    const std::size_t open = artist.find('(');
    const std::size_t close = artist.rfind(')');
    if (open == std::string::npos || open == 0 || close == std::string::npos || close < open)
        return parse_artists(artist);
    std::vector<std::string> names = parse_artists(artist.substr(0, open) + artist.substr(close + 1));
    if (names.empty()) return parse_artists(artist);
    for (std::string& alias : parse_artists(artist.substr(open + 1, close - open - 1))) {
        if (!alias.empty()) names.push_back(std::move(alias));
    }
    return names;
}

bool is_particle(std::u32string_view word) noexcept { return word == U"the" || word == U"and"; }

TextForm without_particles(const TextForm& line, std::pmr::memory_resource* memory) {
    std::size_t size = 0;
    for (const Word& word : line.words) size += is_particle(word.in(line.text)) ? 0 : word.length + 1U;
    if (size == (line.empty() ? 0 : line.text.size() + 1)) return line;
    char32_t* const out = room_for<char32_t>(size, memory).data();
    char32_t* end = out;
    for (const Word& word : line.words) {
        const std::u32string_view text = word.in(line.text);
        if (is_particle(text)) continue;
        end = std::copy(text.begin(), text.end(), end);
        *end++ = U' ';
    }
    return {std::u32string_view(out, size == 0 ? 0 : size - 1), memory};
}

// Where the names stand in the line that is joined of them.
template <class Sizes>
std::span<const std::u32string_view> views_of(const Sizes& sizes, std::u32string_view line,
                                              std::pmr::memory_resource* memory) {
    const std::span<std::u32string_view> out = room_for<std::u32string_view>(sizes.size(), memory);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        out[i] = line.substr(0, sizes[i]);
        line.remove_prefix(std::min(line.size(), out[i].size() + 1));
    }
    return out;
}

std::size_t symbols_in(std::string_view name) noexcept {
    return static_cast<std::size_t>(std::count_if(name.begin(), name.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

const std::string_view* short_word(std::string_view word) noexcept {
    constexpr std::string_view first_letters = "bdjmops";
    if (first_letters.find(word.substr(0, 1)) == std::string_view::npos) return nullptr;
    const auto* const found =
        std::find_if(short_words.begin(), short_words.end(), [word](const auto& one) { return one.first == word; });
    return found == short_words.end() ? nullptr : &found->second;
}

void shorten_words(std::string& name) {
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t end = std::min(name.find(' ', at), name.size());
        std::size_t length = end - at;
        if (const std::string_view* const word = short_word(std::string_view(name).substr(at, length))) {
            name.replace(at, length, *word);
            length = word->size();
        }
        at += length + 1;
    }
}

}  // namespace

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string out;
    std::size_t size = 0;
    for (const std::string& part : parts) size += part.size() + separator.size();
    out.reserve(size);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) out += separator;
        out += parts[i];
    }
    return out;
}

TextForm romanized_form(const std::string& normal, Script script, std::string_view reading,
                        std::pmr::memory_resource* memory) {
    if (text::is_ascii(normal)) return {};
    if (script == Script::latin) reading = {};  // of a mostly Latin text it would cover what differs
    const std::string latin = reading.empty() ? romanize(normal) : normalize(reading);
    return latin == normal ? TextForm() : TextForm(to_code_points(latin, memory), memory);
}

std::vector<std::string> credited_names(const std::vector<std::string>& artists) {
    std::vector<std::string> names;
    for (const std::string& artist : artists) {
        std::vector<std::string> found = credit_and_alias(artist);
        if (names.empty() && found.size() == 1) {  // as of most tracks
            names = std::move(found);
            continue;
        }
        for (std::string& name : found) {
            if (names.size() == most_names) return names;
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
        }
    }
    return names;
}

bool has_short_word(std::string_view name) noexcept {
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t end = std::min(name.find(' ', at), name.size());
        if (short_word(name.substr(at, end - at)) != nullptr) return true;
        at = end + 1;
    }
    return false;
}

std::size_t prepare_names(std::vector<std::string>& names, const std::vector<std::string>& featured) {
    const std::size_t credited = names.size();
    for (const std::string& name : featured) {
        if (names.size() == most_names) break;
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    const std::size_t guests = names.size() - credited;
    std::for_each(names.begin(), names.end(), shorten_words);
    std::erase_if(names, [](const std::string& name) { return is_unknown_artist(name); });
    return std::min(guests, names.size());
}

CreditForm make_credits(std::vector<std::string> names, const std::vector<std::string>& featured,
                        std::string_view reading, std::pmr::memory_resource* memory, FoundWords& line_words) {
    CreditForm form;
    form.guests = prepare_names(names, featured);
    const std::string several = names.size() == 1 ? std::string() : join(names, " ");
    const std::string& line = names.size() == 1 ? names.front() : several;
    const std::u32string_view symbols = to_code_points(line, memory);
    std::vector<std::size_t> sizes(names.size());
    std::transform(names.begin(), names.end(), sizes.begin(), symbols_in);
    form.names = views_of(sizes, symbols, memory);
    form.line = TextForm(symbols, memory, line_words);
    form.telling = without_particles(form.line, memory);
    form.script = script_of(line);
    form.romanized_line = romanized_form(line, form.script, reading, memory);
    return form;
}

CreditForm plain_credits(std::u32string_view line, std::span<const std::uint8_t> name_sizes, Script script,
                         std::pmr::memory_resource* memory, FoundWords& line_words) {
    CreditForm form;
    form.names = views_of(name_sizes, line, memory);
    form.line = TextForm(line, memory, line_words);
    form.telling = without_particles(form.line, memory);
    form.script = script;
    return form;
}

}  // namespace musicsync
