#include "decide/vetoes.hpp"

#include <algorithm>

namespace musicsync {
namespace {

constexpr double other_duration_s = 12.0;
constexpr double equal_duration_s = 3.0;
constexpr double to_the_second_s = 1.0;
constexpr double other_artist = 0.5;
constexpr double other_title = 0.7;
constexpr double small_part = 0.6;
constexpr double few_words = 0.34;
constexpr double alike = 0.97;
constexpr double same_words = 0.7;
constexpr double one_album = 0.9;
constexpr std::size_t short_title = 3;

bool is_equal_to_the_second(const Evidence& e) noexcept {
    return e.duration_gap_s && *e.duration_gap_s <= to_the_second_s;
}

// A single has an album of its own name.
bool is_on_one_album(const Evidence& e) noexcept { return e.album.value_or(0.0) >= one_album && !e.album_is_title; }

// Most of the words are others, or one title is a small part of the other.
bool tells_other_title(const Evidence& e) noexcept {
    if (!e.title || e.misplaced) return false;
    if (*e.title < alike && e.shared_words < few_words && !e.contained) return true;  // "Dani California"
    return *e.title < small_part || (*e.title < other_title && e.shared_words < same_words && !e.contained);
}

// Three symbols are soon alike; "sex" is "sex (catching feelings)" to the second.
bool is_too_short(const Evidence& e) noexcept {
    const bool settled = e.shortened && is_equal_to_the_second(e);
    return e.title && *e.title < 1.0 && e.title_symbols <= short_title && !settled;
}

// "Bohemian Rapsody": a slip of the finger in a long title, everything else being equal.
bool is_slip(const Evidence& e) noexcept {
    constexpr double one_letter = 0.93;
    return *e.title >= one_letter && e.shared_words >= 1.0 && e.artist.value_or(0.0) >= 1.0 && !e.number_conflict &&
           !e.number_missing;
}

// Songs of one album can last as long as each other: "Interlude 1" and "Interlude 2", "What" and "What Now", "Golden
// Harbour" and "Golden Hour". A longer title that is cut is another matter, and so are words that are other on one
// album and to the second as long.
bool has_other_words(const Evidence& e) noexcept {
    if (e.mixed_words) return true;
    if (!e.title || *e.title >= 1.0 || e.romanized) return false;
    if (e.number_conflict) return true;
    if (e.words_added && !e.misplaced) return true;
    return e.words_replaced && !(e.album.value_or(0.0) >= one_album && is_equal_to_the_second(e));
}

// What an equal duration would settle, and nothing settles here: a title that is not quite the same, a guest that only
// one side names, the same words many years later on no release of older recordings.
void add_unconfirmed(const Evidence& e, std::vector<std::string>& out) {
    constexpr int recorded_again = 10;
    const bool inexact = e.title && *e.title < 1.0 && !is_slip(e) && !e.misplaced && !e.romanized;
    if (inexact) add_reason(out, "title_uncertain");
    if (e.guest_missing) add_reason(out, "guest_uncertain");
    if (e.year_gap.value_or(0) >= recorded_again && !e.reissued && !is_on_one_album(e))
        add_reason(out, "year_uncertain");
}

// "Toto" and "Otto", "Queen" and "Queen Latifah": alike is not the same. What makes it the same is one title on one
// album, a title that is long, or the length: to the second where no word of the names is the same.
bool is_other_name(const Evidence& e) noexcept {
    constexpr std::size_t long_title = 10;
    if (!e.no_name_equal || e.misplaced) return false;
    if (e.title.value_or(0.0) >= alike && (e.title_symbols >= long_title || is_on_one_album(e))) return false;
    return e.name_word_equal ? !of_equal_duration(e) : !is_equal_to_the_second(e);
}

// A title and a length are many songs'; an album makes them one, and so does an artist in a field of others.
bool lacks_artist(const Evidence& e) noexcept {
    return !e.artist && !e.artist_in_other_script && !e.misplaced && e.album.value_or(0.0) < one_album &&
           e.joined.value_or(0.0) < one_album;
}

}  // namespace

void add_reason(std::vector<std::string>& reasons, std::string_view reason) {
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.emplace_back(reason);
}

bool of_equal_duration(const Evidence& e) noexcept { return e.duration_gap_s && *e.duration_gap_s <= equal_duration_s; }

bool is_exact(const Evidence& e) noexcept {
    return e.title == 1.0 && e.artist == 1.0 && !e.romanized && e.version_gap == VersionGap::none;
}

bool worth_asking(const Evidence& e) noexcept {
    const bool one_artist = !e.artist || (*e.artist >= alike && !e.no_name_equal && !e.other_name);
    return e.title && *e.title >= alike && !e.misplaced && one_artist && e.version_gap != VersionGap::hard &&
           !e.part_conflict && !e.number_conflict;
}

std::vector<std::string> vetoes_of(const Evidence& e) {
    std::vector<std::string> out;
    const bool acquitted = isrc_acquits(e);
    if (e.isrc_equal && !acquitted) add_reason(out, "isrc_conflict");
    if (e.version_gap == VersionGap::hard) add_reason(out, "version_conflict");
    if (acquitted) return out;
    // On one album and to the second as long, an edit that only one side names is no other.
    if (e.version_gap == VersionGap::soft && !(is_on_one_album(e) && is_equal_to_the_second(e)))
        add_reason(out, "version_uncertain");
    if (e.duration_gap_s.value_or(0.0) > other_duration_s) add_reason(out, "duration_conflict");
    if (e.artist.value_or(1.0) < other_artist || e.other_name) add_reason(out, "artist_conflict");
    if (e.part_conflict) add_reason(out, "part_conflict");
    if (tells_other_title(e)) add_reason(out, "title_conflict");
    if (is_too_short(e)) add_reason(out, "short_title");
    if (e.explicit_conflict) add_reason(out, "explicit_conflict");
    if (has_other_words(e)) add_reason(out, "title_uncertain");
    if (is_other_name(e)) add_reason(out, "artist_uncertain");
    if (lacks_artist(e)) add_reason(out, "artist_unknown");
    if (!of_equal_duration(e)) add_unconfirmed(e, out);
    if (!e.title) add_reason(out, e.scripts_differ ? "script_unknown" : "title_unknown");
    return out;
}

}  // namespace musicsync
