#include "score/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace musicsync {
namespace {

constexpr double romanized_agrees = 0.75;  // below, a transliteration proves nothing

bool comparable(Script a, Script b) noexcept { return a == b || a == Script::none || b == Script::none; }

bool is_kana_or_han(Script script) noexcept { return script == Script::kana || script == Script::han; }

bool scripts_differ(Script a, Script b) noexcept {
    return !comparable(a, b) && !(is_kana_or_han(a) && is_kana_or_han(b));
}

// "Jayu 자유" and "Jayu" have Latin letters in common, and can be compared by them.
bool titles_in_other_scripts(const NormalForm& a, const NormalForm& b) noexcept {
    return scripts_differ(a.outline.title_script, b.outline.title_script) &&
           (a.outline.title_scripts & b.outline.title_scripts) == 0;
}

const TextForm& latin_form(const TextForm& form, const TextForm& romanized) noexcept {
    return romanized.empty() ? form : romanized;
}

// "American Pie, Pt. 1" is "American Pie" where a catalogue has no second part.
bool part_on_one_side(const NormalForm& a, const NormalForm& b) noexcept {
    return a.part.has_value() != b.part.has_value() && a.part.value_or(b.part.value_or(1)) != 1;
}

// The number that counts a title's parts, with or without a word for it.
std::optional<int> counted(const NormalForm& form) noexcept { return form.part ? form.part : form.ending_number; }

std::u32string_view without_count(const NormalForm& form) noexcept {
    const std::u32string_view title = form.title.text;
    return form.part || !form.ending_number ? title : title.substr(0, title.rfind(U' '));
}

// "Omen III" and "Omen 3", "Locked Up, Pt. 2" and "Locked Up 2".
bool equal_but_for_the_numeral(const NormalForm& a, const NormalForm& b) noexcept {
    return counted(a) && counted(a) == counted(b) && without_count(a) == without_count(b);
}

// How alike the titles are where one is written in two scripts and the other in one of them.
double of_one_script(const NormalForm& a, const NormalForm& b) {
    double best = 0.0;
    if (!either_has(a.outline, b.outline, Outline::names_in_scripts)) return best;
    const auto look = [&best](const NormalForm& several, const NormalForm& one) {
        for (const TextForm& name : several.names_in_scripts) {
            best = std::max(best, ratio(std::u32string_view(name.text), std::u32string_view(one.title.text)));
        }
    };
    if (b.names_in_scripts.empty()) look(a, b);
    if (a.names_in_scripts.empty()) look(b, a);
    return best;
}

void compare_numbers(const NormalForm& a, const NormalForm& b, Evidence& evidence) {
    if (!either_has(a.outline, b.outline, Outline::numbers)) return;
    if (equal_but_for_the_numeral(a, b)) return;
    evidence.part_conflict = a.part && b.part && a.part != b.part;
    evidence.part_missing = part_on_one_side(a, b);
    evidence.first_part_missing = a.part.has_value() != b.part.has_value() && !evidence.part_missing;
    evidence.number_conflict = (!a.numbers.empty() && !b.numbers.empty() && a.numbers != b.numbers) ||
                               (a.ending_number && b.ending_number && a.ending_number != b.ending_number);
    evidence.number_missing = a.ending_number.has_value() != b.ending_number.has_value();
}

// The shorter title is a row of words of the longer one.
void compare_contained(const NormalForm& longer, const NormalForm& shorter, Evidence& evidence) {
    constexpr std::size_t many_words = 4;  // so many are not by chance inside of another title
    if (!shorter.outline.title_sets.can_be_inside(longer.outline.title_sets)) return;
    evidence.contained = contains_words(shorter.title.text, longer.title.text);
    if (!evidence.contained) return;
    const bool translated = (longer.scripts & ~shorter.scripts) != 0;  // "Jayu 자유" and "Jayu"
    evidence.words_added = !longer.in_sections && !translated && shorter.title.words.size() < many_words;
}

// Equal titles share their words and very different ones do not matter: only what lies between is worth the count.
void compare_words(const NormalForm& a, const NormalForm& b, Evidence& evidence) {
    if (!evidence.title || *evidence.title >= 0.97 || evidence.romanized) return;
    const bool longer_first = a.outline.sizes[Outline::title] > b.outline.sizes[Outline::title];
    compare_contained(longer_first ? a : b, longer_first ? b : a, evidence);
    const bool alike = *evidence.title > unlike_titles;
    evidence.shared_words = alike ? shared_words(a.title, b.title) : 0.0;
    evidence.words_replaced =
        alike && !evidence.contained && evidence.shared_words < 1.0 && replaces_words(a.title, b.title);
}

double as_share(std::size_t common, std::size_t of) noexcept {
    return static_cast<double>(common) / static_cast<double>(of);
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

void compare_versions(const NormalForm& a, const NormalForm& b, Evidence& evidence) {
    if (!either_has(a.outline, b.outline, Outline::versions)) return;
    evidence.version_gap = evidence.same_words ? VersionGap::none : version_gap(a, b, evidence.duration_gap_s);
    evidence.version_keeps_length = evidence.version_gap == VersionGap::hard && other_version_keeps_length(a, b);
    evidence.version_agrees = versions_agree(a, b);
}

void compare_facts(const Track& a, const Track& b, Evidence& evidence) {
    const Outline& left = a.normal().outline;
    const Outline& right = b.normal().outline;
    compare_durations(left, right, evidence);
    if (left.year != 0 && right.year != 0) {
        evidence.year_gap = std::abs(left.year - right.year);
        evidence.reissued = says_it_is_older((left.year > right.year ? a : b).normal());
    }
    evidence.explicit_conflict = left.explicit_ && right.explicit_ && left.explicit_ != right.explicit_;
    evidence.isrc_equal = (left.traits & right.traits & Outline::isrc) != 0 && a.isrc() == b.isrc();
}

}  // namespace

double Query::Prepared::similarity(const TextForm& other) const {
    const double in_order = text.ratio(other.text);
    if (in_order >= 1.0 || (sorted.text().empty() && other.sorted.empty())) return in_order;
    return std::max(in_order, (sorted.text().empty() ? text : sorted).ratio(other.by_word()));
}

double Query::similarity(const Prepared& mine, const TextForm& other, const Outline& theirs, Outline::Text text,
                         const Common& common) const {
    const double counted = similarity_as_counted(theirs, text, common);
    return counted >= 0.0 ? counted : mine.similarity(other);
}

Query::Query(const Track& track)
    : track_(&track),
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

Evidence Query::compare(const Track& other, const Common& common) const {
    const NormalForm& mine = *normal_;
    const NormalForm& theirs = other.normal();
    Evidence evidence;
    compare_facts(*track_, other, evidence);
    compare_titles(theirs, common, evidence);
    compare_credits(theirs, common, evidence);
    if (mine.outline.sizes[Outline::album] != 0 && theirs.outline.sizes[Outline::album] != 0)
        evidence.album = similarity(album_, theirs.album, theirs.outline, Outline::album, common);
    evidence.compilation = !evidence.album && either_has(mine.outline, theirs.outline, Outline::compilation);
    compare_words(mine, theirs, evidence);
    compare_everything(theirs, evidence);
    rescue_misplaced(mine, theirs, evidence);
    if (!evidence.misplaced && !evidence.same_text && !evidence.in_series) compare_numbers(mine, theirs, evidence);
    if (evidence.title) compare_works(mine, theirs, evidence);
    evidence.album_is_title = mine.outline.has(Outline::album_is_title) && theirs.outline.has(Outline::album_is_title);
    compare_versions(mine, theirs, evidence);
    evidence.title_symbols = std::min(mine.outline.sizes[Outline::title], theirs.outline.sizes[Outline::title]);
    return evidence;
}

void Query::compare_titles(const NormalForm& other, const Common& common, Evidence& evidence) const {
    const NormalForm& mine = *normal_;
    if (mine.outline.sizes[Outline::title] == 0 || other.outline.sizes[Outline::title] == 0) return;
    evidence.same_text = mine.outline.whole == other.outline.whole && mine.whole == other.whole;
    if (evidence.same_text ||
        (either_has(mine.outline, other.outline, Outline::numbers) && equal_but_for_the_numeral(mine, other))) {
        evidence.title = 1.0;
        return;
    }
    if (titles_in_other_scripts(mine, other)) {
        evidence.scripts_differ = true;
        const Prepared& left = mine.romanized_title.empty() ? title_ : romanized_title_;
        const double latin = left.similarity(latin_form(other.title, other.romanized_title));
        if (latin < romanized_agrees) return;
        evidence.romanized = true;
        evidence.title = latin;
        return;
    }
    if (mine.outline.letters == other.outline.letters &&
        equal_but_for_spaces(mine.title.text, other.title.text)) {  // "t h e . c l i m b"
        evidence.title = 1.0;
        return;
    }
    evidence.title = similarity(title_, other.title, other.outline, Outline::title, common);
    if (*evidence.title < 1.0 && either_has(mine.outline, other.outline, Outline::romanized_title) &&
        mine.romanized_title.empty() != other.romanized_title.empty()) {
        const Prepared& left =
            mine.romanized_title.empty() ? title_ : romanized_title_;  // "강남스타일 (Gangnam Style)"
        evidence.title = std::max(*evidence.title, left.similarity(latin_form(other.title, other.romanized_title)));
    }
    evidence.title = std::max(*evidence.title, of_one_script(mine, other));
    if (*evidence.title >= 1.0 || !either_has(mine.outline, other.outline, Outline::wildcards)) return;
    const std::u32string left = fill_wildcards(mine.title.text, other.title.text);
    const std::u32string right = fill_wildcards(other.title.text, mine.title.text);
    evidence.title = std::max({*evidence.title, ratio(left, std::u32string_view(other.title.text)),
                               ratio(std::u32string_view(mine.title.text), right), ratio(left, right)});
}

void Query::compare_credits(const NormalForm& other, const Common& common, Evidence& evidence) const {
    const CreditForm& mine = normal_->credits;
    const CreditForm& theirs = other.credits;
    if (names_.empty() || other.outline.credits == 0) return;
    if (scripts_differ(normal_->outline.credit_script, other.outline.credit_script)) {
        const Prepared& left = mine.romanized_line.empty() ? line_ : romanized_line_;
        const double latin = left.similarity(latin_form(theirs.line, theirs.romanized_line));
        if (latin >= romanized_agrees) evidence.artist = latin;
        evidence.artist_in_other_script = !evidence.artist;
        return;
    }
    const double as_line = similarity(line_, theirs.line, other.outline, Outline::line, common);
    evidence.artist = 1.0;  // one by one: a whole optional that was just written in parts keeps a CPU waiting
    evidence.any_artist = 1.0;
    if (as_line >= 1.0) return;
    const CreditLikeness names = likeness_of_names(other, common);
    evidence.artist = std::max(as_line, names.all);
    evidence.any_artist = names.best;
    evidence.no_name_equal = !names.one_equal && !is_slip_of_credit(*normal_, other);
    evidence.name_word_equal = normal_->outline.telling_sets.can_share_word(other.outline.telling_sets) &&
                               shares_word(mine.telling, theirs.telling);
    evidence.guest_missing = either_has(normal_->outline, other.outline, Outline::guests) &&
                             (misses_guest(mine, theirs) || misses_guest(theirs, mine));
    if (*evidence.artist >= 1.0) return;
    evidence.artist_words = can_have_counterpart(mine.telling, other.outline.telling_sets)
                                ? shared_words(mine.telling, theirs.telling)
                                : 0.0;
    constexpr double much_alike = 0.6;
    evidence.other_name = names_.size() == 1 && other.outline.credits == 1 && *evidence.artist >= much_alike &&
                          differs_by_a_word(mine.line, theirs.line);
}

CreditLikeness Query::likeness_of_names(const NormalForm& other, const Common& common) const {
    const Outline& mine = normal_->outline;
    const bool counted = common[Outline::line] != kernel::not_compared;
    if (!counted || !mine.has(Outline::one_name) || !other.outline.has(Outline::one_name))
        return credit_likeness(names_, other.credits.names);
    const std::size_t symbols = std::size_t{mine.sizes[Outline::line]} + other.outline.sizes[Outline::line];
    return name_likeness(*normal_, other, as_ratio(common[Outline::line], symbols));
}

// Where title and artists agree by themselves, the bag of all words says nothing more; where hardly a word is shared
// there is nothing to compare.
void Query::compare_everything(const NormalForm& other, Evidence& evidence) const {
    constexpr double settled = 0.97;
    constexpr double worth_comparing = 0.3;
    if (evidence.title.value_or(0.0) >= settled && evidence.artist.value_or(0.0) >= settled) return;
    const NormalForm& mine = *normal_;
    const WordSet& words = mine.outline.words;
    const WordSet& others = other.outline.words;
    if (words.size() == 0 || others.size() == 0) return;
    evidence.joined = 0.0;
    evidence.joined_cover = 0.0;
    const std::size_t fewer = std::min(words.size(), others.size());
    if (as_share(words.shared_at_most(others), fewer) < worth_comparing) return;
    if (as_share(shared_hashes(mine.word_hashes, other.word_hashes), fewer) < worth_comparing) return;
    const auto left = static_cast<double>(mine.everything.size());
    const auto right = static_cast<double>(other.everything.size());
    const double ratio = everything_.ratio(other.everything);
    evidence.joined = ratio;
    if (mine.album.empty() != other.album.empty()) evidence.joined = std::max(ratio, joined_.ratio(other.joined));
    evidence.joined_cover = ratio * (left + right) / (2.0 * std::min(left, right));
}

}  // namespace musicsync
