// What an album and names say of the recording, where the title need not: "Live at Wembley" is a concert, whatever its
// tracks are called.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "musicsync/normalize.hpp"

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

// Adds to the versions of a title, and of its album, what these say.
void add_said(std::vector<VersionToken>& versions, std::vector<VersionToken>& album_versions, const SaidByNames& names,
              const SaidByAlbum& album);

// As the title says, else the album.
[[nodiscard]] std::optional<bool> explicitness(const std::vector<VersionToken>& title,
                                               const std::vector<VersionToken>& album);

// True for what a release of its year had been before: on a compilation, remastered, the "Single Version". For an
// anniversary a song may be recorded again.
[[nodiscard]] bool says_it_is_older(std::span<const VersionToken> versions,
                                    std::span<const VersionToken> album_versions, bool compilation) noexcept;

}  // namespace musicsync
