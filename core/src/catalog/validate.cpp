// What memory safety needs of the columns of a file, also of one that somebody made to do harm.
#include <algorithm>
#include <array>
#include <string>

#include "catalog/file.hpp"
#include "parallel/for_blocks.hpp"

namespace musicsync::catalog {
namespace {

class Check {
  public:
    [[nodiscard]] const std::string& fault() const noexcept { return fault_; }

    void that(bool holds, const std::string& name, const char* fault) {
        if (!holds && fault_.empty()) fault_ = name + " " + fault;
    }
    // What a part says that is wrong with it; "" for nothing.
    void part(const char* fault, const std::string& name) { that(*fault == '\0', name, fault); }
    template <class Numbers>
    void count(const Numbers& column, std::size_t count, const std::string& name) {
        that(column.size() == count, name, "has another number of items than what it is of");
    }
    // Positions in something of a size.
    void below(const Column<std::uint32_t>& column, std::size_t size, const std::string& name) {
        std::uint32_t most = 0;
        for (const std::uint32_t item : column) most = std::max(most, item);
        that(column.empty() || most < size, name, "points to something that is not there");
    }
    void below(const Packed<std::uint32_t>& numbers, std::size_t size, const std::string& name) {
        that(numbers.below(size), name, "points to something that is not there");
    }
    // Of `of` things that end at `end`, one behind the other.
    void begins(const Column<std::uint32_t>& column, std::size_t of, std::size_t end, const std::string& name) {
        count(column, of + 1, name);
        bool rising = !column.empty() && column[0] == 0 && column.back() == end;
        for (std::size_t i = 1; i < column.size(); ++i) rising &= column[i - 1] <= column[i];
        that(rising, name, "is not in order");
    }
    void strings(const Strings& strings, const std::string& name) {
        part(strings.starts.fault(strings.bytes.size()), name + ".begins");
    }
    void signatures(const SignatureColumns& columns, std::size_t count, const std::string& name) {
        that(columns.size() == count && columns.is_whole(), name, "has another number of items than what it is of");
    }
    void levels(const SymbolLevels& levels, const std::string& name) {
        that(levels.is_whole(), name, "has another number of items than there are levels");
    }
    void unsigned_texts(const Texts& texts, const std::string& name) {
        strings(texts.strings, name);
        levels(texts.levels, name + ".levels");
    }
    void texts(const Texts& texts, const std::string& name) {
        unsigned_texts(texts, name);
        signatures(texts.signatures, texts.size(), name + ".signatures");
    }
    void lists(const PackedLists& lists, std::size_t of, std::size_t items_below, const std::string& name) {
        count(lists, of, name);
        part(lists.starts.fault(lists.items.size()), name + ".begins");
        below(lists.items, items_below, name + ".items");
    }
    void lists(const Lists& lists, std::size_t of, std::size_t items_below, const std::string& name) {
        begins(lists.begins, of, lists.items.size(), name + ".begins");
        below(lists.items, items_below, name + ".items");
    }

  private:
    std::string fault_;
};

void check(const Records& records, std::size_t tracks, Check& check) {
    const auto ids_of = [&](const Packed<std::uint32_t>& column, const Strings& strings, const char* name) {
        check.count(column, tracks, name);
        check.below(column, strings.size(), name);
    };
    check.strings(records.ids, "track.ids");
    check.count(records.ids, tracks, "track.ids");
    check.strings(records.titles, "track.titles");
    check.strings(records.credits, "track.credits");
    check.strings(records.albums, "track.albums");
    ids_of(records.title_of, records.titles, "track.title_of");
    ids_of(records.credit_of, records.credits, "track.credit_of");
    ids_of(records.album_of, records.albums, "track.album_of");
    check.count(records.codes, tracks, "track.codes");
    check.count(records.durations, tracks, "track.durations");
    check.count(records.years, tracks, "track.years");
    check.count(records.explicit_, tracks, "track.explicit");
    check.strings(records.title_readings, "track.title_readings");
    check.strings(records.artist_readings, "track.artist_readings");
    check.count(records.title_readings, records.read.size(), "track.title_readings");
    check.count(records.artist_readings, records.read.size(), "track.artist_readings");
    check.below(records.by_code, tracks, "track.by_code");
}

void check(const Rows& rows, std::size_t tracks, const std::string& name, Check& check) {
    const std::size_t count = rows.size();
    const Groups& groups = rows.groups;
    check.unsigned_texts(rows.titles, name + ".titles");
    check.unsigned_texts(rows.credits, name + ".credits");
    check.unsigned_texts(rows.albums, name + ".albums");
    check.below(rows.tracks, tracks, name + ".tracks");
    check.count(rows.title_of, count, name + ".title_of");
    check.below(rows.title_of, rows.titles.size(), name + ".title_of");
    check.signatures(rows.title_signatures, count, name + ".title_signatures");
    check.begins(groups.begins, groups.size(), count, name + ".groups.begins");
    check.that(count == 0 || groups.size() > 0, name + ".groups", "is empty");
    check.below(groups.credits, rows.credits.size(), name + ".groups.credits");
    check.count(groups.albums, groups.size(), name + ".groups.albums");
    check.below(groups.albums, rows.albums.size(), name + ".groups.albums");
    check.signatures(groups.signatures, groups.size(), name + ".groups.signatures");
    check.below(rows.others, tracks, name + ".others");
}

// But for the rows of words, which take as long as all else.
void check(const StandardRows& all, std::size_t tracks, Check& check) {
    catalog::check(all.rows, tracks, "standard", check);
    const std::size_t rows = all.rows.size();
    const std::size_t credits = all.rows.credits.size();
    const auto by_hash = [&](const RowsByHash& found, const std::string& name) {
        const std::size_t buckets = std::max<std::size_t>(found.begins.size(), 1) - 1;
        check.begins(found.begins, buckets, rows, name + ".begins");
        check.count(found.rows, rows, name + ".rows");
        check.below(found.rows, rows, name + ".rows");
        check.count(found.next_bits, rows, name + ".next_bits");
    };
    check.texts(all.credits.texts, "standard.credit.texts");
    check.lists(all.credits.texts_of, credits, all.credits.texts.size(), "standard.credit.texts_of");
    check.count(all.credits.kinds, credits, "standard.credit.kinds");
    check.count(all.credits.scripts, credits, "standard.credit.scripts");
    check.unsigned_texts(all.titles_by_word, "standard.titles_by_word");
    check.count(all.by_word_of, all.rows.titles.size(), "standard.by_word_of");
    check.below(all.by_word_of, all.titles_by_word.size(), "standard.by_word_of");
    check.levels(all.joined_levels, "standard.joined.levels");
    check.signatures(all.joined, rows, "standard.joined");
    check.levels(all.everything_levels, "standard.everything.levels");
    check.signatures(all.everything, rows, "standard.everything");
    check.texts(all.words.words(), "standard.words");
    check.count(all.words.hashes(), all.words.words().size(), "standard.words.hashes");
    check.count(all.words.rows_of(), all.words.words().size(), "standard.words.rows");
    check.lists(all.words.of_titles(), all.rows.titles.size(), all.words.words().size(), "standard.words.of_titles");
    by_hash(all.by_letters, "standard.by_letters");
    by_hash(all.by_whole, "standard.by_whole");
    check.below(all.works, rows, "standard.works");
    check.below(all.not_latin, rows, "standard.not_latin");
}

}  // namespace

std::string first_fault(const Parts& parts, std::uint64_t tracks) {
    std::array<Check, 4> checks;
    parallel::together({[&] { check(parts.records, tracks, checks[0]); },
                        [&] {
                            if (!parts.classic) return;
                            const Texts& credits = parts.classic->credits;
                            check(*parts.classic, tracks, "classic", checks[1]);
                            checks[1].signatures(credits.signatures, credits.size(), "classic.credits.signatures");
                        },
                        [&] {
                            if (parts.standard) check(*parts.standard, tracks, checks[2]);
                        },
                        [&] {
                            if (!parts.standard) return;
                            const RisingLists& rows_of = parts.standard->words.rows_of();
                            checks[3].part(rows_of.fault(parts.standard->rows.size()), "standard.words.rows");
                        }});
    checks[2].that(parts.standard || tracks < worth_rows, "track", "has more tracks than a catalogue without rows");
    for (const Check& some : checks) {
        if (!some.fault().empty()) return "section " + some.fault();
    }
    return {};
}

}  // namespace musicsync::catalog
