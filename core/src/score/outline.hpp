// What tells most pairs of tracks apart, side by side in a few lines of the cache: the texts that are compared first,
// as bytes; durations and the like; sets that bound what two texts can have in common; which of the rarer things a
// track has. Most pairs need nothing else, and most tracks are never asked for the normal form that knows it all.
//
//   if (a.can_be_inside(b)) look();    // a bound errs to one side only: what it rules out cannot be
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>

#include "musicsync/normalize.hpp"
#include "musicsync/track.hpp"
#include "similarity/bag.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {

struct NormalForm;

// A bit for each word of a text, by its hash, and for each symbol of its words.
struct TextSets {
    std::uint64_t words = 0;
    std::uint64_t symbols = 0;

    TextSets() = default;
    // Of words with a hash and symbols.
    template <class SomeWord>
    explicit TextSets(std::span<const SomeWord> of_text) noexcept {
        for (const SomeWord& word : of_text) {
            words |= std::uint64_t{1} << (word.hash % 64);
            symbols |= word.symbols;
        }
    }
    friend bool operator==(const TextSets&, const TextSets&) = default;
    // False where this text is no row of whole words of the other.
    [[nodiscard]] bool can_be_inside(const TextSets& other) const noexcept {
        return ((words & ~other.words) | (symbols & ~other.symbols)) == 0;
    }
    [[nodiscard]] bool can_share_word(const TextSets& other) const noexcept { return (words & other.words) != 0; }
    // Symbols of either text that are in no common subsequence, at least: those that the other has nowhere.
    [[nodiscard]] int apart_at_least(const TextSets& other) const noexcept {
        return __builtin_popcountll(symbols ^ other.symbols);
    }
};

// The words of all fields, to bound how many two tracks share.
class WordSet {
  public:
    WordSet() = default;
    explicit WordSet(std::span<const std::uint32_t> hashes) noexcept;
    friend bool operator==(const WordSet&, const WordSet&) = default;
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t shared_at_most(const WordSet& other) const noexcept {
        int both = 0;
        for (std::size_t i = 0; i < bits_.size(); ++i) both += __builtin_popcountll(bits_[i] & other.bits_[i]);
        return static_cast<std::size_t>(both) + (repeats_ < other.repeats_ ? repeats_ : other.repeats_);
    }
    // The same of the words of the smaller one, which must not be empty.
    [[nodiscard]] double share_at_most(const WordSet& other) const noexcept {
        return static_cast<double>(shared_at_most(other)) / static_cast<double>(std::min(size_, other.size_));
    }

  private:
    std::array<std::uint64_t, 4> bits_{};
    std::uint16_t size_ = 0;
    std::uint16_t repeats_ = 0;  // words whose bit another one has set
};

struct Outline {
    enum Text : std::uint8_t { title, title_by_word, line, line_by_word, album, album_by_word, telling };
    static constexpr std::size_t short_text = 255;
    static constexpr std::size_t texts = 6;  // that are counted; not `telling`: the line without "the" and "and"
    static constexpr std::int64_t unknown_duration = -1;

    // What a track has; two tracks without it need not be asked about it.
    enum Trait : std::uint32_t {
        sorted_title = 1U << title,  // its words are not in order
        sorted_line = 1U << line,
        sorted_album = 1U << album,
        one_name = 1U << 6,  // which is the credit line
        names_in_scripts = 1U << 7,
        romanized_title = 1U << 8,
        sections = 1U << 9,
        pieces = 1U << 10,
        numbers = 1U << 11,  // part, words of digits, number at the end
        work = 1U << 12,
        versions = 1U << 13,  // of the title or the album
        wildcards = 1U << 14,
        album_is_title = 1U << 16,
        title_or_names = 1U << 17,
        isrc = 1U << 18,
        compilation = 1U << 19,
        older = 1U << 20,          // it says that the recording is older than the release
        credits_given = 1U << 21,  // the artist field is known, if only as "Various Artists"
        part = 1U << 22,
        ending_number = 1U << 23,
        in_sections = 1U << 24,   // a dash, a bracket or a colon
        as_it_stands = 1U << 25,  // it was read the short way: title and album are words and nothing else
        id = 1U << 26,
    };

    std::uint32_t traits = 0;
    std::uint32_t whole = 0;    // hash of the title as it was given
    std::uint32_t letters = 0;  // hash of the title without its spaces
    std::uint16_t credits = 0;  // names
    std::uint16_t guests = 0;   // of them, the last ones: those that only the title features
    std::uint8_t plain = 0;     // a bit for each text that is ASCII without U+0000 and capitals
    std::array<std::uint16_t, texts + 1> sizes{};
    std::array<std::uint16_t, texts + 1> begins{};  // in `bytes`, of plain texts
    std::span<const std::uint8_t> bytes;  // of plain texts; behind them the sizes of the names of a short line
    std::int64_t duration_ms = unknown_duration;
    std::uint32_t title_scripts = 0;  // of its words, a bit each
    std::int16_t year = 0;            // of the release; 0 for unknown
    std::optional<bool> explicit_;    // as given, else as the title or the album says
    Script title_script = Script::none;
    Script credit_script = Script::none;
    TextSets title_sets;
    TextSets line_sets;
    TextSets telling_sets;
    WordSet words;
    Bag joined_bag;  // of title and names
    std::span<const Word> title_words;
    std::span<const Word> telling_words;
    std::span<const std::uint32_t> hashes;         // of the words of all fields, each once, sorted
    std::span<const VersionToken> title_versions;  // of the title, and what the artist or album says of the recording
    std::span<const VersionToken> album_versions;

    Outline() = default;
    // What the fields say without being read.
    explicit Outline(const Track::Fields& fields) noexcept;
    // Its `bytes` are in `memory`, its words and hashes those of the form.
    Outline(const NormalForm& form, const Track::Fields& fields, std::pmr::memory_resource* memory);
    [[nodiscard]] bool has(std::uint32_t any) const noexcept { return (traits & any) != 0; }
    [[nodiscard]] const std::uint8_t* text(std::size_t which) const noexcept { return bytes.data() + begins[which]; }
    [[nodiscard]] std::string_view text_of(Text which) const noexcept {  // of a plain text
        return {reinterpret_cast<const char*>(text(which)), sizes[which]};
    }
    // Of a short line: name(begin, size) for each.
    template <class Name>
    void for_each_name(Name name) const {
        std::size_t begin = 0;
        for (const std::uint8_t size : bytes.last(credits)) {
            name(begin, std::size_t{size});
            begin += size + std::size_t{1};
        }
    }
    [[nodiscard]] bool is_short(std::size_t which) const noexcept {
        return is_plain(which) && sizes[which] <= short_text;
    }
    [[nodiscard]] bool is_plain(std::size_t which) const noexcept { return ((plain >> which) & 1U) != 0; }
};

// A bit for each script, none for texts without letters.
[[nodiscard]] constexpr std::uint32_t script_bit(Script script) noexcept {
    return script == Script::none ? 0 : 1U << static_cast<unsigned>(script);
}

// True where both have that text as bytes, and it is short.
[[nodiscard]] inline bool both_short(const Outline& a, const Outline& b, Outline::Text which) noexcept {
    return a.is_short(which) && b.is_short(which);
}

// True where one of the two has it.
[[nodiscard]] inline bool either_has(const Outline& a, const Outline& b, std::uint32_t any) noexcept {
    return ((a.traits | b.traits) & any) != 0;
}

}  // namespace musicsync
