#include <algorithm>

#include "score/evidence.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

constexpr double alike = 0.9;
constexpr double found = 0.75;            // a segment that is the other side's artist or album
constexpr double without_bracket = 0.86;  // similarity of a title to itself with an addition

// A title read again with the other side's fields in mind.
struct Reading {
    std::u32string title;
    std::optional<double> artist;
    std::optional<double> album;
};

double similarity(std::u32string_view text, const TextForm& form) {
    const double in_order = ratio(text, form.text);
    return in_order >= 1.0 ? 1.0 : std::max(in_order, ratio(std::u32string_view(sort_words(text)), form.by_word()));
}

std::u32string join(const std::vector<std::u32string_view>& segments, std::size_t begin, std::size_t end) {
    std::u32string out;
    for (std::size_t i = begin; i < end; ++i) {
        if (i > begin) out.push_back(U' ');
        out.append(segments[i]);
    }
    return out;
}

double likeness_to_credit(std::u32string_view text, const CreditForm& credits) {
    double best = similarity(text, credits.line);
    for (const std::u32string_view name : credits.names) best = std::max(best, ratio(text, name));
    return best;
}

// Where the album begins among the segments from `begin` on, if they end with it.
std::optional<std::pair<std::size_t, double>> find_album(const NormalForm& mine, const TextForm& wanted,
                                                         std::size_t begin) {
    std::optional<std::pair<std::size_t, double>> best;
    for (std::size_t start = begin + 1; start < mine.segments.size(); ++start) {
        const double album = similarity(join(mine.segments, start, mine.segments.size()), wanted);
        if (album >= found && (!best || album > best->second)) best = {start, album};
    }
    return best;
}

// The other side's album, else the title's own, unless that is named after the title or the title names a version.
const TextForm* album_to_find(const NormalForm& mine, const NormalForm& other) {
    if (!other.album.empty()) return &other.album;
    if (mine.album.empty()) return nullptr;
    const bool version = std::any_of(mine.versions.begin(), mine.versions.end(),
                                     [](const VersionToken& token) { return changes_recording(token.kind); });
    return version || similarity(mine.whole, mine.album) >= alike ? nullptr : &mine.album;
}

// "Toto - Africa" against an artist of the other side, "Africa - Toto IV" and "Africa (Toto IV)" against its album.
Reading read_segments(const NormalForm& mine, const NormalForm& other, bool artist_doubtful) {
    Reading out{std::u32string(mine.title.text), {}, {}};
    std::size_t begin = 0;
    std::size_t end = mine.segments.size();
    if (end >= 2 && !other.credits.line.empty()) {
        const double artist = likeness_to_credit(mine.segments[0], other.credits);
        if (artist >= (artist_doubtful || !mine.credits_given ? found : alike)) {
            out.artist = artist;
            begin = 1;
        }
    }
    if (const TextForm* album = album_to_find(mine, other)) {
        if (const auto found_album = find_album(mine, *album, begin)) {
            out.album = found_album->second;
            end = found_album->first;
        }
    }
    if (out.artist || out.album) out.title = join(mine.segments, begin, end);
    return out;
}

// False where the title neither begins nor ends with a name of the other side.
bool may_begin_or_end_with_name(const Outline& mine, const Outline& other) noexcept {
    if (!mine.is_short(Outline::title) || !other.is_short(Outline::line)) return true;
    const std::string_view title = mine.text_of(Outline::title);
    const std::string_view line = other.text_of(Outline::line);
    bool stands = false;
    other.for_each_name([&](std::size_t begin, std::size_t size) {
        const std::string_view name = line.substr(begin, size);
        stands = stands || title.starts_with(name) || title.ends_with(name);
    });
    return stands;
}

// "Toto Africa" against the artist "Toto", without a dash to tell them apart.
bool read_name(const Side& mine, const Side& other, Reading& reading) {
    const bool one_name = other.outline.has(Outline::one_name);
    if (other.outline.credits == 0 || !may_begin_or_end_with_name(mine.outline, other.outline)) return false;
    if (one_name && !other.outline.line_sets.can_be_inside(mine.outline.title_sets)) return false;
    const std::u32string_view title = mine.normal().title.text;
    for (const std::u32string_view name : other.normal().credits.names) {
        if (name.size() < 3 || title.size() < name.size() + 2) continue;
        const std::size_t rest = title.size() - name.size() - 1;
        const bool first = title.starts_with(name) && title[name.size()] == U' ';
        const bool last = title.ends_with(name) && title[rest] == U' ';
        if (!first && !last) continue;
        reading.title = first ? title.substr(name.size() + 1) : title.substr(0, rest);
        reading.artist = 1.0;
        return true;
    }
    return false;
}

void compare_words(std::u32string_view one, std::u32string_view other, Evidence& evidence) {
    Memory memory;
    const TextForm a(one, &memory);
    const TextForm b(other, &memory);
    evidence.shared_words = shared_words(a, b);
    evidence.words_replaced = replaces_words(a, b);
}

// "Silver Lake - Paper Moon" and "Moon Lake - Silver Paper": the same words, and nobody of the same name.
bool keeps_a_name(const NormalForm& a, const NormalForm& b) {
    return std::any_of(a.credits.names.begin(), a.credits.names.end(), [&b](std::u32string_view name) {
        return contains_words(name, b.whole) ||
               std::any_of(b.credits.names.begin(), b.credits.names.end(),
                           [name](std::u32string_view other) { return name == other || is_slip_of_name(name, other); });
    });
}

bool adopt(const Reading& a, const Reading& b, Evidence& evidence) {
    Memory memory;
    const double title = similarity(a.title, TextForm(b.title, &memory));
    if (title <= *evidence.title) return false;
    evidence.title = title;
    if (a.artist || b.artist)
        evidence.artist = std::max({a.artist.value_or(0.0), b.artist.value_or(0.0), evidence.artist.value_or(0.0)});
    if (a.album || b.album) evidence.album = std::max(a.album.value_or(0.0), b.album.value_or(0.0));
    evidence.misplaced = true;
    compare_words(a.title, b.title, evidence);
    return true;
}

bool rescue_by_names(const Side& a, const Side& b, Evidence& evidence) {
    Reading left;
    Reading right;
    const double from_left = read_name(a, b, left) ? similarity(left.title, b.normal().title) : 0.0;
    const double from_right = read_name(b, a, right) ? similarity(right.title, a.normal().title) : 0.0;
    const double best = std::max(from_left, from_right);
    if (best < moved_name || best <= *evidence.title) return false;
    evidence.title = best;
    evidence.artist = 1.0;
    evidence.misplaced = true;
    evidence.shared_words = 1.0;
    evidence.words_replaced = false;
    return true;
}

// Title and artist as one bag of words, where the fields by themselves do not agree.
void rescue_by_joined_text(const Side& left, const Side& right, Evidence& evidence) {
    const bool doubtful = !evidence.artist || (*evidence.artist < unlike_credits && *evidence.title < alike);
    if (!doubtful || !left.outline.has(Outline::title_or_names) || !right.outline.has(Outline::title_or_names)) return;
    if (left.outline.joined_bag.ratio_at_most(right.outline.joined_bag) < moved_words) return;
    const NormalForm& a = left.normal();
    const NormalForm& b = right.normal();
    const double joined = ratio(a.joined, b.joined);
    if (joined < moved_words || joined <= *evidence.title) return;
    evidence.title = joined;
    evidence.artist = std::max(evidence.artist.value_or(0.0), joined);
    evidence.misplaced = true;
    compare_words(a.joined, b.joined, evidence);
    evidence.mixed_words = !keeps_a_name(a, b) && !keeps_a_name(b, a);
}

// All words of all fields agree although the fields do not: "Taz Taylor Band - The Reprise" without an artist.
void rescue_by_everything(Evidence& evidence) {
    const double joined = evidence.joined.value_or(0.0);
    if (joined < same_words || joined <= evidence.title.value_or(0.0)) return;
    evidence.title = joined;
    evidence.artist = std::max(evidence.artist.value_or(0.0), joined);
    evidence.misplaced = evidence.same_words = true;
    evidence.shared_words = joined;
    evidence.words_replaced = false;
}

// "Iko Iko" and "Iko Iko (My Bestie)", "Song Machine: Pac-Man" and "Pac-Man" by the same artist: one catalogue leaves
// the rest out, and with it the number of a series.
bool shorten(const NormalForm& one, const NormalForm& whole, Evidence& evidence) {
    const auto piece = std::find(whole.pieces.begin(), whole.pieces.end(), one.title.text);
    if (piece == whole.pieces.end()) return false;
    evidence.in_series = piece + 1 == whole.pieces.end();
    return true;
}

void rescue_shortened(const Side& a, const Side& b, Evidence& evidence) {
    if (evidence.artist.value_or(0.0) < alike || !either_has(a.outline, b.outline, Outline::pieces)) return;
    if (!shorten(a.normal(), b.normal(), evidence) && !shorten(b.normal(), a.normal(), evidence)) return;
    evidence.shortened = true;
    if (*evidence.title >= without_bracket) return;
    evidence.title = without_bracket;
    evidence.shared_words = 0.8;
}

}  // namespace

void rescue_misplaced(const Side& a, const Side& b, Evidence& evidence) {
    if (!evidence.title || evidence.romanized || *evidence.title >= 1.0) return;
    const bool artist_doubtful = evidence.artist.value_or(0.0) < unlike_credits;
    if (either_has(a.outline, b.outline, Outline::sections)) {
        const Reading left = read_segments(a.normal(), b.normal(), artist_doubtful);
        const Reading right = read_segments(b.normal(), a.normal(), artist_doubtful);
        if ((left.artist || left.album || right.artist || right.album) && adopt(left, right, evidence)) return;
    }
    rescue_shortened(a, b, evidence);
    if (*evidence.title >= alike || !artist_doubtful) return;
    if (!rescue_by_names(a, b, evidence)) rescue_by_joined_text(a, b, evidence);
    if (*evidence.title < alike) rescue_by_everything(evidence);
}

}  // namespace musicsync
