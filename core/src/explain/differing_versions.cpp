#include <algorithm>

#include "explain/findings.hpp"
#include "explain/words.hpp"

namespace musicsync {
namespace {

using Tokens = std::vector<VersionToken>;

bool contains(const Tokens& tokens, const VersionToken& token) {
    return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

// Those of `mine` that say something of the recording which the other side does not say in the same words.
Tokens own_tokens(const Tokens& mine, const NormalForm& other) {
    Tokens out;
    for (const VersionToken& token : mine) {
        const bool tells = changes_recording(token.kind) || token.detail == "mix";
        if (tells && !contains(other.versions, token) && !contains(other.album_versions, token)) out.push_back(token);
    }
    return out;
}

// What artist or album may say of the recording in place of the title (add_imitation of normal_form.cpp).
bool may_be_said_elsewhere(const VersionToken& token) noexcept {
    return token.kind == VersionKind::karaoke || token.kind == VersionKind::cover ||
           token.kind == VersionKind::interlude;
}

// "title" where the title itself says all of them, which is read again only where it is not certain.
std::string_view said_by(const Tokens& tokens, const Track& track) {
    if (std::none_of(tokens.begin(), tokens.end(), may_be_said_elsewhere)) return "title";
    const Tokens titled = parse_title(track.title()).versions;
    const bool all =
        std::all_of(tokens.begin(), tokens.end(), [&](const auto& token) { return contains(titled, token); });
    return all ? "title" : "side";
}

std::string only(std::string_view side, std::string_view field, const Tokens& tokens, const Track& track) {
    return "only the " + std::string(side) + " " + std::string(field) + " says " + in_words(tokens, track);
}

std::string said_on_albums(const Pair& pair) {
    const Tokens left = own_tokens(pair.left.normal().album_versions, pair.right.normal());
    const Tokens right = own_tokens(pair.right.normal().album_versions, pair.left.normal());
    if (!left.empty()) return only("left", "album", left, pair.left);
    return right.empty() ? "the versions may differ" : only("right", "album", right, pair.right);
}

}  // namespace

std::string differing_versions(const Pair& pair) {
    if (pair.evidence.version_gap == VersionGap::none) return "";
    const Tokens left = own_tokens(pair.left.normal().versions, pair.right.normal());
    const Tokens right = own_tokens(pair.right.normal().versions, pair.left.normal());
    if (left.empty() && right.empty()) return said_on_albums(pair);
    if (right.empty()) return only("left", said_by(left, pair.left), left, pair.left);
    if (left.empty()) return only("right", said_by(right, pair.right), right, pair.right);
    return "the left side says " + in_words(left, pair.left) + " where the right says " + in_words(right, pair.right);
}

}  // namespace musicsync
