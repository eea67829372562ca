// The words that titles, credits and albums are read with. They are data: core/data/*.tsv, and files that a user adds.
// docs/vocabulary.md describes the format and every role. Internal: not installed.
//
//   const Phrase* phrase = vocabulary().find("en vivo");        // kind live
//   bool names_nobody = vocabulary().lists(Role::unknown_artist, "various artists");
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "index.hpp"
#include "musicsync/normalize.hpp"

namespace musicsync::text {

enum class Role : std::uint8_t {
    // Phrases of a title; the role says where free text may stand next to them.
    plain,    // none: "acoustic", "bonus track"
    tail,     // before it: "tiesto remix", "bbc session"
    head,     // after it: "live at wembley", "in the style of abba"
    version,  // before it, who or what the version is of: "alessia cara version"; filler where that is another phrase
    noise,    // none, and it says nothing: "official video"
    credit,   // after it, and it says nothing about the recording: "prod by x"
    context,  // after it, a soundtrack or show: "from frozen", "theme from titanic"
    source,   // before it, a soundtrack or show: "frozen soundtrack", "objet trouve ost"
    filler,   // says nothing by itself, may stand between others: "edition", "digital"

    // Lists of words.
    ensemble,           // names with a separator inside: "simon and garfunkel"
    guest,              // "the x" after "and" that is no band of the name before it: "the weeknd"
    companion,          // stands alone after "and" without being somebody: "sons"
    suffix,             // part of the name before a comma: "jr"
    unknown_artist,     // names that say nothing about who plays: "various artists"
    sentence,           // after "with" or "from" in a bracket: a part of the title, "(with you)"
    not_guest,          // after a word for "with" only: "(avec toi)"
    particle,           // cannot be anybody's name by themselves: "(in the mix)"
    month,              // of a date
    guest_word,         // opens a list of guests: "with", "duet with"
    ending,             // what video sites put behind a title without a bracket
    context_kind,       // what kind of thing a context is: "soundtrack"
    article,            // "x and the ys" is one name
    possessive,         // "x and his orchestra" is one name
    channel_suffix,     // ends the name of an artist's channel: "official"
    album_karaoke,      // an album or artist that says so sings karaoke
    cover_credit,       // an artist that says so covers others
    album_live,         // an album that says so is a concert
    album_compilation,  // an album that says so collects recordings of elsewhere
};

inline constexpr std::size_t role_count = static_cast<std::size_t>(Role::album_compilation) + 1;
[[nodiscard]] constexpr bool is_list(Role role) noexcept { return role >= Role::ensemble; }
// Roles whose phrases give a version token of their own kind.
[[nodiscard]] constexpr bool takes_kind(Role role) noexcept { return role <= Role::head; }

struct Phrase {
    std::string_view text;  // normalised
    Role role = Role::plain;
    VersionKind kind = VersionKind::other;
    std::string_view detail{};    // what the token's detail begins with
    std::string_view language{};  // ISO 639, "mul" for names of everywhere, "" if not said
};

inline constexpr std::size_t max_phrase_words = 6;  // of a title's phrase
inline constexpr std::size_t max_listed_words = 8;  // of a list's: "now that s what i call music"
inline constexpr std::size_t max_phrase_bytes = 96;

// What the vocabulary knows of one text. Of lists a bit each, by role.
struct Entry {
    const Phrase* phrase = nullptr;  // of a title
    std::uint32_t lists = 0;         // that hold it
    bool begins_phrase = false;      // a word that a phrase of a title begins or ends with
    bool ends_phrase = false;
    std::uint32_t begins = 0;  // lists with a phrase that begins or ends with this word
    std::uint32_t ends = 0;
};
static_assert(role_count <= 32);

[[nodiscard]] constexpr std::uint32_t mask(Role list) noexcept { return 1U << static_cast<unsigned>(list); }
[[nodiscard]] constexpr bool has(std::uint32_t lists, Role list) noexcept { return (lists & mask(list)) != 0; }

// Never changes once it is built; its texts live as long as the program.
class Vocabulary {
  public:
    // Later phrases replace earlier ones of the same text (of lists: of the same text and list).
    explicit Vocabulary(std::vector<Phrase> phrases);
    Vocabulary(const Vocabulary&) = delete;
    Vocabulary& operator=(const Vocabulary&) = delete;

    // One look-up tells all; an empty entry for a text that nothing is known of.
    [[nodiscard]] const Entry& entry(std::string_view normalized) const noexcept;
    // The phrase of a title spelled exactly like this, nullptr for none.
    [[nodiscard]] const Phrase* find(std::string_view normalized) const noexcept { return entry(normalized).phrase; }
    [[nodiscard]] bool lists(Role list, std::string_view normalized) const noexcept {
        return has(entry(normalized).lists, list);
    }
    // The words of a list, sorted.
    [[nodiscard]] std::span<const std::string_view> list(Role list) const noexcept;
    // Whether a phrase of the list stands in the text as whole words.
    [[nodiscard]] bool says(Role list, std::string_view normalized) const noexcept {
        return said(mask(list), normalized) != 0;
    }
    // The same for several lists, a bit each: those that do.
    [[nodiscard]] std::uint32_t said(std::uint32_t lists, std::string_view normalized) const noexcept;
    // Whether a phrase of a title is signs and nothing else; the built-in ones are words.
    [[nodiscard]] bool has_phrase_of_signs() const noexcept { return phrase_of_signs_; }
    [[nodiscard]] std::span<const Phrase> phrases() const noexcept { return phrases_; }
    // Another number for other phrases.
    [[nodiscard]] std::uint64_t fingerprint() const noexcept { return fingerprint_; }

  private:
    // At its beginning.
    [[nodiscard]] std::uint32_t said_at(std::uint32_t lists, std::string_view normalized) const noexcept;

    std::vector<Phrase> phrases_;
    Index<Entry> entries_;
    std::array<std::uint32_t, 1024> lists_by_beginning_{};  // lists with a phrase that begins like this: see said()
    bool phrase_of_signs_ = false;
    std::uint64_t fingerprint_ = 14695981039346656037U;  // FNV-1a
    std::array<std::vector<std::string_view>, role_count> lists_;
};

// The vocabulary in force. A reference stays valid for ever; load_vocabulary() puts another one in force.
[[nodiscard]] const Vocabulary& vocabulary() noexcept;

}  // namespace musicsync::text
