// One spelling for the ways in which people write one sound of another script in Latin letters.
#include <algorithm>
#include <array>
#include <string_view>

#include "musicsync/normalize.hpp"

namespace musicsync {
namespace {

struct Spelling {
    std::string_view written;
    std::string_view key;
};

// The first that fits is taken: longer ones stand before what they begin with.
constexpr auto spellings = std::to_array<Spelling>({
    {"shch", "s"}, {"sch", "s"}, {"sh", "s"}, {"tsch", "c"}, {"tch", "c"}, {"ts", "c"}, {"tz", "c"},
    {"ch", "c"},   {"ck", "k"},  {"c", "k"},  {"kh", "h"},   {"gh", "g"},  {"zh", "z"}, {"ph", "f"},
    {"th", "t"},   {"dh", "d"},  {"bh", "b"}, {"q", "k"},    {"x", "ks"},  {"w", "v"},  {"yy", "i"},
    {"iy", "i"},   {"ii", "i"},  {"ee", "i"}, {"y", "i"},    {"ou", "o"},  {"oo", "o"}, {"oe", "o"},
    {"eo", "o"},   {"uu", "u"},  {"ue", "u"}, {"eu", "u"},   {"aa", "a"},  {"ae", "a"},
});

const Spelling* spelling_at(std::string_view text) noexcept {
    const auto* found =
        std::ranges::find_if(spellings, [text](const Spelling& one) { return text.starts_with(one.written); });
    return found == spellings.end() ? nullptr : found;
}

void append_once(std::string& out, std::string_view key) {
    for (char c : key) {
        const bool repeated = !out.empty() && out.back() == c && c >= 'a' && c <= 'z';
        if (!repeated) out += c;
    }
}

}  // namespace

std::string latin_key(std::string_view normalized) {
    std::string out;
    out.reserve(normalized.size());
    while (!normalized.empty()) {
        const Spelling* known = spelling_at(normalized);
        append_once(out, known != nullptr ? known->key : normalized.substr(0, 1));
        normalized.remove_prefix(known != nullptr ? known->written.size() : 1);
    }
    return out;
}

}  // namespace musicsync
