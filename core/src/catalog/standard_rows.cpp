#include "catalog/standard_rows.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "score/normal_form.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

// Names, each behind a line feed but the first.
std::string credit_of(const Outline& outline) {
    std::string out(outline.text_of(Outline::line));
    outline.for_each_name([&out](std::size_t begin, std::size_t) {
        if (begin > 0) out[begin - 1] = '\n';
    });
    return out;
}

// Title and names in one text; of a title alone the title.
std::string joined_text(const Outline& outline) {
    std::string out(outline.text_of(Outline::title));
    if (outline.sizes[Outline::line] > 0) out.append(" ").append(outline.text_of(Outline::line));
    return out;
}

// The words of all fields, each once: of a track that was read the short way they are those of its texts.
std::u32string everything_text(const Track& track) {
    const Outline& outline = track.outline();
    if (!outline.has(Outline::as_it_stands)) return std::u32string(track.normal().everything);
    std::vector<std::string_view> words;
    for (const Outline::Text text : {Outline::title, Outline::line, Outline::album})
        for_each_word(outline.text_of(text), [&words](std::string_view word) { words.push_back(word); });
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::u32string out;
    for (const std::string_view word : words) {
        if (!out.empty()) out.push_back(U' ');
        out.append(word.begin(), word.end());
    }
    return out;
}

Rows plain_rows(std::span<const Track> tracks) {
    const auto text = [tracks](Outline::Text which) {
        return [tracks, which](std::size_t i) { return std::string(tracks[i].outline().text_of(which)); };
    };
    return Rows({tracks.size(), [tracks](std::size_t i) { return is_plain_row(tracks[i]); }, text(Outline::title),
                 [tracks](std::size_t i) { return credit_of(tracks[i].outline()); }, text(Outline::album)});
}

}  // namespace

void RowsByHash::sort() { std::sort(entries_.begin(), entries_.end()); }

bool is_plain_row(const Track& track) {
    constexpr std::uint32_t other_ways =
        Outline::names_in_scripts | Outline::romanized_title | Outline::sections | Outline::pieces | Outline::wildcards;
    const Outline& outline = track.outline();
    const std::size_t symbols = std::size_t{outline.sizes[Outline::title]} + outline.sizes[Outline::line] +
                                outline.sizes[Outline::album] + 2;  // as one text
    return !outline.has(other_ways) && outline.sizes[Outline::title] != 0 && outline.is_short(Outline::title) &&
           outline.is_short(Outline::line) && outline.is_short(Outline::album) && symbols <= longest_signed &&
           (outline.has(Outline::as_it_stands) || track.normal().everything.size() <= longest_signed);
}

StandardRows::StandardRows(std::span<const Track> tracks)
    : rows(plain_rows(tracks)), credits(rows.credits), words(rows) {
    TextsBuilder sorted;
    for (std::uint32_t title = 0; title < rows.titles.size(); ++title)
        by_word_of.push_back(sorted.add(by_word(rows.titles[title])));
    titles_by_word = std::move(sorted).build();
    add_signatures(tracks);
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        const Outline& outline = tracks[rows.tracks[row]].outline();
        by_letters.add(outline.letters, row);
        by_whole.add(outline.whole, row);
        if (outline.has(Outline::work)) works.push_back(row);
    }
    by_letters.sort();
    by_whole.sort();
}

void StandardRows::add_signatures(std::span<const Track> tracks) {
    constexpr std::size_t sampled = 50'000;
    for (std::size_t row = 0; row < rows.size(); row += rows.size() / sampled + 1) {
        const Track& track = tracks[rows.tracks[row]];
        joined_levels.count(std::string_view(joined_text(track.outline())));
        everything_levels.count(std::u32string_view(everything_text(track)));
    }
    joined_levels.choose();
    everything_levels.choose();
    for (const std::uint32_t track : rows.tracks) {
        joined.push_back(joined_levels.of(std::string_view(joined_text(tracks[track].outline()))));
        everything.push_back(everything_levels.of(std::u32string_view(everything_text(tracks[track]))));
    }
}

}  // namespace musicsync::catalog
