#include "score/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "score/apart.hpp"
#include "score/credit_form.hpp"

namespace musicsync {
namespace {

constexpr double romanized_agrees = 0.75;  // below, a transliteration proves nothing

bool comparable(Script a, Script b) noexcept { return a == b || a == Script::none || b == Script::none; }

bool is_kana_or_han(Script script) noexcept { return script == Script::kana || script == Script::han; }

bool scripts_differ(Script a, Script b) noexcept {
    return !comparable(a, b) && !(is_kana_or_han(a) && is_kana_or_han(b));
}

// "Jayu 자유" and "Jayu" have Latin letters in common, and can be compared by them.
bool titles_in_other_scripts(const Outline& a, const Outline& b) noexcept {
    return scripts_differ(a.title_script, b.title_script) && (a.title_scripts & b.title_scripts) == 0;
}

const TextForm& latin_form(const TextForm& form, const TextForm& romanized) noexcept {
    return romanized.empty() ? form : romanized;
}

// How alike the titles are where one is written in two scripts and the other in one of them.
double of_one_script(const Side& left, const Side& right) {
    double best = 0.0;
    if (!either_has(left.outline, right.outline, Outline::names_in_scripts)) return best;
    const NormalForm& a = left.normal();
    const NormalForm& b = right.normal();
    const auto look = [&best](const NormalForm& several, const NormalForm& one) {
        for (const TextForm& name : several.names_in_scripts) {
            best = std::max(best, ratio(std::u32string_view(name.text), std::u32string_view(one.title.text)));
        }
    };
    if (b.names_in_scripts.empty()) look(a, b);
    if (a.names_in_scripts.empty()) look(b, a);
    return best;
}

// The shorter title is a row of words of the longer one.
template <class Char>
void compare_contained(const WordsIn<Char>& longer, const WordsIn<Char>& shorter, const Side& long_one,
                       const Side& short_one, Evidence& evidence) {
    constexpr std::size_t many_words = 4;  // so many are not by chance inside of another title
    if (!short_one.outline.title_sets.can_be_inside(long_one.outline.title_sets)) return;
    evidence.contained = contains_words(shorter.text, longer.text);
    if (!evidence.contained) return;
    const bool translated =
        (long_one.outline.title_scripts & ~short_one.outline.title_scripts) != 0;  // "Jayu 자유" and "Jayu"
    evidence.words_added =
        !long_one.outline.has(Outline::in_sections) && !translated && shorter.words.size() < many_words;
}

template <class Char>
void compare_words(const WordsIn<Char>& mine, const WordsIn<Char>& theirs, const Side& a, const Side& b,
                   Evidence& evidence) {
    if (mine.text.size() > theirs.text.size())
        compare_contained(mine, theirs, a, b, evidence);
    else
        compare_contained(theirs, mine, b, a, evidence);
    const bool alike = *evidence.title > unlike_titles;
    evidence.shared_words = alike ? shared_words(mine, theirs) : 0.0;
    evidence.words_replaced =
        alike && !evidence.contained && evidence.shared_words < 1.0 && replaces_words(mine, theirs);
}

// Equal titles share their words and very different ones do not matter: only what lies between is worth the count.
void compare_words(const Side& a, const Side& b, Evidence& evidence) {
    if (!evidence.title || *evidence.title >= settled_title || evidence.romanized) return;
    with_words(a, b, Outline::title,
               [&](const auto& mine, const auto& theirs) { compare_words(mine, theirs, a, b, evidence); });
}

bool titles_equal_but_for_spaces(const Side& a, const Side& b) {
    return with_words(a, b, Outline::title, [](const auto& mine, const auto& theirs) {
        return equal_but_for_spaces(mine.text, theirs.text);
    });
}

double shared_words_of_names(const Side& a, const Side& b) {
    const std::span<const Word> mine = a.outline.telling_words;
    const std::span<const Word> theirs = b.outline.telling_words;
    const bool possible =
        std::any_of(mine.begin(), mine.end(), [&](const Word& word) {  // the whole credit at once first
            return can_have_counterpart({&word, 1}, b.outline.telling_sets) && can_have_counterpart({&word, 1}, theirs);
        });
    if (!possible) return 0.0;
    return with_words(a, b, Outline::telling,
                      [](const auto& one, const auto& other) { return shared_words(one, other); });
}

// Words that both sides have.
std::size_t shared_hashes(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) noexcept {
    std::size_t common = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        common += a[i] == b[j] ? 1 : 0;
        const bool advance_both = a[i] == b[j];
        if (advance_both || a[i] < b[j]) {
            ++i;
            if (advance_both) ++j;
        } else {
            ++j;
        }
    }
    return common;
}

void compare_versions(const Side& a, const Side& b, Evidence& evidence) {
    if (!either_has(a.outline, b.outline, Outline::versions)) return;
    evidence.version_gap = evidence.same_words ? VersionGap::none : version_gap(a, b, evidence.duration_gap_s);
    evidence.version_keeps_length = evidence.version_gap == VersionGap::hard && other_version_keeps_length(a, b);
    evidence.version_agrees = versions_agree(a, b);
}

void compare_facts(const Side& a, const Side& b, Evidence& evidence) {
    const Outline& left = a.outline;
    const Outline& right = b.outline;
    compare_durations(left, right, evidence);
    if (left.year != 0 && right.year != 0) {
        evidence.year_gap = std::abs(left.year - right.year);
        evidence.reissued = (left.year > right.year ? left : right).has(Outline::older);
    }
    evidence.explicit_conflict = left.explicit_ && right.explicit_ && left.explicit_ != right.explicit_;
    evidence.isrc_equal = (left.traits & right.traits & Outline::isrc) != 0 && a.track.isrc() == b.track.isrc();
}

}  // namespace

double Query::Prepared::similarity(const TextForm& other) const {
    const double in_order = text.ratio(other.text);
    if (in_order >= 1.0 || (sorted.text().empty() && other.sorted.empty())) return in_order;
    return std::max(in_order, (sorted.text().empty() ? text : sorted).ratio(other.by_word()));
}

Query::Query(const Track& track)
    : side_(track),
      normal_(&track.normal()),
      title_(normal_->title),
      romanized_title_(normal_->romanized_title),
      album_(normal_->album),
      line_(normal_->credits.line),
      romanized_line_(normal_->credits.romanized_line),
      everything_(normal_->everything),
      joined_(normal_->joined),
      names_(normal_->credits.names.size()) {
    for (std::size_t i = 0; i < names_.size(); ++i) names_[i].prepare(normal_->credits.names[i]);
}

Evidence Query::compare(const Track& track, const Common& common) const {
    const Side other(track);
    const Outline& mine = side_.outline;
    const Outline& theirs = other.outline;
    Evidence evidence;
    compare_facts(side_, other, evidence);
    if (mine.sizes[Outline::album] != 0 && theirs.sizes[Outline::album] != 0)
        evidence.album = similarity(album_, other, Outline::album, common);
    evidence.compilation = !evidence.album && either_has(mine, theirs, Outline::compilation);
    compare_titles(other, common, evidence);
    compare_credits(other, common, evidence);
    if (are_apart(mine, theirs, evidence)) [[likely]] {
        evidence.shared_words = 0.0;
        evidence.joined = 0.0;
        evidence.joined_cover = 0.0;
    } else {
        compare_words(side_, other, evidence);
        compare_everything(other, evidence);
        rescue_misplaced(side_, other, evidence);
    }
    const bool numbers = either_has(mine, theirs, Outline::numbers);
    if (numbers && !evidence.misplaced && !evidence.same_text && !evidence.in_series)
        compare_numbers(side_, other, evidence);
    if (evidence.title && mine.has(Outline::work) && theirs.has(Outline::work)) compare_works(side_, other, evidence);
    evidence.album_is_title = mine.has(Outline::album_is_title) && theirs.has(Outline::album_is_title);
    compare_versions(side_, other, evidence);
    evidence.title_symbols = std::min(mine.sizes[Outline::title], theirs.sizes[Outline::title]);
    return evidence;
}

void Query::compare_titles(const Side& track, const Common& common, Evidence& evidence) const {
    const NormalForm& mine = *normal_;
    const Outline& ours = side_.outline;
    const Outline& theirs = track.outline;
    if (ours.sizes[Outline::title] == 0 || theirs.sizes[Outline::title] == 0) return;
    if (compared_by_letters(ours, theirs)) [[likely]] {
        evidence.title = similarity(title_, track, Outline::title, common);
        return;
    }
    evidence.same_text = ours.whole == theirs.whole && mine.whole == track.normal().whole;
    if (evidence.same_text || equal_but_for_the_numeral(side_, track)) {
        evidence.title = 1.0;
        return;
    }
    if (titles_in_other_scripts(ours, theirs)) {
        const NormalForm& other = track.normal();
        evidence.scripts_differ = true;
        const Prepared& left = mine.romanized_title.empty() ? title_ : romanized_title_;
        const double latin = left.similarity(latin_form(other.title, other.romanized_title));
        if (latin < romanized_agrees) return;
        evidence.romanized = true;
        evidence.title = latin;
        return;
    }
    if (ours.letters == theirs.letters && titles_equal_but_for_spaces(side_, track)) {  // "t h e . c l i m b"
        evidence.title = 1.0;
        return;
    }
    evidence.title = similarity(title_, track, Outline::title, common);
    if (*evidence.title < 1.0 && ours.has(Outline::romanized_title) != theirs.has(Outline::romanized_title)) {
        const NormalForm& other = track.normal();
        const Prepared& left =
            mine.romanized_title.empty() ? title_ : romanized_title_;  // "강남스타일 (Gangnam Style)"
        evidence.title = std::max(*evidence.title, left.similarity(latin_form(other.title, other.romanized_title)));
    }
    evidence.title = std::max(*evidence.title, of_one_script(side_, track));
    if (*evidence.title >= 1.0 || !either_has(ours, theirs, Outline::wildcards)) return;
    const std::u32string_view other = track.normal().title.text;
    const std::u32string left = fill_wildcards(mine.title.text, other);
    const std::u32string right = fill_wildcards(other, mine.title.text);
    evidence.title = std::max(
        {*evidence.title, ratio(left, other), ratio(std::u32string_view(mine.title.text), right), ratio(left, right)});
}

void Query::compare_credits(const Side& track, const Common& common, Evidence& evidence) const {
    const CreditForm& mine = normal_->credits;
    const Outline& ours = side_.outline;
    const Outline& theirs = track.outline;
    if (names_.empty() || theirs.credits == 0) return;
    if (scripts_differ(ours.credit_script, theirs.credit_script)) {
        const CreditForm& other = track.normal().credits;
        const Prepared& left = mine.romanized_line.empty() ? line_ : romanized_line_;
        const double latin = left.similarity(latin_form(other.line, other.romanized_line));
        if (latin >= romanized_agrees) evidence.artist = latin;
        evidence.artist_in_other_script = !evidence.artist;
        return;
    }
    const double as_line = similarity(line_, track, Outline::line, common);
    evidence.artist = 1.0;  // one by one: a whole optional that was just written in parts keeps a CPU waiting
    evidence.any_artist = 1.0;
    if (as_line >= 1.0) return;
    const CreditLikeness names = likeness_of_names(track, common);
    evidence.artist = std::max(as_line, names.all);
    evidence.any_artist = names.best;
    evidence.no_name_equal = !names.one_equal && !is_slip_of_credit(side_, track);
    evidence.name_word_equal = shares_word_of_names(side_, track);
    evidence.guest_missing =
        (ours.guests | theirs.guests) != 0 && (misses_guest(side_, track) || misses_guest(track, side_));
    if (*evidence.artist >= 1.0) return;
    evidence.artist_words = shared_words_of_names(side_, track);
    constexpr double much_alike = 0.6;
    evidence.other_name = names_.size() == 1 && theirs.credits == 1 && *evidence.artist >= much_alike &&
                          differs_by_a_word(mine.line, track.normal().credits.line);
}

CreditLikeness Query::likeness_of_names(const Side& other, const Common& common) const {
    const Outline& mine = side_.outline;
    const Outline& theirs = other.outline;
    if (both_short(mine, theirs, Outline::line) && common[Outline::line] != kernel::not_compared &&
        mine.has(Outline::one_name) && theirs.has(Outline::one_name)) {
        const std::size_t symbols = std::size_t{mine.sizes[Outline::line]} + theirs.sizes[Outline::line];
        const double letters = as_ratio(common[Outline::line], symbols);
        if (letters < but_for_spaces && !mine.line_sets.can_be_inside(theirs.line_sets) &&
            !theirs.line_sets.can_be_inside(mine.line_sets)) [[likely]]
            return {letters, letters, false};  // a slip leaves five sixths of a name at least
        return name_likeness(side_, other, letters);
    }
    return credit_likeness(names_, Names(other).all());
}

// Where title and artists agree by themselves, the bag of all words says nothing more; where hardly a word is shared
// there is nothing to compare.
void Query::compare_everything(const Side& track, Evidence& evidence) const {
    constexpr double settled = 0.97;
    if (evidence.title.value_or(0.0) >= settled && evidence.artist.value_or(0.0) >= settled) return;
    const Outline& ours = side_.outline;
    const Outline& theirs = track.outline;
    if (ours.words.size() == 0 || theirs.words.size() == 0) return;
    evidence.joined = 0.0;
    evidence.joined_cover = 0.0;
    if (ours.words.share_at_most(theirs.words) < enough_shared) return;
    const auto fewer = static_cast<double>(std::min(ours.words.size(), theirs.words.size()));
    if (static_cast<double>(shared_hashes(ours.hashes, theirs.hashes)) / fewer < enough_shared) return;
    const NormalForm& mine = *normal_;
    const NormalForm& other = track.normal();
    const auto left = static_cast<double>(mine.everything.size());
    const auto right = static_cast<double>(other.everything.size());
    const double ratio = everything_.ratio(other.everything);
    evidence.joined = ratio;
    if (mine.album.empty() != other.album.empty()) evidence.joined = std::max(ratio, joined_.ratio(other.joined));
    evidence.joined_cover = ratio * (left + right) / (2.0 * std::min(left, right));
}

}  // namespace musicsync
