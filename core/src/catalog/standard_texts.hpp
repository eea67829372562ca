// What the rows of `standard` need of tracks: told by the distinct titles, credits and albums of plain ones, or by a
// track that is made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/forms.hpp"
#include "catalog/records.hpp"
#include "catalog/signature.hpp"
#include "musicsync/track.hpp"
#include "score/plain_track.hpp"

namespace musicsync::catalog {

// What titles, credits and albums say of plain tracks.
struct PlainForms {
    const Records& records;
    std::vector<PlainTitle> said;  // by the titles
    Forms titles;
    Forms credits;
    Forms albums;
    std::vector<std::uint8_t> title_sizes;
    std::vector<std::uint8_t> credit_sizes;
    std::vector<std::uint8_t> album_sizes;

    explicit PlainForms(const Records& some);
    // True where the track need not be made.
    [[nodiscard]] bool tell(std::size_t track) const noexcept {
        return std::size_t{title_sizes[records.title_of[track]]} + credit_sizes[records.credit_of[track]] +
                   album_sizes[records.album_of[track]] + 2 <=
               longest_signed;
    }
};

// What the rows of a track that has to be made need.
struct StandardTexts {
    struct Row {
        std::string title;
        std::string credit;
    };
    std::vector<Row> rows{};  // that of the whole title first; none: it has no row, and nothing else is known
    std::string album{};
    std::optional<std::u32string> everything{};  // where it is not the words of the others
    PlainTitle said{};
    bool not_latin = false;

    StandardTexts() = default;
    explicit StandardTexts(const Track& track);
};

}  // namespace musicsync::catalog
