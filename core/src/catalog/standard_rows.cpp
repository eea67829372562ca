#include "catalog/standard_rows.hpp"

#include <string_view>
#include <tuple>
#include <utility>

#include "parallel/for_blocks.hpp"
#include "score/normal_form.hpp"
#include "score/outline.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

constexpr std::size_t rows_per_task = 4096;

// Names, each behind a line feed but the first.
std::string credit_of(const Outline& outline) {
    std::string out(outline.text_of(Outline::line));
    outline.for_each_name([&out](std::size_t begin, std::size_t) {
        if (begin > 0) out[begin - 1] = '\n';
    });
    return out;
}

// Of a row's texts, whose names stand in one line.
struct RowTexts {
    std::string_view title;
    std::string line;
    std::string_view album;

    RowTexts(const Rows& rows, std::size_t row, std::size_t group)
        : title(rows.titles[rows.title_of[row]]),
          line(rows.credits[rows.groups.credits[group]]),
          album(rows.albums[rows.groups.albums[group]]) {
        std::replace(line.begin(), line.end(), '\n', ' ');
    }
    // Title and names in one text; of a title alone the title.
    [[nodiscard]] std::string joined() const {
        std::string out(title);
        if (!line.empty()) out.append(" ").append(line);
        return out;
    }
    // The words of all fields, each once.
    [[nodiscard]] std::u32string everything() const {
        std::vector<std::string_view> words;
        for (const std::string_view text : {title, std::string_view(line), album})
            for_each_word(text, [&words](std::string_view word) { words.push_back(word); });
        std::sort(words.begin(), words.end());
        words.erase(std::unique(words.begin(), words.end()), words.end());
        std::u32string out;
        for (const std::string_view word : words) {
            if (!out.empty()) out.push_back(U' ');
            out.append(word.begin(), word.end());
        }
        return out;
    }
};

template <class Char>
std::basic_string_view<Char> view_of(const std::basic_string<Char>& text) noexcept {
    return text;
}

// The signatures of a text of each row, and the levels they have bits for.
template <class TextOf>
std::pair<SymbolLevels, SignatureColumns> signatures_of(const Rows& rows, TextOf text_of) {
    LevelCounter counter;
    for (std::size_t row = 0; row < rows.size(); row += rows.size() / LevelCounter::enough + 1) {
        counter.count(view_of(text_of(row, rows.groups.of(row))));
    }
    SymbolLevels levels = counter.chosen();
    std::vector<Signature> signatures(rows.size());
    parallel::for_blocks(rows.size(), rows_per_task, [&](std::size_t begin, std::size_t end) {
        std::size_t group = rows.groups.of(begin);
        for (std::size_t row = begin; row < end; ++row) {
            while (rows.groups.begins[group + 1] <= row) ++group;
            signatures[row] = levels.of(view_of(text_of(row, group)));
        }
    });
    return {std::move(levels), SignatureColumns(signatures)};
}

}  // namespace

Bag StandardRows::joined_bag(std::size_t row, std::size_t group) const noexcept {
    Bag out;
    out.add(rows.titles[rows.title_of[row]]);
    for_each_part(rows.credits[rows.groups.credits[group]], '\n', [&out](std::string_view name) {
        out.add(std::string_view(" "));
        out.add(name);
    });
    return out;
}

RowsByHash::RowsByHash(std::vector<Entry> given) {
    std::sort(given.begin(), given.end());
    entries = Column(std::move(given));
}

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

StandardTexts::StandardTexts(const Track& track) : plain(is_plain_row(track)) {
    if (!plain) return;
    const Outline& outline = track.outline();
    title = outline.text_of(Outline::title);
    credit = credit_of(outline);
    album = outline.text_of(Outline::album);
    // Of a track that was read the short way they are those of its texts.
    if (!outline.has(Outline::as_it_stands)) everything = track.normal().everything;
    letters = outline.letters;
    whole = outline.whole;
    work = outline.has(Outline::work);
}

void StandardRowsBuilder::add(std::uint32_t track, const StandardTexts& texts) {
    if (!texts.plain) return rows_.leave_out(track);
    (void)rows_.add(track, texts.title, texts.credit, texts.album);  // plain texts are short
    added_.push_back({texts.letters, texts.whole,
                      texts.everything ? everything_.add(to_utf8(*texts.everything)) : of_fields, texts.work});
}

StandardRows StandardRowsBuilder::build() && {
    std::vector<std::uint32_t> order;
    StandardRows out;
    out.rows = std::move(rows_).build(&order);
    const Rows& rows = out.rows;
    out.credits = Credits(rows.credits);
    TextsBuilder sorted;
    std::vector<std::uint32_t> by_words;
    for (std::size_t title = 0; title < rows.titles.size(); ++title)
        by_words.push_back(sorted.add(by_word(rows.titles[title])));
    out.titles_by_word = std::move(sorted).signed_texts();
    out.by_word_of = Column(std::move(by_words));
    std::tie(out.joined_levels, out.joined) =
        signatures_of(rows, [&](std::size_t row, std::size_t group) { return RowTexts(rows, row, group).joined(); });
    std::tie(out.everything_levels, out.everything) = signatures_of(rows, [&](std::size_t row, std::size_t group) {
        const std::uint32_t own = added_[order[row]].everything;
        return own == of_fields ? RowTexts(rows, row, group).everything() : to_code_points(everything_[own]);
    });
    out.words = TitleWords(rows);
    std::vector<RowsByHash::Entry> letters;
    std::vector<RowsByHash::Entry> wholes;
    std::vector<std::uint32_t> works;
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        const Added& added = added_[order[row]];
        letters.push_back({added.letters, row});
        wholes.push_back({added.whole, row});
        if (added.work) works.push_back(row);
    }
    out.by_letters = RowsByHash(std::move(letters));
    out.by_whole = RowsByHash(std::move(wholes));
    out.works = Column(std::move(works));
    return out;
}

}  // namespace musicsync::catalog
