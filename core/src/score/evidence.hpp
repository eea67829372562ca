// What two tracks say about being the same recording, before anything is weighed.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <vector>

#include "musicsync/profile.hpp"
#include "musicsync/track.hpp"
#include "score/normal_form.hpp"
#include "score/others.hpp"
#include "score/side.hpp"
#include "similarity/lcs.hpp"

namespace musicsync {

// How far the versions of two titles are apart. `soft`: an edit or a detail that catalogues often leave out.
enum class VersionGap : std::uint8_t { none, soft, hard };

// Similarities in [0, 1]; nothing where a side does not know.
struct Evidence {
    std::optional<double> title;
    std::optional<double> artist;
    std::optional<double> album;
    std::optional<double> duration_gap_s;
    std::optional<int> year_gap;
    std::optional<double> any_artist;    // the most alike of any two names
    double artist_words = 1.0;           // of the credits' words, those with a counterpart; 1 for equal credits
    std::optional<double> joined;        // all words of all fields, ratio; where title or artists do not settle it
    std::optional<double> joined_cover;  // the same, as a share of the shorter side
    double shared_words = 1.0;           // of the titles' words, those with a counterpart; 1 for equal titles
    std::size_t title_symbols = 0;       // of the shorter title
    VersionGap version_gap = VersionGap::none;
    bool part_conflict = false;       // two part numbers
    bool part_missing = false;        // one side has a part number, and it is not the first
    bool first_part_missing = false;  // one side is the first part of what the other may be the whole of
    bool number_conflict = false;     // other numbers in the titles
    bool number_missing = false;      // one side has a number at its end
    bool contained = false;           // one title is a row of words inside the other
    bool words_replaced = false;      // each title has a word that is no misspelling of one of the other
    bool words_added = false;         // a few words contained, and those around neither in brackets nor behind a dash
    bool shortened = false;           // one title is a piece of the other, by one artist
    bool in_series = false;           // the last piece: what stands before may be a series with its number
    bool guest_missing = false;       // a guest that one title names is nowhere on the other side
    bool version_keeps_length =
        false;                    // a version that lasts as long as the plain recording: no singer, another language
    bool version_agrees = false;  // both name one version that is not the plain recording
    bool same_words = false;      // fields disagree, and all fields together are the same words
    bool other_name = false;  // one name on each side, alike but for a word that is another; other performers of a work
    bool no_name_equal = false;           // no name is on both sides, slips of the finger forgiven
    bool name_word_equal = true;          // a word of the names is on both sides
    bool mixed_words = false;             // all words agree, and no name stands on the other side as it is
    bool artist_in_other_script = false;  // both credits are known and cannot be compared
    bool same_text = false;               // the titles as given are one text
    bool reissued = false;                // the later year is of a release that says that the recording is older
    bool compilation = false;             // one side is of a compilation, and the albums cannot be compared
    bool explicit_conflict = false;
    bool misplaced = false;  // fields agree only after moving text between title and artist
    bool romanized = false;  // the titles were compared in Latin spelling
    bool scripts_differ = false;
    bool album_is_title = false;  // a single: its album says nothing that its title does not
    bool isrc_equal = false;
};

// How alike two credit sets are. `all`: each name's best counterpart, the main artist counting most; a name that is
// missing on one side costs little, for featured artists come and go. `best`: the most alike of any two names.
// `one_equal`: two of them are one name, slips of the finger forgiven.
struct CreditLikeness {
    double all;
    double best;
    bool one_equal;
};

// Symbols in the LCS of each of the query's texts and another track's, by Outline::Text; kernel::not_compared where
// nobody has counted.
using Common = std::array<std::uint8_t, Outline::texts>;
inline constexpr Common nothing_counted = [] {
    Common out{};
    out.fill(kernel::not_compared);
    return out;
}();

// A track made ready to be compared with many; threads may share it. The track must outlive it.
class Query {
  public:
    explicit Query(const Track& track);
    [[nodiscard]] const Track& track() const noexcept { return side_.track; }
    // `common`: what is known before (count_common).
    [[nodiscard]] Evidence compare(const Track& other, const Common& common = nothing_counted) const;

    // What the kernel can count for some tracks at once.
    static constexpr std::size_t counted_at_once = Others::most;
    void count_common(std::span<const Track* const> others, Common* common) const;
    void count_common(const Others& others, Common* common) const;

    // Compares with as many: take(place, evidence) for each, faster than one by one.
    template <class Take>
    void compare_all(std::span<const Track* const> others, Take&& take) const {
        std::array<Common, counted_at_once> common;
        count_common(others, common.data());
        for (std::size_t i = 0; i < others.size(); ++i) take(i, compare(*others[i], common[i]));
    }

    // No score by the profile, one of the rules `standard`, is higher; 1 where it takes `compare` to tell. Some 50 ns.
    [[nodiscard]] double score_at_most(const Profile& profile, const Track& other, const Common& common) const;

  private:
    // A text form with its pattern tables.
    struct Prepared {
        LazyPattern text;
        LazyPattern sorted;
        explicit Prepared(const TextForm& form) : text(form.text), sorted(form.sorted) {}
        // The better of ratio and token_sort.
        [[nodiscard]] double similarity(const TextForm& other) const;
    };

    // The same for one of the texts of an outline.
    [[nodiscard]] double similarity(const Prepared& mine, const Side& other, Outline::Text text,
                                    const Common& common) const;
    // The same by what is counted alone; below 0 where that does not tell.
    [[nodiscard]] double similarity_as_counted(const Outline& theirs, Outline::Text text, const Common& common) const;
    void compare_titles(const Side& track, const Common& common, Evidence& evidence) const;
    void compare_credits(const Side& track, const Common& common, Evidence& evidence) const;
    void compare_everything(const Side& track, Evidence& evidence) const;
    [[nodiscard]] CreditLikeness likeness_of_names(const Side& other, const Common& common) const;

    Side side_;
    const NormalForm* normal_;
    Prepared title_;
    Prepared romanized_title_;
    Prepared album_;
    Prepared line_;
    Prepared romanized_line_;
    LazyPattern everything_;
    LazyPattern joined_;
    std::vector<LazyPattern> names_;
};

// Texts are as long by word as in order, so the greater count is the better ratio; one that is not (words apart by more
// than a space) is left to others.
inline double Query::similarity_as_counted(const Outline& theirs, Outline::Text text, const Common& common) const {
    const Outline& ours = side_.outline;
    const std::size_t symbols = std::size_t{ours.sizes[text]} + theirs.sizes[text];
    const std::size_t symbols_by_word = std::size_t{ours.sizes[text + 1U]} + theirs.sizes[text + 1U];
    const std::uint8_t in_order = common[text];
    const bool sorted = either_has(ours, theirs, 1U << text) && std::size_t{2} * in_order != symbols;
    const std::uint8_t by_word = sorted ? common[text + 1U] : in_order;
    const bool counted = in_order != kernel::not_compared && by_word != kernel::not_compared;
    if (!counted || symbols != symbols_by_word) [[unlikely]]
        return -1.0;
    return as_ratio(std::max(in_order, by_word), symbols);
}

inline double Query::similarity(const Prepared& mine, const Side& other, Outline::Text text,
                                const Common& common) const {
    const double counted = similarity_as_counted(other.outline, text, common);
    if (counted < 0.0) [[unlikely]]
        return mine.similarity(form_of(other.normal(), text));
    return counted;
}

inline void compare_durations(const Outline& a, const Outline& b, Evidence& evidence) noexcept {
    if (a.duration_ms != Outline::unknown_duration && b.duration_ms != Outline::unknown_duration)
        evidence.duration_gap_s = static_cast<double>(std::abs(a.duration_ms - b.duration_ms)) / 1000.0;
}

// Titles that are not more alike share no word that could tell them apart from others.
inline constexpr double unlike_titles = 0.5;

// Credits that are less alike are of somebody else, unless the words of a track stand in the wrong fields.
inline constexpr double unlike_credits = 0.6;

// Titles that are as alike miss no word.
inline constexpr double settled_title = 0.97;

// Words from there on are counterparts: "Africa" and "Afrika", not "California" and "Californication".
inline constexpr double same_word = 0.82;

// A name that stands inside the other one is as alike, at most.
inline constexpr double name_inside = 0.88;

// Names that are less alike by their letters are not looked at as equal but for their spaces.
inline constexpr double but_for_spaces = 0.8;

// Tracks that share fewer of their words are not compared as one text.
inline constexpr double enough_shared = 0.3;

// From here on all words of two tracks are the same words (rescue_misplaced): those of titles and names, as letters,
// and those of all fields.
inline constexpr double moved_words = 0.85;
inline constexpr double same_words = 0.95;
// And so alike is what is left of a title without a name that it begins or ends with.
inline constexpr double moved_name = 0.9;

// titles.cpp: ------------------------------------------------------------------------------------------------------

// `a` with each word that has "*" inside replaced by the word of `b` that fits it, if there is one.
[[nodiscard]] std::u32string fill_wildcards(std::u32string_view a, std::u32string_view b);

// Share of the words of both titles that have a counterpart (an LCS ratio of 0.82 or more) on the other side.
template <class Char>
[[nodiscard]] double shared_words(const WordsIn<Char>& a, const WordsIn<Char>& b);
[[nodiscard]] inline double shared_words(const TextForm& a, const TextForm& b) {
    return shared_words(words_in(a), words_in(b));
}

// False where `shared_words` is 0: whatever the words of the other text are, of which these are the sets, and by the
// words of both.
[[nodiscard]] bool can_have_counterpart(std::span<const Word> words, const TextSets& others) noexcept;
[[nodiscard]] bool can_have_counterpart(std::span<const Word> a, std::span<const Word> b) noexcept;

// True where each title has a word that the other has not, nor a misspelling of it: "Dany" is one of "Dani", "7" is
// "seven", "hour" is none of "harbour".
template <class Char>
[[nodiscard]] bool replaces_words(const WordsIn<Char>& a, const WordsIn<Char>& b);
[[nodiscard]] inline bool replaces_words(const TextForm& a, const TextForm& b) {
    return replaces_words(words_in(a), words_in(b));
}

// "JustinTimberlake" and "Justin Timberlake".
[[nodiscard]] bool equal_but_for_spaces(std::u32string_view a, std::u32string_view b) noexcept;
[[nodiscard]] bool equal_but_for_spaces(std::string_view a, std::string_view b) noexcept;

// True where the shorter title is a row of whole words of the longer one.
[[nodiscard]] bool contains_words(std::u32string_view a, std::u32string_view b) noexcept;
[[nodiscard]] bool contains_words(std::string_view a, std::string_view b) noexcept;

// numbers.cpp: -----------------------------------------------------------------------------------------------------

// "Omen III" and "Omen 3", "Locked Up, Pt. 2" and "Locked Up 2".
[[nodiscard]] bool equal_but_for_the_numeral(const Side& left, const Side& right);

// Parts and numbers that differ, or that one title has alone; of two tracks of which one has some.
void compare_numbers(const Side& left, const Side& right, Evidence& evidence);

// misplaced.cpp: ---------------------------------------------------------------------------------------------------

// Text in the wrong field: the artist or the album inside the title, an empty artist, title and artist exchanged.
// Raises the similarities of `evidence` where another reading of the two titles agrees, and marks it.
void rescue_misplaced(const Side& a, const Side& b, Evidence& evidence);

// works.cpp: -------------------------------------------------------------------------------------------------------

// Two movements of one work, two works, one movement that is written in two ways; of two tracks that both name a work.
void compare_works(const Side& a, const Side& b, Evidence& evidence);

// credits.cpp: -----------------------------------------------------------------------------------------------------

// Of all names of both sides.
[[nodiscard]] CreditLikeness credit_likeness(const std::vector<LazyPattern>& a, std::span<const std::u32string_view> b);

// The same for one name on each side, of which the ratio is known.
[[nodiscard]] CreditLikeness name_likeness(const Side& a, const Side& b, double letters);

// "Artist A" and "Artist B": as many words, and one of them another word rather than another spelling.
[[nodiscard]] bool differs_by_a_word(const TextForm& a, const TextForm& b);

// One name, but for a letter or two: "Alan Walkr" and "Alan Walker", not "Prince" and "Princess", "Jane" and "June".
[[nodiscard]] bool is_slip_of_name(std::u32string_view a, std::u32string_view b);

// Symbols that only one of two texts has, at most, where one is a slip of the other: of two slips, each of which
// exchanges a letter.
inline constexpr int most_apart_by_slips = 4;

// The same for the credits without "the" and "and".
[[nodiscard]] bool is_slip_of_credit(const Side& a, const Side& b);

// True where the credits of both have a word that is not "the" or "and".
[[nodiscard]] bool shares_word_of_names(const Side& a, const Side& b);

// True where a name that only the title of one side features has no counterpart on the other.
[[nodiscard]] bool misses_guest(const Side& a, const Side& b);

// versions.cpp: ----------------------------------------------------------------------------------------------------

// True where one side alone names a version that lasts as long as the recording it is made from.
[[nodiscard]] bool other_version_keeps_length(const Side& a, const Side& b);

// A live album makes its plain titles doubtful, unless the durations are equal.
[[nodiscard]] VersionGap version_gap(const Side& a, const Side& b, std::optional<double> duration_gap_s);

// True where both titles name the same kind of version, and it changes the recording.
[[nodiscard]] bool versions_agree(const Side& a, const Side& b);

// standard.cpp: ----------------------------------------------------------------------------------------------------

// The shares of the score, renormalised over what both sides know; zeros where nothing is known.
[[nodiscard]] Weights known_weights(const Weights& weights, const Evidence& evidence) noexcept;

struct NamedPenalty {
    const char* name;
    double points;
};
// The penalties that apply, in a fixed order.
[[nodiscard]] std::vector<NamedPenalty> penalties_of(const Penalties& penalties, const Evidence& evidence);
[[nodiscard]] double standard_score(const Profile& profile, const Evidence& evidence) noexcept;

// True where the codes are equal and the texts, durations and versions allow it.
[[nodiscard]] bool isrc_acquits(const Evidence& evidence) noexcept;

// P by the profile's model, which it must have; an ISRC that acquits is worth `acquitted` at least.
[[nodiscard]] double model_probability(const Profile& profile, const Evidence& evidence) noexcept;

// classic.cpp: -----------------------------------------------------------------------------------------------------

[[nodiscard]] double classic_score(const Profile& profile, const Track& a, const Track& b);

// The same of many queries with many choices, through matrices of ratios. The queries must outlive it.
class ClassicScores {
  public:
    ClassicScores(const Profile& profile, std::span<const Track> queries);
    // Row by row, a row for each query; they stay until the next call.
    [[nodiscard]] const double* with(std::span<const Track> choices);

  private:
    void add_field(std::u32string_view ClassicForm::*field, double weight, std::span<const Track> choices);
    void acquit(std::span<const Track> choices);

    const Profile& profile_;
    std::span<const Track> queries_;
    std::vector<double> scores_;
    std::vector<double> ratios_;
};

}  // namespace musicsync
