#include <algorithm>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#include "musicsync/similarity.hpp"
#include "score/evidence.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

// What a track says of its version. Who is credited is looked at only where a version has an author.
class Versions {
  public:
    explicit Versions(const Side& side) noexcept : side_(side) {}
    [[nodiscard]] std::span<const VersionToken> of_title() const noexcept { return side_.outline.title_versions; }
    [[nodiscard]] std::span<const VersionToken> of_album() const noexcept { return side_.outline.album_versions; }
    [[nodiscard]] const Side& side() const noexcept { return side_; }

  private:
    const Side& side_;
};

// No two performances last as long to that.
constexpr double equal_duration_s = 2.0;

// Edits that one catalogue names and another does not: the same recording, cut.
bool is_soft(VersionKind kind) noexcept {
    return kind == VersionKind::radio_edit || kind == VersionKind::edit || kind == VersionKind::session ||
           kind == VersionKind::interlude;
}

// "2011 Mix": the tapes mixed anew, sold as a remaster is. With an author it is his remix.
bool is_new_mix(const VersionToken& token) noexcept {
    return token.kind == VersionKind::remix && token.year && token.detail.empty();
}

// "Chloe's Edit" is somebody's remix, "Radio Edit" and "Single Edit" are cuts.
bool has_author(const VersionToken& token) noexcept {
    constexpr std::string_view not_people[] = {"mixed", "club",  "spotify", "album", "single",
                                               "radio", "video", "tv",      "short"};
    return token.kind == VersionKind::edit && !token.detail.empty() &&
           std::find(std::begin(not_people), std::end(not_people), token.detail) == std::end(not_people);
}

// "TV Size", "Short Version": a minute and a half of the song, where a radio edit leaves out a verse.
bool is_short(const VersionToken& token) noexcept { return token.kind == VersionKind::edit && token.detail == "short"; }

bool is_soft(const VersionToken& token) noexcept {
    return (is_soft(token.kind) && !has_author(token) && !is_short(token) && token.detail != "commentary") ||
           is_new_mix(token);
}

// "2011 Mix" and "Remastered 2011" are one release's two names for it.
bool names_remaster(const VersionToken& token, const Versions& other) noexcept {
    return is_new_mix(token) &&
           std::any_of(other.of_title().begin(), other.of_title().end(), [&token](const auto& theirs) {
               return theirs.kind == VersionKind::remaster && theirs.year.value_or(*token.year) == *token.year;
           });
}

VersionKind family(VersionKind kind) noexcept {
    if (kind == VersionKind::unplugged) return VersionKind::acoustic;
    if (kind == VersionKind::radio_edit) return VersionKind::edit;
    if (kind == VersionKind::karaoke) return VersionKind::instrumental;
    return kind;
}

const VersionToken* find_family(std::span<const VersionToken> versions, VersionKind kind) noexcept {
    const auto found = std::find_if(versions.begin(), versions.end(),
                                    [kind](const VersionToken& token) { return family(token.kind) == family(kind); });
    return found == versions.end() ? nullptr : &*found;
}

// Unplugged says live and acoustic in one word.
bool is_unplugged(const Versions& form) noexcept {
    return std::any_of(form.of_title().begin(), form.of_title().end(),
                       [](const VersionToken& token) { return token.kind == VersionKind::unplugged; });
}

// Two remixes by different people, two concerts in different years.
bool details_differ(const VersionToken& a, const VersionToken& b) {
    if (a.year && b.year && a.year != b.year) return true;
    if ((is_new_mix(a) && !b.detail.empty()) || (is_new_mix(b) && !a.detail.empty())) return true;
    return !a.detail.empty() && !b.detail.empty() && token_sort(a.detail, b.detail) < 0.6;
}

// "Daisies - Oliver Heldens Remix" and "Daisies" by Katy Perry and Oliver Heldens: the credit says what the title
// leaves out.
bool credits_author(const VersionToken& token, const Versions& other) {
    constexpr double same_name = 0.85;
    const bool own_edit = has_author(token);  // the main artist's too
    if ((token.kind != VersionKind::remix && !own_edit) || token.detail.empty()) return false;
    const Names names(other.side());
    const std::size_t main_artists = own_edit ? 0 : 1;
    if (names.all().size() <= main_artists) return false;
    const std::u32string author = to_code_points(token.detail);
    const auto others = names.all().subspan(main_artists);
    return std::any_of(others.begin(), others.end(), [&author](std::u32string_view name) {
        return contains_words(author, name) || ratio(std::u32string_view(author), name) >= same_name;
    });
}

// "Single Mix", "Mono Mix": the release's own mix of the tapes, which another catalogue may not name.
VersionGap gap_of_packaging(const VersionToken& token, const Versions& other) {
    if (token.detail != "mix") return VersionGap::none;
    return std::find(other.of_title().begin(), other.of_title().end(), token) == other.of_title().end()
               ? VersionGap::soft
               : VersionGap::none;
}

VersionGap gap_of_token(const VersionToken& token, const Versions& other) {
    if (!changes_recording(token.kind)) return gap_of_packaging(token, other);
    const VersionToken* counterpart = find_family(other.of_title(), token.kind);
    if (counterpart != nullptr) return details_differ(token, *counterpart) ? VersionGap::hard : VersionGap::none;
    const VersionToken* on_album = find_family(other.of_album(), token.kind);
    if (on_album != nullptr) return details_differ(token, *on_album) ? VersionGap::hard : VersionGap::none;
    if (token.kind == VersionKind::live && is_unplugged(other)) return VersionGap::none;
    if (names_remaster(token, other)) return VersionGap::none;
    if (credits_author(token, other)) return VersionGap::soft;
    return is_soft(token) ? VersionGap::soft : VersionGap::hard;
}

bool of_one_length(std::optional<double> duration_gap_s) noexcept {
    return duration_gap_s && *duration_gap_s <= equal_duration_s;
}

// "Intro" and "Interlude" say what a track is for: of one length, it is the same without the word. So is the song on an
// album of commentary.
bool only_describes(const VersionToken& token, std::optional<double> duration_gap_s) noexcept {
    constexpr double about_equal_s = 3.0;
    return token.kind == VersionKind::interlude && duration_gap_s && *duration_gap_s <= about_equal_s;
}

VersionGap one_way(const Versions& a, const Versions& b, std::optional<double> duration_gap_s) {
    VersionGap worst = VersionGap::none;
    for (const VersionToken& token : a.of_title()) {
        if (only_describes(token, duration_gap_s)) continue;
        const VersionGap gap = gap_of_token(token, b);
        worst =
            std::max(worst, is_short(token) && of_one_length(duration_gap_s) ? std::min(gap, VersionGap::soft) : gap);
    }
    return worst;
}

bool only_on_album(const Versions& a, const Versions& b) {
    return std::any_of(a.of_album().begin(), a.of_album().end(), [&b](const VersionToken& token) {
        const bool hint = token.kind == VersionKind::live || token.kind == VersionKind::unplugged ||
                          token.kind == VersionKind::acoustic;
        return hint && find_family(b.of_album(), token.kind) == nullptr &&
               find_family(b.of_title(), token.kind) == nullptr;
    });
}

}  // namespace

VersionGap version_gap(const Side& left, const Side& right, std::optional<double> duration_gap_s) {
    const Versions a(left);
    const Versions b(right);
    const VersionGap titles = std::max(one_way(a, b, duration_gap_s), one_way(b, a, duration_gap_s));
    if (titles != VersionGap::none) return titles;
    const bool hinted = only_on_album(a, b) || only_on_album(b, a);
    return hinted && !of_one_length(duration_gap_s) ? VersionGap::soft : VersionGap::none;
}

bool other_version_keeps_length(const Side& left, const Side& right) {
    const Versions a(left);
    const Versions b(right);
    const auto names_one = [](const Versions& form, const Versions& other) {
        return std::any_of(form.of_title().begin(), form.of_title().end(), [&other](const VersionToken& token) {
            switch (token.kind) {
                case VersionKind::instrumental:
                case VersionKind::karaoke:
                case VersionKind::a_cappella:
                case VersionKind::language:
                case VersionKind::orchestral:
                case VersionKind::rerecorded:
                case VersionKind::interlude:
                case VersionKind::cover: return find_family(other.of_title(), token.kind) == nullptr;
                default: return false;
            }
        });
    };
    return names_one(a, b) || names_one(b, a);
}

bool versions_agree(const Side& left, const Side& right) {
    const Versions a(left);
    const Versions b(right);
    return std::any_of(a.of_title().begin(), a.of_title().end(), [&b](const VersionToken& token) {
        return changes_recording(token.kind) && find_family(b.of_title(), token.kind) != nullptr;
    });
}

}  // namespace musicsync
