// Normal forms of text: what two catalogues must agree on before they are compared.
//
//   auto title = musicsync::parse_title("Africa (feat. Jane) - Live in Berlin, 2010");
//   title.base          == "africa"
//   title.featured      == {"jane"}
//   title.versions[0]   == {VersionKind::live, "berlin", 2010}
//
// All functions take UTF-8 and give UTF-8. Bytes that are not UTF-8 become U+FFFD (the bindings refuse them before they
// get here). Every function is pure, thread-safe and linear in the length of its input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/error.hpp"

namespace musicsync {

// Longer texts are cut here, at a character: callers that must not lose text refuse it first with Errc::too_long.
inline constexpr std::size_t max_text_bytes = std::size_t{16} << 20;

// What a version token says. The values up to `interlude` change the recording; those from `remaster` on are packaging.
// clang-format off
enum class VersionKind : std::uint8_t {
    live, remix, acoustic, unplugged, session, demo, instrumental, karaoke, cover, a_cappella, orchestral, sped_up, slowed,
    nightcore, extended, radio_edit, edit, rerecorded, language, reprise, interlude,
    remaster, deluxe, bonus, anniversary, mono, stereo, album_version, single_version, explicit_, clean, other,
};
// clang-format on

[[nodiscard]] std::string_view name(VersionKind kind) noexcept;
// True where two recordings differ when only one carries the token.
[[nodiscard]] bool changes_recording(VersionKind kind) noexcept;

// One version token: `detail` is the normalised rest of its phrase (venue, remix author, language; "" if none).
struct VersionToken {
    VersionKind kind{};
    std::string detail{};
    std::optional<int> year{};
    friend bool operator==(const VersionToken&, const VersionToken&) = default;
};

// A title taken apart. `base` is never empty for a title that has letters, digits or symbols.
struct TitleParts {
    std::string base;                    // normalised title without what follows
    std::vector<VersionToken> versions;  // sorted by kind, then detail; no duplicates
    std::vector<std::string> featured;   // normalised names out of "feat. X", in order of appearance
    std::optional<int> part;             // "Pt. 2", "Part II", "No. 3"
    std::string context;                 // normalised soundtrack or "from …" context, "" if none
    friend bool operator==(const TitleParts&, const TitleParts&) = default;
};

// The normal form of any text: NFKC case folding, marks of Latin, Greek, Cyrillic, Hebrew and Arabic letters removed,
// Han characters in their simplified form, punctuation, dashes, quotes and width folded, "&", "+" and "'n'" between
// words as "and", white space single. Text of symbols only ("!!!") is kept. Every rule: docs/scripts.md.
[[nodiscard]] std::string normalize(std::string_view text);

// The normal forms of many texts, one behind the other, in memory that the next texts use again.
class NormalTexts {
  public:
    // Text i is normalize(texts[i]) from now on; views of what was there before end.
    void assign(std::span<const std::string_view> texts);

    [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t i) const noexcept {
        const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
        return {bytes_.data() + begin, ends_[i] - begin};
    }

  private:
    void add(std::string_view text);
    void reserve(std::size_t more);

    std::vector<char> bytes_;  // the first `size_` of them
    std::size_t size_ = 0;
    std::vector<std::size_t> ends_;
};

// Python's str.lower(): full Unicode lower-casing, no locale, final sigma handled. What profile `classic` compares.
[[nodiscard]] std::string lower(std::string_view text);

// Reads brackets, " - " suffixes and "feat." anywhere. A name before a tag ("Go - Purple Disco Machine Remix") is not
// cut off where it would leave under a third of the letters: the base keeps it, the token is reported all the same.
[[nodiscard]] TitleParts parse_title(std::string_view title);

// Credits in order, normalised, without duplicates: "Simon & Garfunkel" gives {"simon and garfunkel"} (known duos and
// bands stay whole), "Jay-Z feat. Alicia Keys" gives {"jay z", "alicia keys"}. Empty for blank text.
[[nodiscard]] std::vector<std::string> parse_artists(std::string_view credit);

// True for "Various Artists", "Unknown Artist", "V.A." and their synonyms: names that say nothing.
[[nodiscard]] bool is_unknown_artist(std::string_view normalized_name) noexcept;

// Adds the phrases of a vocabulary file (docs/vocabulary.md) to those in force, or replaces their namesakes, and gives
// their number. Titles and credits that are read afterwards follow it, in every thread; one that is being read at that
// moment may be read by either. Normal forms that were made before (tracks, catalogues) stay as they are. Nothing
// changes on an error; its message names file, line, field and reason. Every file that is loaded is kept in memory.
[[nodiscard]] Result<std::size_t> load_vocabulary(const std::string& path);

// Puts the built-in vocabulary in force again.
void reset_vocabulary() noexcept;

// The 12 characters in upper case, without hyphens, spaces and an "ISRC" prefix. Errc::invalid_isrc where the text is
// none.
[[nodiscard]] Result<std::string> parse_isrc(std::string_view text);

// The script of most letters, the first in the order of Script where two have as many ("abc где" is latin); `none` for
// text without letters. Kana and Han are counted apart: a Japanese text is the one that it has more of. Says that two
// titles cannot be compared.
// clang-format off
enum class Script : std::uint8_t { none, latin, cyrillic, greek, hangul, kana, han, arabic, hebrew, thai, devanagari, other };
// clang-format on
[[nodiscard]] Script script_of(std::string_view text) noexcept;

// A Latin spelling of normalised text, as people type it: each run of another script in its letters (Russian, modern
// Greek, Revised Romanisation, Hepburn, Mandarin without tones, …; docs/scripts.md). "" where one of its letters has no
// spelling that can be trusted: a script without a table, or Han characters beside kana or Hangul, which have readings
// of their own. The result is itself normalised.
[[nodiscard]] std::string romanize(std::string_view normalized);

// One key for the ways in which people spell one sound ("tokyo" and "toukyou", "hochu" and "khochu"), for comparing two
// Latin spellings of another script's text. Loses too much to compare Latin titles with one another.
[[nodiscard]] std::string latin_key(std::string_view normalized);

}  // namespace musicsync
