// What an album and names say of the recording, where the title need not: "Live at Wembley" is a concert, whatever its
// tracks are called.
#pragma once

#include <span>
#include <string_view>

namespace musicsync {

struct SaidByAlbum {
    bool live = false;
    bool unplugged = false;
    bool karaoke = false;
    bool talk = false;         // about the songs
    bool compilation = false;  // of recordings of elsewhere
    [[nodiscard]] bool version() const noexcept { return live || unplugged || karaoke || talk; }
};
// `album` is normalised.
[[nodiscard]] SaidByAlbum said_by_album(std::string_view album) noexcept;
// What it is said by besides the vocabulary's lists.
[[nodiscard]] std::span<const std::string_view> phrases_of_albums() noexcept;

struct SaidByNames {
    bool karaoke = false;
    bool cover = false;
    [[nodiscard]] bool version() const noexcept { return karaoke || cover; }
};
// `names` are normalised, and joined by spaces.
[[nodiscard]] SaidByNames said_by_names(std::string_view names) noexcept;

}  // namespace musicsync
