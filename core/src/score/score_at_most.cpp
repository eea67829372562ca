#include <algorithm>

#include "score/apart.hpp"
#include "score/evidence.hpp"

namespace musicsync {
namespace {

// A name that one side credits is in the other one's title. Of a long credit the sets may lack the end.
bool is_named_in(const Side& credited, const Side& titled) {
    const Outline& credits = credited.outline;
    const TextSets& title = titled.outline.title_sets;
    const bool may_be = credits.has(Outline::one_name) ? credits.line_sets.can_be_inside(title)
                                                       : credits.line_sets.can_share_word(title);
    if (!may_be && credits.sizes[Outline::line] <= kernel::block_symbols) return false;
    if (!credits.is_short(Outline::line) || !titled.outline.is_short(Outline::title)) {
        const auto& names = credited.normal().credits.names;
        const std::u32string_view text = titled.normal().title.text;
        return std::any_of(names.begin(), names.end(),
                           [text](std::u32string_view name) { return contains_words(name, text); });
    }
    const std::string_view line = credits.text_of(Outline::line);
    bool named = false;
    credits.for_each_name([&](std::size_t begin, std::size_t size) {
        named = named || contains_words(line.substr(begin, size), titled.outline.text_of(Outline::title));
    });
    return named;
}

// The words of all fields may agree although the fields do not (misplaced.cpp): as one bag of letters, or most of them
// in as many symbols.
bool may_agree_as_a_whole(const Side& left, const Side& right) {
    if (left.outline.joined_bag.ratio_at_most(right.outline.joined_bag) >= moved_words) return true;
    if (left.outline.words.share_at_most(right.outline.words) < enough_shared) return false;
    const std::size_t a = left.normal().everything.size();
    const std::size_t b = right.normal().everything.size();
    return as_ratio(std::min(a, b), a + b) >= same_words;
}

}  // namespace

// That of evidence with all that only lowers a score left out, but for what is known without comparing more.
double Query::score_at_most(const Profile& profile, const Track& other, const Common& common) const {
    constexpr double anything = 1.0;
    const Side theirs(other);
    const Outline& a = side_.outline;
    const Outline& b = theirs.outline;
    if (a.credits == 0 || b.credits == 0 || b.sizes[Outline::title] == 0) return anything;
    if (!compared_by_letters(a, b)) return anything;
    const double title = similarity_as_counted(b, Outline::title, common);
    const double line = similarity_as_counted(b, Outline::line, common);
    if (title < 0.0 || line < 0.0) return anything;
    if (is_named_in(side_, theirs) || is_named_in(theirs, side_) || may_agree_as_a_whole(side_, theirs))
        return anything;
    Evidence best;
    best.title = title;
    best.title_symbols = std::min(a.sizes[Outline::title], b.sizes[Outline::title]);
    best.shared_words = title > unlike_titles ? 1.0 : 0.0;
    const bool one_name = a.has(Outline::one_name) && b.has(Outline::one_name);
    best.artist = one_name ? std::max(line, likeness_of_names(theirs, common).all) : anything;
    if (a.sizes[Outline::album] != 0 && b.sizes[Outline::album] != 0) {
        const double album = similarity_as_counted(b, Outline::album, common);
        best.album = album < 0.0 ? anything : album;
    }
    compare_durations(a, b, best);
    return standard_score(profile, best);
}

}  // namespace musicsync
