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
const std::u32string no_text(longest_signed + 1, U'\0');  // it has no signature, and is alike to nothing

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
          line(names_of_credit(rows.credits[rows.groups.credits[group]])),
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
            out.append(to_code_points(word));
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

Bag StandardRows::joined_bag(std::size_t row, std::size_t group) const {
    return Bag(to_code_points(RowTexts(rows, row, group).joined()));
}

RowsByHash::RowsByHash(std::vector<Entry> given) {
    std::sort(given.begin(), given.end());
    entries = Column(std::move(given));
}

StandardTexts::StandardTexts(const Track& track) {
    if (!is_readable(track)) return;
    const Outline& outline = track.outline();
    letters = outline.letters;
    whole = outline.whole;
    work = outline.has(Outline::work);
    not_latin = outline.title_script != Script::none && outline.title_script != Script::latin;
    if (outline.has(Outline::as_it_stands)) {  // all it has are these texts
        rows.push_back({std::string(outline.text_of(Outline::title)), credit_of(outline)});
        album = outline.text_of(Outline::album);
        return;
    }
    const NormalForm& form = track.normal();
    album = to_utf8(form.album.text);
    everything = form.everything;
    Memory memory;
    for (const Reading& reading : readings_of(form, memory)) {
        rows.push_back({to_utf8(reading.title), credit_text(form.credits, reading.kind)});
        if (!reading.name.empty()) rows.push_back({to_utf8(reading.title), credit_text(reading.name, reading.kind)});
    }
}

void StandardRowsBuilder::add(std::uint32_t track, const StandardTexts& texts) {
    if (texts.rows.empty()) return rows_.leave_out(track);
    for (const StandardTexts::Row& row : texts.rows) {
        (void)rows_.add(track, row.title, row.credit, texts.album);  // they are short
        const bool first = &row == texts.rows.data();
        const std::uint32_t everything = !first              ? of_reading
                                         : !texts.everything ? of_fields
                                                             : everything_.add(to_utf8(*texts.everything));
        added_.push_back({texts.letters, texts.whole, everything, texts.work, texts.not_latin});
    }
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
    std::tie(out.joined_levels, out.joined) = signatures_of(rows, [&](std::size_t row, std::size_t group) {
        return added_[order[row]].everything == of_reading ? no_text
                                                           : to_code_points(RowTexts(rows, row, group).joined());
    });
    std::tie(out.everything_levels, out.everything) = signatures_of(rows, [&](std::size_t row, std::size_t group) {
        const std::uint32_t own = added_[order[row]].everything;
        if (own == of_reading) return no_text;
        return own == of_fields ? RowTexts(rows, row, group).everything() : to_code_points(everything_[own]);
    });
    out.words = TitleWords(rows);
    std::vector<RowsByHash::Entry> letters;
    std::vector<RowsByHash::Entry> wholes;
    std::vector<std::uint32_t> works;
    std::vector<std::uint32_t> not_latin;
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        const Added& added = added_[order[row]];
        if (added.everything == of_reading) continue;
        letters.push_back({added.letters, row});
        wholes.push_back({added.whole, row});
        if (added.work) works.push_back(row);
        if (added.not_latin) not_latin.push_back(row);
    }
    out.by_letters = RowsByHash(std::move(letters));
    out.by_whole = RowsByHash(std::move(wholes));
    out.works = Column(std::move(works));
    out.not_latin = Column(std::move(not_latin));
    return out;
}

}  // namespace musicsync::catalog
