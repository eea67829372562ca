#include <algorithm>

#include "musicsync/similarity.hpp"
#include "score/evidence.hpp"

namespace musicsync {
namespace {

// Edits that one catalogue names and another does not: the same recording, cut.
bool is_soft(VersionKind kind) noexcept {
    return kind == VersionKind::radio_edit || kind == VersionKind::edit || kind == VersionKind::session;
}

VersionKind family(VersionKind kind) noexcept {
    if (kind == VersionKind::unplugged) return VersionKind::acoustic;
    if (kind == VersionKind::radio_edit) return VersionKind::edit;
    if (kind == VersionKind::karaoke) return VersionKind::instrumental;
    return kind;
}

const VersionToken* find_family(const std::vector<VersionToken>& versions, VersionKind kind) noexcept {
    const auto found = std::find_if(versions.begin(), versions.end(), [kind](const VersionToken& token) {
        return family(token.kind) == family(kind);
    });
    return found == versions.end() ? nullptr : &*found;
}

// Two remixes by different people, two concerts in different years.
bool details_differ(const VersionToken& a, const VersionToken& b) {
    if (a.year && b.year && a.year != b.year) return true;
    return !a.detail.empty() && !b.detail.empty() && token_sort(a.detail, b.detail) < 0.6;
}

VersionGap gap_of_token(const VersionToken& token, const NormalForm& other) {
    if (!changes_recording(token.kind)) return VersionGap::none;
    const VersionToken* counterpart = find_family(other.versions, token.kind);
    if (counterpart != nullptr) return details_differ(token, *counterpart) ? VersionGap::hard : VersionGap::none;
    if (find_family(other.album_versions, token.kind) != nullptr) return VersionGap::none;
    return is_soft(token.kind) ? VersionGap::soft : VersionGap::hard;
}

VersionGap one_way(const NormalForm& a, const NormalForm& b) {
    VersionGap worst = VersionGap::none;
    for (const VersionToken& token : a.versions) worst = std::max(worst, gap_of_token(token, b));
    return worst;
}

// "Live at Wembley" as an album's name makes its plain titles doubtful, against an album that does not say so.
VersionGap albums_only(const NormalForm& a, const NormalForm& b) {
    for (const VersionToken& token : a.album_versions) {
        const bool hint = token.kind == VersionKind::live || token.kind == VersionKind::karaoke || token.kind == VersionKind::acoustic;
        const bool shared = find_family(b.album_versions, token.kind) != nullptr || find_family(b.versions, token.kind) != nullptr;
        if (hint && !shared && !b.album.empty()) return VersionGap::soft;
    }
    return VersionGap::none;
}

}  // namespace

VersionGap version_gap(const NormalForm& a, const NormalForm& b) {
    const VersionGap titles = std::max(one_way(a, b), one_way(b, a));
    return std::max({titles, albums_only(a, b), albums_only(b, a)});
}

}  // namespace musicsync
