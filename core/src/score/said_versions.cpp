#include "score/said_versions.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "normalize/vocabulary.hpp"

namespace musicsync {
namespace {

using text::Role;

constexpr std::uint32_t of_albums =
    text::mask(Role::album_karaoke) | text::mask(Role::album_live) | text::mask(Role::album_compilation);
constexpr std::uint32_t of_names = text::mask(Role::album_karaoke) | text::mask(Role::cover_credit);

bool has_word(std::string_view text, std::string_view phrase) noexcept {
    for (std::size_t at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
        const std::size_t end = at + phrase.size();
        if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ')) return true;
    }
    return false;
}

bool is_talk(std::string_view album) noexcept {
    constexpr std::array<std::string_view, 4> phrases{"commentary", "commentaries", "track by track", "interviews"};
    const auto stands = [album](std::string_view phrase) { return has_word(album, phrase); };
    return album.size() >= 10 && std::any_of(phrases.begin(), phrases.end(), stands);
}

}  // namespace

SaidByAlbum said_by_album(std::string_view album) noexcept {
    const std::uint32_t said = text::vocabulary().said(of_albums, album);
    SaidByAlbum out;
    out.live = text::has(said, Role::album_live) || album.starts_with("live ") || album.ends_with(" live");
    out.unplugged = has_word(album, "unplugged");
    out.karaoke = text::has(said, Role::album_karaoke);
    out.talk = is_talk(album);
    out.compilation = text::has(said, Role::album_compilation);
    return out;
}

SaidByNames said_by_names(std::string_view names) noexcept {
    const std::uint32_t said = text::vocabulary().said(of_names, names);
    return {text::has(said, Role::album_karaoke), text::has(said, Role::cover_credit)};
}

}  // namespace musicsync
