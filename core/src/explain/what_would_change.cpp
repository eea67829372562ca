#include <algorithm>
#include <chrono>
#include <span>

#include "explain/words.hpp"
#include "musicsync/explain.hpp"
#include "score/normal_form.hpp"

namespace musicsync {
namespace {

using Fields = Track::Fields;
using std::chrono::milliseconds;

constexpr std::size_t most_changes = 3;
constexpr milliseconds some_length{210'000};  // where neither side knows its own

// A pair as it might be, and how to say so.
struct Supposed {
    std::string_view fact;
    std::string_view action;
    std::string_view side;
    std::string words;  // "If …"
    Fields left;
    Fields right;
};

std::string_view verdict_in_words(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::accept: return "it would be accepted";
        case Verdict::ambiguous: return "it would be a question for a person";
        case Verdict::reject: return "it would be rejected";
    }
    return "it would be rejected";
}

// The title without what was read as its version, or nothing where that cannot be written without another change.
std::optional<std::string> without_version(const Track& track) {
    const NormalForm& form = track.normal();
    const TitleParts parts = parse_title(track.title());
    if (parts.versions.empty()) return std::nullopt;
    std::string title = parts.base;
    if (parts.part) title += " part " + std::to_string(*parts.part);
    for (std::size_t i = 0; i < parts.featured.size(); ++i) title += (i == 0 ? " feat. " : ", ") + parts.featured[i];
    Fields fields = track.fields();
    fields.title = title;
    const NormalForm plain(fields);
    const bool same_song = plain.title.text == form.title.text && plain.part == form.part &&
                           std::ranges::equal(plain.credits.names, form.credits.names) &&
                           parse_title(title).versions.empty();
    return same_song ? std::optional(title) : std::nullopt;
}

class Supposing {
  public:
    Supposing(const Profile& profile, const Track& left, const Track& right)
        : profile_(profile), left_(left), right_(right), now_(decide(profile, left, std::span(&right, 1)).verdict) {}

    std::vector<Change> changes() && {
        if (now_ != Verdict::accept) suppose_agreement();
        if (now_ != Verdict::reject) suppose_difference();
        return std::move(changes_);
    }

  private:
    // Smallest first: what is only unknown, then single facts, then whole texts.
    void suppose_agreement() {
        suppose_equal_durations();
        suppose_equal_isrcs();
        suppose_equal_years();
        suppose_equal_albums();
        suppose_plain("left", left_);
        suppose_plain("right", right_);
        suppose_equal_artists();
        suppose_equal_titles();
    }

    void suppose_difference() {
        if (left_.isrc() == right_.isrc() && !right_.isrc().empty()) {
            Supposed other = as_is("isrc", "removed", "right", "If the right side had no ISRC");
            other.right.isrc.clear();
            try_out(std::move(other));
        }
        suppose_other_duration();
        if (left_.normal().versions.empty() && right_.normal().versions.empty() && !right_.title().empty()) {
            Supposed live = as_is("version", "added", "right", "If only the right title said ‘Live’");
            live.right.title += " (Live)";
            try_out(std::move(live));
        }
        Supposed other = as_is("artists", "different", "right", "If the right side were by somebody else");
        other.right.artists = {"Zzyzx Qwertz"};  // shares no word with anybody
        other.right.artist_reading.clear();
        try_out(std::move(other));
    }

    void suppose_equal_durations() {
        if (left_.duration() && left_.duration() == right_.duration()) return;
        const bool known = left_.duration() && right_.duration();
        const std::string_view side = known || left_.duration() ? "right" : right_.duration() ? "left" : "both";
        const milliseconds length = left_.duration().value_or(right_.duration().value_or(some_length));
        Supposed same = as_is("duration", "equal", side,
                              known            ? "If the lengths were equal"
                              : side == "both" ? "If both lengths were known and equal"
                                               : "If the " + std::string(side) + " length were known and the same");
        same.left.duration = same.right.duration = length;
        try_out(std::move(same));
    }

    // The smallest of a few gaps that speaks against the pair.
    void suppose_other_duration() {
        const std::optional<Verdict> wanted =
            now_ == Verdict::ambiguous ? std::optional(Verdict::reject) : std::nullopt;
        const bool from_left = left_.duration() || !right_.duration();
        const milliseconds length = from_left ? left_.duration().value_or(some_length) : *right_.duration();
        const std::string_view side = left_.duration() ? "right" : right_.duration() ? "left" : "both";
        for (const int seconds : {5, 10, 20, 30, 60}) {
            const milliseconds longer = length + std::chrono::seconds(seconds);
            Supposed other =
                as_is("duration", "different", side, "If the lengths were " + std::to_string(seconds) + " s apart");
            other.left.duration = from_left ? length : longer;
            other.right.duration = from_left ? longer : length;
            if (try_out(std::move(other), wanted)) return;
        }
    }

    void suppose_equal_isrcs() {
        if (!left_.isrc().empty() && left_.isrc() == right_.isrc()) return;
        const bool from_left = !left_.isrc().empty();
        const std::string_view side = from_left ? "right" : right_.isrc().empty() ? "both" : "left";
        Supposed same = as_is("isrc", "equal", side, "If both carried the same ISRC");
        const std::string code = from_left ? left_.isrc() : right_.isrc().empty() ? "ZZZZZ0000001" : right_.isrc();
        same.left.isrc = same.right.isrc = code;
        try_out(std::move(same),
                Verdict::accept);  // a code that the rest contradicts makes a question of any two songs
    }

    void suppose_equal_years() {
        if (!left_.release_year() || !right_.release_year() || left_.release_year() == right_.release_year()) return;
        Supposed same =
            as_is("release_year", "equal", "right", "If both were of " + std::to_string(*left_.release_year()));
        same.right.release_year = left_.release_year();
        try_out(std::move(same));
    }

    void suppose_equal_albums() {
        if (left_.album() == right_.album()) return;
        const bool from_left = !left_.album().empty();
        const std::string album = from_left ? left_.album() : right_.album();
        Supposed same =
            as_is("album", "equal", from_left ? "right" : "left", "If both were on the album " + quoted(album));
        same.left.album = same.right.album = album;
        try_out(std::move(same));
    }

    void suppose_plain(std::string_view side, const Track& track) {
        const std::optional<std::string> plain = without_version(track);
        if (!plain) return;
        Supposed other = as_is("version", "removed", side,
                               "If the " + std::string(side) + " title did not say " +
                                   in_words(parse_title(track.title()).versions, track));
        (side == "left" ? other.left : other.right).title = *plain;
        try_out(std::move(other));
    }

    void suppose_equal_artists() {
        if (left_.artists() == right_.artists()) return;
        const bool from_left = !left_.artists().empty();
        const std::vector<std::string> artists = from_left ? left_.artists() : right_.artists();
        const std::string reading = from_left ? left_.artist_reading() : right_.artist_reading();
        Supposed same =
            as_is("artists", "equal", from_left ? "right" : "left", "If both were by " + quoted(listed(artists, 3)));
        same.left.artists = same.right.artists = artists;
        same.left.artist_reading = same.right.artist_reading = reading;
        try_out(std::move(same));
    }

    void suppose_equal_titles() {
        const bool by_version = std::any_of(changes_.begin(), changes_.end(),
                                            [](const Change& change) { return change.fact == "version"; });
        if (by_version || left_.title() == right_.title()) return;
        const bool from_left = !left_.title().empty();
        const std::string title = from_left ? left_.title() : right_.title();
        const std::string reading = from_left ? left_.title_reading() : right_.title_reading();
        Supposed same = as_is("title", "equal", from_left ? "right" : "left", "If both were called " + quoted(title));
        same.left.title = same.right.title = title;
        same.left.title_reading = same.right.title_reading = reading;
        try_out(std::move(same));
    }

    [[nodiscard]] Supposed as_is(std::string_view fact, std::string_view action, std::string_view side,
                                 std::string words) const {
        return {fact, action, side, std::move(words), left_.fields(), right_.fields()};
    }

    // Compares and decides the supposed pair; keeps it where the verdict is another. A text that grew beyond what a
    // track may hold is no change that could happen. True for one that was kept.
    bool try_out(Supposed supposed, std::optional<Verdict> wanted = std::nullopt) {
        if (changes_.size() == most_changes) return false;
        const Result<Track> left = Track::make(std::move(supposed.left));
        const Result<Track> right = Track::make(std::move(supposed.right));
        if (!left || !right) return false;
        const Decision then = decide(profile_, *left, std::span(&*right, 1));
        if (then.verdict == now_ || then.verdict != wanted.value_or(then.verdict)) return false;
        supposed.words += ", " + std::string(verdict_in_words(then.verdict)) + ".";
        changes_.push_back({supposed.fact, supposed.action, supposed.side, then.verdict, then.score, then.probability,
                            std::move(supposed.words)});
        return true;
    }

    const Profile& profile_;
    const Track& left_;
    const Track& right_;
    Verdict now_;
    std::vector<Change> changes_;
};

}  // namespace

std::vector<Change> what_would_change(const Profile& profile, const Track& a, const Track& b) {
    return Supposing(profile, a, b).changes();
}

}  // namespace musicsync
