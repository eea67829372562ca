// Pairs that are told apart without a look at more than letters: nearly all.
#pragma once

#include <cstdint>

#include "score/evidence.hpp"
#include "score/outline.hpp"

namespace musicsync {

// Nothing but their letters can make the two titles alike, whatever the fields around them are.
[[nodiscard]] inline bool compared_by_letters(const Outline& a, const Outline& b) noexcept {
    constexpr std::uint32_t other_ways =
        Outline::names_in_scripts | Outline::romanized_title | Outline::sections | Outline::pieces | Outline::wildcards;
    const bool one_script = a.title_script == b.title_script && a.credit_script == b.credit_script;
    const bool by_numbers = (a.traits & b.traits & (Outline::numbers | Outline::work)) != 0;
    return one_script && !by_numbers && !either_has(a, b, other_ways) && a.whole != b.whole && a.letters != b.letters;
}

// A name of the one may be in the title of the other. Of a long credit the sets may lack the end.
[[nodiscard]] inline bool may_be_named_in(const Outline& credited, const TextSets& title) noexcept {
    if (credited.sizes[Outline::line] > Outline::short_text) return true;
    return credited.has(Outline::one_name) ? credited.line_sets.can_be_inside(title)
                                           : credited.line_sets.can_share_word(title);
}

// Two songs that have nothing in common: of their titles, which `evidence` has compared, only letters are alike, no
// text of the one can stand in another field of the other, and few words are in both. Who looks for more finds nothing.
[[nodiscard]] inline bool are_apart(const Outline& a, const Outline& b, const Evidence& evidence) noexcept {
    if (evidence.title.value_or(1.0) > unlike_titles || evidence.artist.value_or(1.0) >= unlike_credits) return false;
    if (!compared_by_letters(a, b)) [[unlikely]]
        return false;
    if (a.title_sets.can_be_inside(b.title_sets) || b.title_sets.can_be_inside(a.title_sets) ||
        may_be_named_in(a, b.title_sets) || may_be_named_in(b, a.title_sets)) [[unlikely]]
        return false;
    if (a.words.size() == 0 || b.words.size() == 0 || a.words.share_at_most(b.words) >= enough_shared) [[unlikely]]
        return false;
    return a.joined_bag.ratio_at_most(b.joined_bag) < moved_words;
}

}  // namespace musicsync
