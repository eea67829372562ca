#include <algorithm>
#include <utility>

#include "musicsync/explain.hpp"

namespace musicsync {
namespace {

constexpr std::pair<std::string_view, std::string_view> words[] = {
    {"isrc", "one ISRC on both sides"},
    {"exact", "title and artist are equal"},
    {"fuzzy", "all that is known agrees well enough"},
    {"no_candidates", "there was nothing to choose from"},
    {"below_reject", "too little agrees"},
    {"between_thresholds", "not certain enough to accept, not bad enough to reject"},
    {"margin", "another recording fits nearly as well"},
    {"version_conflict", "they are different versions"},
    {"version_uncertain", "they may be different edits"},
    {"isrc_conflict", "one ISRC, but the rest contradicts it"},
    {"duration_conflict", "the lengths are too far apart"},
    {"artist_conflict", "the artists are different"},
    {"title_conflict", "the titles are different"},
    {"part_conflict", "they are different parts"},
    {"part_uncertain", "it is one part of several, and no length says which is meant"},
    {"short_title", "the titles are short and not the same"},
    {"script_unknown", "the titles are in different scripts"},
    {"title_unknown", "a side has no title"},
    {"explicit_conflict", "one is the clean version and the other is not"},
    {"title_uncertain", "the titles are not quite the same, and nothing else settles it"},
    {"artist_uncertain", "the artists are alike and not the same"},
    {"artist_unknown", "a side names no artist, and no album says whose it is"},
    {"guest_uncertain", "only one side names a guest, and no length confirms them"},
    {"year_uncertain", "they are years apart, and no length confirms them"},
};

}  // namespace

std::string_view reason_in_words(std::string_view reason) noexcept {
    const auto* const found =
        std::find_if(std::begin(words), std::end(words), [reason](const auto& one) { return one.first == reason; });
    return found == std::end(words) ? reason : found->second;
}

}  // namespace musicsync
