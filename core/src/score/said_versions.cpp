#include "score/said_versions.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>

#include "normalize/vocabulary.hpp"

namespace musicsync {
namespace {

using text::Role;

constexpr std::uint32_t of_albums =
    text::mask(Role::album_karaoke) | text::mask(Role::album_live) | text::mask(Role::album_compilation);
constexpr std::uint32_t of_names = text::mask(Role::album_karaoke) | text::mask(Role::cover_credit);

// Calls read(rest) with the text from each word on.
template <class Read>
void for_each_word(std::string_view text, Read read) {
    while (!text.empty()) {
        read(text);
        text.remove_prefix(std::min(text.find(' '), text.size() - 1) + 1);
    }
}

bool begins_with_words(std::string_view text, std::string_view words) noexcept {
    return text.starts_with(words) && (text.size() == words.size() || text[words.size()] == ' ');
}

constexpr std::array<std::string_view, 6> said_by_albums{"live",         "unplugged",      "commentary",
                                                         "commentaries", "track by track", "interviews"};
constexpr auto of_talk = std::span(said_by_albums).last<4>();  // about the songs

bool begins_with_talk(std::string_view text) noexcept {
    return std::any_of(of_talk.begin(), of_talk.end(),
                       [text](std::string_view phrase) { return begins_with_words(text, phrase); });
}

bool has_version(const std::vector<VersionToken>& versions, VersionKind kind) noexcept {
    return std::any_of(versions.begin(), versions.end(), [kind](const VersionToken& v) { return v.kind == kind; });
}

void add_version(std::vector<VersionToken>& versions, VersionKind kind) {
    if (!has_version(versions, kind)) versions.push_back(VersionToken{kind, {}, {}});
}

}  // namespace

SaidByAlbum said_by_album(std::string_view album) noexcept {
    const std::uint32_t said = text::vocabulary().said(of_albums, album);
    SaidByAlbum out;
    out.live = text::has(said, Role::album_live) || album.starts_with("live ") || album.ends_with(" live");
    out.karaoke = text::has(said, Role::album_karaoke);
    out.compilation = text::has(said, Role::album_compilation);
    for_each_word(album, [&out](std::string_view rest) {
        switch (rest.front()) {  // few words begin as those that are looked for
            case 'u': out.unplugged = out.unplugged || begins_with_words(rest, "unplugged"); break;
            case 'c':
            case 'i':
            case 't': out.talk = out.talk || begins_with_talk(rest); break;
            default: break;
        }
    });
    return out;
}

std::span<const std::string_view> phrases_of_albums() noexcept { return said_by_albums; }

SaidByNames said_by_names(std::string_view names) noexcept {
    const std::uint32_t said = text::vocabulary().said(of_names, names);
    return {text::has(said, Role::album_karaoke), text::has(said, Role::cover_credit)};
}

// "Live at Wembley", "MTV Unplugged in New York": what an album's name says of all its tracks. Who sings it can say
// that it is an imitation: "Karaoke Star", "The Tribute Players", "Karaoke Hits Vol. 3".
void add_said(std::vector<VersionToken>& versions, std::vector<VersionToken>& album_versions, const SaidByNames& names,
              const SaidByAlbum& album) {
    if (album.live) add_version(album_versions, VersionKind::live);
    if (album.unplugged) add_version(album_versions, VersionKind::unplugged);
    if (names.karaoke || album.karaoke) add_version(versions, VersionKind::karaoke);
    if (album.talk) versions.push_back({VersionKind::interlude, "commentary", {}});
    if (names.cover) add_version(versions, VersionKind::cover);
}

// An explicit album has songs that are not.
std::optional<bool> explicitness(const std::vector<VersionToken>& title, const std::vector<VersionToken>& album) {
    if (has_version(title, VersionKind::clean)) return false;
    if (has_version(title, VersionKind::explicit_)) return true;
    return has_version(album, VersionKind::clean) ? std::optional(false) : std::nullopt;
}

bool says_it_is_older(std::span<const VersionToken> versions, std::span<const VersionToken> album_versions,
                      bool compilation) noexcept {
    const auto has = [&](std::initializer_list<VersionKind> kinds) {
        const auto any_of = [&kinds](std::span<const VersionToken> tokens) {
            return std::any_of(tokens.begin(), tokens.end(), [&kinds](const VersionToken& token) {
                return std::find(kinds.begin(), kinds.end(), token.kind) != kinds.end();
            });
        };
        return any_of(versions) || any_of(album_versions);
    };
    if (has({VersionKind::anniversary})) return false;
    return compilation || has({VersionKind::remaster, VersionKind::deluxe, VersionKind::mono, VersionKind::stereo,
                               VersionKind::album_version, VersionKind::single_version});
}

}  // namespace musicsync
