// What comparing needs of a track, computed once: code points of every normal form, sorted words, names, numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/normalize.hpp"
#include "musicsync/track.hpp"
#include "score/works.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {

struct Besides;

// A text in its own order and with its words sorted (empty where sorting changes nothing), at most `compared_symbols`.
// Its parts are views into the text that it was made of and into the memory that it was made in.
struct TextForm {
    std::u32string_view text;
    std::u32string_view sorted;
    std::span<const Word> words;  // of text

    TextForm() = default;
    TextForm(std::u32string_view given, std::pmr::memory_resource* memory);
    // Leaves the words that it has found in `found`, sorted.
    TextForm(std::u32string_view given, std::pmr::memory_resource* memory, FoundWords& found);
    [[nodiscard]] bool empty() const noexcept { return text.empty(); }
    [[nodiscard]] std::u32string_view by_word() const noexcept { return sorted.empty() ? text : sorted; }
};

// Profile `classic`: lower-cased texts and nothing else; artists joined by ", ".
struct ClassicForm {
    std::u32string_view title;
    std::u32string_view artist;
    std::u32string_view album;
};

// A text in small letters, as `classic` compares it.
[[nodiscard]] std::u32string lowered(std::string_view text);

// Who is credited. `names` holds the artists in order and then the featured ones; unknown names ("Various Artists") are
// left out. `line` is all names in one text.
struct CreditForm {
    std::span<const std::u32string_view> names;
    std::size_t guests = 0;  // of names, the last ones: those that only the title features
    TextForm line;
    TextForm telling;  // the line without "the" and "and"
    TextForm romanized_line;
    Script script = Script::none;
};

// Changes with what the engine makes of a title, a credit or an album by the same words: catalogues keep what it made.
inline constexpr std::uint64_t normal_form_version = 1;

// Symbols of a text that `standard` compares; what lies beyond says nothing more about a recording. (`classic` compares
// whole texts.)
inline constexpr std::size_t compared_symbols = 4096;

// Where the texts of a normal form lie, one after the other; they end with it.
using Memory = std::pmr::monotonic_buffer_resource;

struct NormalForm {
    explicit NormalForm(const Track::Fields& fields);
    // Of a track of which outline_plain() made the outline; `besides` may be none.
    NormalForm(const Track::Fields& fields, const Outline& plain, const Besides* besides);

    TextForm title;                      // the base title
    TextForm romanized_title;            // where the title has letters that are not Latin and a spelling for all
    Script script = Script::none;        // of the title
    std::uint32_t scripts = 0;           // of its words, a bit each
    std::vector<VersionToken> versions;  // of the title, and what the artist or album says of the recording
    std::vector<VersionToken> album_versions;
    std::optional<int> part;
    std::vector<std::u32string_view> segments;  // the title's pieces between dashes and brackets; empty for one piece
    bool in_sections = false;                   // the title has a dash, a bracket or a colon between its pieces
    std::vector<std::u32string_view> pieces;    // those that may be all that another catalogue writes
    std::vector<TextForm> names_in_scripts;     // the segments, where each is in a script of its own
    std::vector<std::u32string_view> numbers;   // the title's words of digits, sorted
    std::optional<int> ending_number;           // the title's last word as a number: "3", "III"
    WorkForm work;                              // opus number and movement
    std::u32string_view whole;                  // the title as it was given, brackets and all
    bool wildcards = false;                     // the title has "*" inside a word
    bool credits_given = false;                 // the artist field is known (the title may feature others)
    bool compilation = false;                   // the album collects recordings of elsewhere
    std::optional<bool> explicit_;              // as given, else as "[Explicit]" or "(Clean)" says
    CreditForm credits;
    TextForm album;
    std::u32string_view joined;                  // title and names, words sorted: for fields in the wrong place
    std::u32string_view everything;              // whole title, names and album, words sorted
    std::span<const std::uint32_t> word_hashes;  // of everything, sorted: whether it is worth comparing
    ClassicForm classic;
    std::unique_ptr<std::byte[]> first_room;  // of the memory, and for most tracks all
    Memory memory;

  private:
    NormalForm(const Track::Fields& fields, std::size_t bytes);
    NormalForm(const Track::Fields& fields, const Outline& plain, const Besides* besides, std::size_t bytes);
};

}  // namespace musicsync
