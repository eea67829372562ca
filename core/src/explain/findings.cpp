#include "explain/findings.hpp"

#include <algorithm>
#include <cstdlib>

#include "explain/words.hpp"
#include "similarity/code_points.hpp"
#include "similarity/lcs.hpp"

namespace musicsync {
namespace {

constexpr double agrees = 0.85;
constexpr double differs = 0.6;
constexpr double close_s = 3.0;
constexpr int years_apart = 10;

std::string joined_names(const Track& track) { return quoted(listed(track.artists(), 3)); }

// The credits as the sides show them: what only a title features is not among the artists as given.
std::string shown_credits(const Track& track) {
    if (!track.artists().empty()) return joined_names(track);
    return quoted(to_utf8(track.normal().credits.line.text));
}

std::string one_side(bool left, bool right, const std::string& what) {
    if (left && right) return "neither side has " + what;
    return std::string("the ") + (left ? "left" : "right") + " side has no " + what.substr(what.find(' ') + 1);
}

std::string differing_artists(const Pair& pair) {
    const Evidence& e = pair.evidence;
    if (e.artist_in_other_script)
        return "the artists " + shown_credits(pair.left) + " and " + shown_credits(pair.right) +
               " are in scripts that cannot be compared";
    if (!e.artist) {
        const bool left = pair.left.normal().credits.names.empty();
        return one_side(left, pair.right.normal().credits.names.empty(), "an artist");
    }
    if (*e.artist < differs || e.other_name) return shown_credits(pair.left) + " is not " + shown_credits(pair.right);
    if (*e.artist < agrees) return "the artists are " + shown_credits(pair.left) + " and " + shown_credits(pair.right);
    return "";
}

// The guests of `a` that nobody on the other side is like.
std::vector<std::string> missing_guests(const Track& a, const Track& b) {
    constexpr double same_name = 0.8;
    std::vector<std::string> out;
    const CreditForm& credits = a.normal().credits;
    const std::span<const std::u32string_view> others = b.normal().credits.names;
    for (std::size_t i = credits.names.size() - credits.guests; i < credits.names.size(); ++i) {
        const std::u32string_view guest = credits.names[i];
        const bool there = std::any_of(others.begin(), others.end(),
                                       [guest](std::u32string_view name) { return ratio(guest, name) >= same_name; });
        if (!there) out.push_back(quoted(as_written(to_utf8(guest), a.title())));
    }
    return out;
}

std::string differing_guests(const Pair& pair) {
    if (!pair.evidence.guest_missing) return "";
    const std::vector<std::string> left = missing_guests(pair.left, pair.right);
    const std::vector<std::string> right = missing_guests(pair.right, pair.left);
    if (right.empty()) return "only the left title features " + listed(left, 3);
    if (left.empty()) return "only the right title features " + listed(right, 3);
    return "the left title features " + listed(left, 3) + " where the right features " + listed(right, 3);
}

std::string differing_parts(const Pair& pair) {
    const std::optional<int> left = pair.left.normal().part;
    const std::optional<int> right = pair.right.normal().part;
    if (pair.evidence.part_conflict)
        return "the part numbers differ (" + std::to_string(*left) + " and " + std::to_string(*right) + ")";
    if (!pair.evidence.part_missing) return "";
    return left ? "only the left title names a part (" + std::to_string(*left) + ")"
                : "only the right title names a part (" + std::to_string(right.value_or(1)) + ")";
}

std::string numbers_of(const NormalForm& form) {
    std::vector<std::string> out;
    out.reserve(form.numbers.size());
    for (const std::u32string_view number : form.numbers) out.push_back(to_utf8(number));
    if (out.empty() && form.ending_number) out.push_back(std::to_string(*form.ending_number));
    return listed(out, 3);
}

std::string differing_numbers(const Pair& pair) {
    if (!pair.evidence.number_conflict) return "";
    return "the numbers in the titles differ (" + numbers_of(pair.left.normal()) + " / " +
           numbers_of(pair.right.normal()) + ")";
}

std::string differing_years(const Pair& pair) {
    if (pair.evidence.year_gap.value_or(0) < years_apart) return "";
    return "the years are " + std::to_string(*pair.evidence.year_gap) + " apart (" +
           std::to_string(*pair.left.release_year()) + " and " + std::to_string(*pair.right.release_year()) + ")";
}

std::string differing_albums(const Pair& pair) {
    if (pair.evidence.album.value_or(1.0) >= differs) return "";
    return "the albums are " + quoted(pair.left.album()) + " and " + quoted(pair.right.album());
}

// A title that nearly agrees is told among the differences.
void add_texts(const Evidence& e, std::vector<std::string>& out) {
    const bool title = e.title.value_or(0.0) >= 1.0 && !e.romanized;
    const double artist = e.artist.value_or(0.0);
    if (title && artist >= 1.0) {
        out.emplace_back("title and artist agree");
        return;
    }
    if (title) out.emplace_back("the title agrees");
    if (artist < agrees || e.other_name) return;
    out.emplace_back(artist >= 1.0                       ? "the artist agrees"
                     : e.any_artist.value_or(0.0) >= 1.0 ? "the main artist agrees"
                                                         : "the artist nearly agrees");
}

// Which title holds the other side's artist or album.
std::string moved_text(const Pair& pair) {
    const auto reads = [](const Track& mine, const Track& other) -> std::string {
        const NormalForm& form = mine.normal();
        const NormalForm& their = other.normal();
        const std::u32string_view whole = form.whole;
        const bool artist = !their.credits.names.empty() && whole != their.credits.names.front() &&
                            whole.size() > their.credits.names.front().size() &&
                            contains_words(whole, their.credits.names.front());
        const bool album =
            !their.album.empty() && whole.size() > their.album.text.size() && contains_words(whole, their.album.text);
        if (!artist && !album) return "";
        return quoted(mine.title()) + " was read as " + (artist ? "artist and title" : "title and album");
    };
    if (std::string left = reads(pair.left, pair.right); !left.empty()) return left;
    if (std::string right = reads(pair.right, pair.left); !right.empty()) return right;
    return "the same words stand in other fields";
}

std::string latin_title(const Pair& pair) {
    const TextForm& left = pair.left.normal().romanized_title;
    const TextForm& form = left.empty() ? pair.right.normal().romanized_title : left;
    return "the titles agree in Latin letters" + (form.empty() ? "" : " (" + quoted(to_utf8(form.text)) + ")");
}

void add(std::vector<Finding>& out, Topic topic, std::string text) {
    if (!text.empty()) out.push_back({topic, std::move(text)});
}

}  // namespace

std::vector<Finding> differences(const Pair& pair) {
    const Evidence& e = pair.evidence;
    std::vector<Finding> out;
    add(out, e.version_gap == VersionGap::hard ? Topic::version : Topic::edit, differing_versions(pair));
    add(out, Topic::part, differing_parts(pair));
    add(out, Topic::number, differing_numbers(pair));
    if (!e.number_conflict && !e.part_conflict) add(out, Topic::title, differing_titles(pair));
    add(out, Topic::artist, differing_artists(pair));
    if (e.duration_gap_s.value_or(0.0) > close_s) add(out, Topic::duration, lengths_apart(*e.duration_gap_s));
    add(out, Topic::guest, differing_guests(pair));
    add(out, Topic::year, differing_years(pair));
    if (e.explicit_conflict)
        add(out, Topic::explicitness,
            std::string("only the ") + (*pair.left.explicit_() ? "left" : "right") + " is explicit");
    add(out, Topic::album, differing_albums(pair));
    if (!e.duration_gap_s)
        add(out, Topic::no_length, one_side(!pair.left.duration(), !pair.right.duration(), "a length"));
    return out;
}

std::vector<std::string> agreements(const Pair& pair) {
    const Evidence& e = pair.evidence;
    std::vector<std::string> out;
    if (e.isrc_equal) out.push_back("both carry the ISRC " + pair.left.isrc());
    if (e.romanized) out.push_back(latin_title(pair));
    add_texts(e, out);
    if (e.misplaced) out.push_back(moved_text(pair));
    if (e.version_agrees && e.version_gap == VersionGap::none) out.emplace_back("both name the same version");
    if (e.duration_gap_s && *e.duration_gap_s <= close_s) out.push_back(lengths_apart(*e.duration_gap_s));
    if (e.album.value_or(0.0) >= agrees && !e.duration_gap_s) out.emplace_back("the album agrees");
    return out;
}

}  // namespace musicsync
