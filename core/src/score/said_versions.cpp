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

}  // namespace musicsync
