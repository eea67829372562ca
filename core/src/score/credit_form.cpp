#include "score/credit_form.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "musicsync/normalize.hpp"

namespace musicsync {
namespace {

constexpr std::size_t most_names = 64;

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

std::u32string without_particles(std::u32string_view line) {
    std::u32string out;
    for (const std::u32string_view word : words_of(line)) {
        if (word == U"the" || word == U"and") continue;
        if (!out.empty()) out.push_back(U' ');
        out.append(word);
    }
    return out;
}

// Words of names that are written out or not: "Alice Deejay", "Alice DJ"; "The Isley Brothers", "Isley Bros."
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> short_words{{{"brothers", "bros"},
                                                                                     {"deejay", "dj"},
                                                                                     {"doctor", "dr"},
                                                                                     {"junior", "jr"},
                                                                                     {"mister", "mr"},
                                                                                     {"mount", "mt"},
                                                                                     {"orchestra", "orch"},
                                                                                     {"professor", "prof"},
                                                                                     {"saint", "st"},
                                                                                     {"senior", "sr"}}};

std::string with_short_words(const std::string& name) {
    std::string out;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find(' ', at), name.size());
        std::string_view word = std::string_view(name).substr(at, end - at);
        const auto* const found =
            std::find_if(short_words.begin(), short_words.end(), [word](const auto& one) { return one.first == word; });
        if (found != short_words.end()) word = found->second;
        if (at > 0) out += ' ';
        out += word;
        at = end + 1;
    }
    return out;
}

}  // namespace

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) out += separator;
        out += parts[i];
    }
    return out;
}

TextForm romanized_form(const std::string& normal, Script script, std::string_view reading) {
    const bool ascii = std::all_of(normal.begin(), normal.end(), [](unsigned char c) { return c < 0x80; });
    if (ascii) return {};
    if (script == Script::latin) reading = {};  // of a mostly Latin text it would cover what differs
    const std::string latin = reading.empty() ? romanize(normal) : normalize(reading);
    return latin == normal ? TextForm() : TextForm(latin);
}

std::vector<std::string> credited_names(const Track::Fields& fields) {
    std::vector<std::string> names;
    for (const std::string& artist : fields.artists) {
        for (std::string& name : credit_and_alias(artist)) {
            if (names.size() == most_names) return names;
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
        }
    }
    return names;
}

CreditForm make_credits(std::vector<std::string> names, const std::vector<std::string>& featured,
                        std::string_view reading) {
    const std::size_t credited = names.size();
    for (const std::string& name : featured) {
        if (names.size() == most_names) break;
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    CreditForm form;
    form.guests = names.size() - credited;
    std::transform(names.begin(), names.end(), names.begin(), with_short_words);
    std::erase_if(names, [](const std::string& name) { return is_unknown_artist(name); });
    form.guests = std::min(form.guests, names.size());
    const std::string line = join(names, " ");
    for (const std::string& name : names) form.names.push_back(to_code_points(name));
    form.line = TextForm(line);
    form.telling = TextForm(without_particles(form.line.text));
    form.script = script_of(line);
    form.romanized_line = romanized_form(line, form.script, reading);
    return form;
}

}  // namespace musicsync
