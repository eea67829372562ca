#include "catalog/readings.hpp"

#include <algorithm>
#include <cstddef>

#include "catalog/signature.hpp"
#include "score/outline.hpp"
#include "similarity/room.hpp"

namespace musicsync::catalog {
namespace {

constexpr std::size_t most_segments = 5;

// The segments from `begin` to before `end` as one text.
std::u32string_view joined(const std::vector<std::u32string_view>& segments, std::size_t begin, std::size_t end,
                           Memory& memory) {
    std::u32string text(segments[begin]);
    for (std::size_t i = begin + 1; i < end; ++i) text.append(U" ").append(segments[i]);
    const auto kept = room_for<char32_t>(text.size(), &memory);
    std::copy(text.begin(), text.end(), kept.begin());
    return {kept.data(), kept.size()};
}

}  // namespace

bool is_readable(const Track& track) {
    const Outline& outline = track.outline();
    const std::size_t symbols = std::size_t{outline.sizes[Outline::title]} + outline.sizes[Outline::line] +
                                outline.sizes[Outline::album] + 2;  // as one text
    if (outline.has(Outline::wildcards) || outline.sizes[Outline::title] == 0 || symbols > longest_signed) return false;
    if (outline.has(Outline::as_it_stands)) return true;
    const NormalForm& form = track.normal();
    return form.everything.size() <= longest_signed && form.romanized_title.text.size() <= longest_signed &&
           form.credits.romanized_line.text.size() <= longest_signed && form.segments.size() <= most_segments;
}

// Of its segments the first may be a name, and the last ones the album.
std::vector<Reading> readings_of(const NormalForm& form, Memory& memory) {
    std::vector<Reading> out{{Reading::whole, form.title.text}};
    if (!form.romanized_title.empty()) out.push_back({Reading::spelling, form.romanized_title.text});
    for (const TextForm& name : form.names_in_scripts) out.push_back({Reading::spelling, name.text});
    const std::size_t segments = form.segments.size();
    for (std::size_t begin = 0; begin < std::min<std::size_t>(segments, 2); ++begin) {
        for (std::size_t end = begin + 1; end <= segments; ++end) {
            if (begin == 0 && end == segments) continue;
            out.push_back({Reading::part, joined(form.segments, begin, end, memory),
                           begin == 0 ? std::u32string_view() : form.segments.front()});
        }
    }
    for (const std::u32string_view piece : form.pieces) {
        const auto same = [piece](const Reading& other) { return other.kind == Reading::part && other.title == piece; };
        if (std::none_of(out.begin(), out.end(), same)) out.push_back({Reading::part, piece});
    }
    return out;
}

}  // namespace musicsync::catalog
