#include "catalog/standard_rows_builder.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "catalog/credits.hpp"
#include "catalog/forms.hpp"
#include "catalog/standard_texts.hpp"
#include "parallel/for_blocks.hpp"
#include "score/normal_form.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

constexpr std::size_t tracks_at_once = 65536;  // whose texts are held
constexpr std::size_t tracks_per_task = 256;
constexpr std::size_t rows_per_task = 4096;
const std::string no_text(longest_signed + 1, '\x01');  // it has no signature, and is alike to nothing

// Appends title and names of a row as one text; of a title alone the title.
void append_joined(const Rows& rows, std::size_t row, std::size_t group, std::string& out) {
    out.append(rows.titles[rows.title_of[row]]);
    const std::string_view names = names_of_credit(rows.credits[rows.groups.credits[group]]);
    if (names.empty()) return;
    out.append(" ").append(names);
    std::replace(out.end() - static_cast<std::ptrdiff_t>(names.size()), out.end(), '\n', ' ');
}

// Words that were written one behind the other, apart by spaces, each once.
class WrittenWords {
  public:
    explicit WrittenWords(char* out) noexcept : begin_(out), end_(out) {}

    void add(std::string_view text) noexcept {
        char* out = end_;  // where a word of the text goes
        for (const char c : text) {
            const bool ends = c == ' ' || c == '\n';
            if (ends) out = end_word(out);
            *out = c;
            out += ends ? 0 : 1;
        }
        end_word(out);
    }
    [[nodiscard]] std::size_t size() const noexcept {
        return end_ == begin_ ? 0 : static_cast<std::size_t>(end_ - begin_) - 1;
    }

  private:
    struct Place {
        std::uint16_t begin;
        std::uint16_t size;
    };

    // The word that ends there is kept if it is new; where the next one goes.
    char* end_word(char* end) noexcept {
        if (end == end_) return end;
        const std::string_view word(end_, static_cast<std::size_t>(end - end_));
        const auto first = static_cast<unsigned char>(word.front());
        const auto last = static_cast<unsigned char>(word.back());
        const std::uint64_t bit = std::uint64_t{1} << ((first * 5U + last * 11U + word.size()) % 64U);
        if ((seen_ & bit) != 0 && is_known(word)) return end_;
        seen_ |= bit;
        if (static_cast<std::size_t>(count_) <
            words_.size())  // of more words some may be written twice: more to have in common
            words_[static_cast<std::size_t>(count_++)] = {static_cast<std::uint16_t>(end_ - begin_),
                                                          static_cast<std::uint16_t>(word.size())};
        *end = ' ';
        return end_ = end + 1;
    }
    [[nodiscard]] bool is_known(std::string_view word) const noexcept {
        return std::any_of(words_.begin(), words_.begin() + count_, [&](Place one) {
            return one.size == word.size() && std::memcmp(begin_ + one.begin, word.data(), one.size) == 0;
        });
    }

    char* begin_;
    char* end_;               // of the words that are kept
    std::uint64_t seen_ = 0;  // a bit for each of them
    std::ptrdiff_t count_ = 0;
    std::array<Place, longest_signed / 2> words_;
};

// Appends the words of all texts, each once.
void append_words(std::initializer_list<std::string_view> texts, std::string& out) {
    const std::size_t before = out.size();
    std::size_t most = 0;
    for (const std::string_view text : texts) most += text.size() + 1;
    out.resize(before + most);
    WrittenWords words(out.data() + before);
    for (const std::string_view text : texts) words.add(text);
    out.resize(before + words.size());
}

// The signatures of a text of each row, which text_of(row, group, room) puts into an empty room, and the levels they
// have bits for.
template <class TextOf>
std::pair<SymbolLevels, SignatureColumns> signatures_of(const Rows& rows, TextOf text_of) {
    LevelCounter counter;
    std::string room;
    for (std::size_t row = 0; row < rows.size(); row += rows.size() / LevelCounter::enough + 1) {
        room.clear();
        text_of(row, rows.groups.of(row), room);
        if (room != no_text) with_symbols(room, [&counter](auto symbols) { counter.count(symbols); });
    }
    SymbolLevels levels = counter.chosen();
    std::vector<Signature> signatures(rows.size());
    parallel::for_blocks(rows.size(), rows_per_task, [&](std::size_t begin, std::size_t end) {
        std::string text;
        std::size_t group = rows.groups.of(begin);
        for (std::size_t row = begin; row < end; ++row) {
            while (rows.groups.begins[group + 1] <= row) ++group;
            text.clear();
            text_of(row, group, text);
            signatures[row] = with_symbols(text, [&levels](auto symbols) { return levels.of(symbols); });
        }
    });
    return {std::move(levels), SignatureColumns(signatures)};
}

class StandardRowsBuilder {
  public:
    explicit StandardRowsBuilder(const Records& records) : records_(records), forms_(records), rows_(records) {}

    // Tracks of the records, the next ones.
    void add(std::size_t begin, std::size_t end);
    [[nodiscard]] bool overflown() const noexcept { return rows_.overflown() || everything_.overflown(); }
    [[nodiscard]] StandardRows build() &&;

  private:
    struct Added {
        std::uint32_t letters;
        std::uint32_t whole;
        std::uint32_t everything;  // among those that are texts of their own, or one of those below
        bool work;
        bool not_latin;
    };
    static constexpr std::uint32_t of_fields = ~std::uint32_t{0};
    static constexpr std::uint32_t of_reading = of_fields - 1;  // of a row that is not of a whole title
    // Of a new row: nothing for one that its forms tell of.
    struct RowTexts {
        const StandardTexts* track;
        const StandardTexts::Row* row;
    };

    [[nodiscard]] std::vector<StandardTexts> texts_of(const std::vector<std::uint32_t>& tracks) const;
    void add_row(std::uint32_t track, const RowTexts& texts);

    const Records& records_;
    const FieldForms forms_;
    RowsBuilder rows_;
    TextsBuilder everything_;
    std::vector<Added> added_;
};

std::vector<StandardTexts> StandardRowsBuilder::texts_of(const std::vector<std::uint32_t>& tracks) const {
    std::vector<StandardTexts> out(tracks.size());
    parallel::for_blocks(tracks.size(), tracks_per_task, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            out[i] = forms_.tell(tracks[i]) ? StandardTexts(forms_, records_, tracks[i])
                                            : StandardTexts(records_.track(tracks[i]));
    });
    return out;
}

void StandardRowsBuilder::add_row(std::uint32_t track, const RowTexts& texts) {
    rows_.add(track);
    if (texts.track == nullptr) {
        const PlainTitle& said = forms_.said(track);
        added_.push_back({said.letters, said.whole, of_fields, said.work, false});
        return;
    }
    const StandardTexts& all = *texts.track;
    const std::uint32_t everything = texts.row != all.rows.data() ? of_reading
                                     : !all.everything            ? of_fields
                                                                  : everything_.add(to_utf8(*all.everything));
    added_.push_back({all.said.letters, all.said.whole, everything, all.said.work, all.not_latin});
}

void StandardRowsBuilder::add(std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> to_make;
    for (std::size_t track = begin; track < end; ++track) {
        if (!forms_.tell(track) || !forms_.featured(track).empty())
            to_make.push_back(static_cast<std::uint32_t>(track));
    }
    const std::vector<StandardTexts> made = texts_of(to_make);
    std::vector<RowTexts> texts;  // of each new row
    const std::size_t before = rows_.size();
    auto next = to_make.begin();
    for (std::size_t i = begin; i < end; ++i) {
        const auto track = static_cast<std::uint32_t>(i);
        if (next == to_make.end() || *next != track) {
            add_row(track, texts.emplace_back());
            continue;
        }
        const StandardTexts& all = made[static_cast<std::size_t>(next++ - to_make.begin())];
        if (all.rows.empty()) rows_.leave_out(track);
        for (const StandardTexts::Row& row : all.rows) add_row(track, texts.emplace_back(RowTexts{&all, &row}));
    }
    const auto fill = [&](RowField& field, const Packed<std::uint32_t>& given, const Forms& forms, auto text_of) {
        field.add(texts.size(), forms, [&](std::size_t i) {
            return texts[i].track != nullptr ? RowField::Next{RowField::Next::own, text_of(texts[i])}
                                             : RowField::Next{given[rows_.track(before + i)]};
        });
    };
    parallel::together({[&] {
                            fill(rows_.titles(), records_.title_of, forms_.titles(),
                                 [](const RowTexts& one) -> const std::string& { return one.row->title; });
                        },
                        [&] {
                            fill(rows_.albums(), records_.album_of, forms_.albums(),
                                 [](const RowTexts& one) -> const std::string& { return one.track->album; });
                        },
                        [&] {
                            fill(rows_.credits(), records_.credit_of, forms_.credits(),
                                 [](const RowTexts& one) -> const std::string& { return one.row->credit; });
                        }});
}

StandardRows StandardRowsBuilder::build() && {
    std::vector<std::uint32_t> order;
    StandardRows out;
    out.rows = std::move(rows_).build(&order);
    out.rows.credits.signatures = {};  // those of their names are looked at
    const Rows& rows = out.rows;
    const auto join = [&](std::size_t row, std::size_t group, std::string& text) {
        if (added_[order[row]].everything == of_reading)
            text.append(no_text);
        else
            append_joined(rows, row, group, text);
    };
    const auto gather = [&](std::size_t row, std::size_t group, std::string& text) {
        const std::uint32_t own = added_[order[row]].everything;
        if (own != of_fields) {
            text.append(own == of_reading ? std::string_view(no_text) : everything_[own]);
            return;
        }
        const std::size_t track = rows.tracks[row];
        const std::string_view title = forms_.whole_title(track);
        const std::string_view album = forms_.whole_album(track);
        append_words({title.empty() ? rows.titles[rows.title_of[row]] : title,
                      names_of_credit(rows.credits[rows.groups.credits[group]]),
                      album.empty() ? rows.albums[rows.groups.albums[group]] : album},
                     text);
    };
    const auto sort_titles = [&] {
        const Forms by_words(rows.titles.size(), [&rows](std::size_t title, std::string& text) {
            text.append(by_word(rows.titles[title]));
            return true;
        });
        TextsBuilder sorted;
        std::vector<std::string_view> texts(rows.titles.size());
        std::vector<std::uint32_t> by_word_of(rows.titles.size());
        for (std::size_t title = 0; title < texts.size(); ++title) texts[title] = by_words[title];
        sorted.reserve(texts.size());
        sorted.add(texts, by_word_of.data());
        out.titles_by_word = std::move(sorted).unsigned_texts();
        out.by_word_of = Packed(by_word_of);
    };
    const auto by_hash = [&](std::uint32_t Added::*hash) {
        std::vector<std::uint32_t> hashes(rows.size());
        for (std::uint32_t row = 0; row < rows.size(); ++row) hashes[row] = added_[order[row]].*hash;
        return RowsByHash(hashes);
    };
    const auto rows_that = [&](bool Added::*are) {
        std::vector<std::uint32_t> found;
        for (std::uint32_t row = 0; row < rows.size(); ++row) {
            const Added& added = added_[order[row]];
            if (added.*are && added.everything != of_reading) found.push_back(row);
        }
        return Column(std::move(found));
    };
    parallel::together({[&] { out.words = TitleWords(rows); }, sort_titles,
                        [&] { std::tie(out.everything_levels, out.everything) = signatures_of(rows, gather); },
                        [&] { std::tie(out.joined_levels, out.joined) = signatures_of(rows, join); },
                        [&] { out.by_letters = by_hash(&Added::letters); },
                        [&] { out.by_whole = by_hash(&Added::whole); }, [&] { out.credits = Credits(rows.credits); },
                        [&] { out.works = rows_that(&Added::work); },
                        [&] { out.not_latin = rows_that(&Added::not_latin); }});
    return out;
}

}  // namespace

std::optional<StandardRows> standard_rows(const Records& records) {
    StandardRowsBuilder builder(records);
    for (std::size_t begin = 0; begin < records.size(); begin += tracks_at_once)
        builder.add(begin, std::min(begin + tracks_at_once, records.size()));
    if (builder.overflown()) return std::nullopt;
    return std::move(builder).build();
}

}  // namespace musicsync::catalog
