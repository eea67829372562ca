#include <algorithm>

#include "musicsync/similarity.hpp"
#include "score/evidence.hpp"

namespace musicsync {
namespace {

// No two performances last as long to that.
constexpr double equal_duration_s = 2.0;

// Edits that one catalogue names and another does not: the same recording, cut.
bool is_soft(VersionKind kind) noexcept {
    return kind == VersionKind::radio_edit || kind == VersionKind::edit || kind == VersionKind::session ||
           kind == VersionKind::interlude;
}

// "2011 Mix": the tapes mixed anew, sold as a remaster is. With an author it is his remix.
bool is_soft(const VersionToken& token) noexcept {
    return is_soft(token.kind) || (token.kind == VersionKind::remix && token.year && token.detail.empty());
}

VersionKind family(VersionKind kind) noexcept {
    if (kind == VersionKind::unplugged) return VersionKind::acoustic;
    if (kind == VersionKind::radio_edit) return VersionKind::edit;
    if (kind == VersionKind::karaoke) return VersionKind::instrumental;
    return kind;
}

const VersionToken* find_family(const std::vector<VersionToken>& versions, VersionKind kind) noexcept {
    const auto found = std::find_if(versions.begin(), versions.end(),
                                    [kind](const VersionToken& token) { return family(token.kind) == family(kind); });
    return found == versions.end() ? nullptr : &*found;
}

// Two remixes by different people, two concerts in different years.
bool details_differ(const VersionToken& a, const VersionToken& b) {
    if (a.year && b.year && a.year != b.year) return true;
    return !a.detail.empty() && !b.detail.empty() && token_sort(a.detail, b.detail) < 0.6;
}

// Unplugged says live and acoustic in one word.
bool is_unplugged(const NormalForm& form) noexcept {
    return std::any_of(form.versions.begin(), form.versions.end(),
                       [](const VersionToken& token) { return token.kind == VersionKind::unplugged; });
}

VersionGap gap_of_token(const VersionToken& token, const NormalForm& other) {
    if (!changes_recording(token.kind)) return VersionGap::none;
    const VersionToken* counterpart = find_family(other.versions, token.kind);
    if (counterpart != nullptr) return details_differ(token, *counterpart) ? VersionGap::hard : VersionGap::none;
    const VersionToken* on_album = find_family(other.album_versions, token.kind);
    if (on_album != nullptr) return details_differ(token, *on_album) ? VersionGap::hard : VersionGap::none;
    if (token.kind == VersionKind::live && is_unplugged(other)) return VersionGap::none;
    return is_soft(token) ? VersionGap::soft : VersionGap::hard;
}

VersionGap one_way(const NormalForm& a, const NormalForm& b) {
    VersionGap worst = VersionGap::none;
    for (const VersionToken& token : a.versions) worst = std::max(worst, gap_of_token(token, b));
    return worst;
}

bool only_on_album(const NormalForm& a, const NormalForm& b) {
    return std::any_of(a.album_versions.begin(), a.album_versions.end(), [&b](const VersionToken& token) {
        const bool hint = token.kind == VersionKind::live || token.kind == VersionKind::unplugged ||
                          token.kind == VersionKind::acoustic;
        return hint && find_family(b.album_versions, token.kind) == nullptr &&
               find_family(b.versions, token.kind) == nullptr;
    });
}

}  // namespace

VersionGap version_gap(const NormalForm& a, const NormalForm& b, std::optional<double> duration_gap_s) {
    const VersionGap titles = std::max(one_way(a, b), one_way(b, a));
    if (titles != VersionGap::none) return titles;
    const bool hinted = only_on_album(a, b) || only_on_album(b, a);
    return hinted && duration_gap_s.value_or(equal_duration_s + 1.0) > equal_duration_s ? VersionGap::soft
                                                                                        : VersionGap::none;
}

bool versions_agree(const NormalForm& a, const NormalForm& b) noexcept {
    return std::any_of(a.versions.begin(), a.versions.end(), [&b](const VersionToken& token) {
        return changes_recording(token.kind) && find_family(b.versions, token.kind) != nullptr;
    });
}

}  // namespace musicsync
