// What the rows of `standard` need of tracks: told by the distinct titles, credits and albums of those whose fields are
// read by themselves, or by a track that is made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/forms.hpp"
#include "catalog/records.hpp"
#include "catalog/signature.hpp"
#include "musicsync/track.hpp"
#include "score/alone.hpp"

namespace musicsync::catalog {

// What titles, credits and albums say that are read by themselves.
class FieldForms {
  public:
    explicit FieldForms(const Records& records);

    [[nodiscard]] const Forms& titles() const noexcept { return titles_; }
    [[nodiscard]] const Forms& credits() const noexcept { return credits_; }
    [[nodiscard]] const Forms& albums() const noexcept { return albums_; }
    [[nodiscard]] const PlainTitle& said(std::size_t track) const noexcept { return said_[records_.title_of[track]]; }
    // Whom the title of a track names besides its credit; none for most.
    [[nodiscard]] const std::vector<std::string>& featured(std::size_t track) const noexcept;
    // All that was given where it is more than what is compared; empty where it is not.
    [[nodiscard]] std::string_view whole_title(std::size_t track) const noexcept;
    [[nodiscard]] std::string_view whole_album(std::size_t track) const noexcept;
    // True where the track need not be made.
    [[nodiscard]] bool tell(std::size_t track) const noexcept {
        return std::size_t{title_sizes_[records_.title_of[track]]} + credit_sizes_[records_.credit_of[track]] +
                   album_sizes_[records_.album_of[track]] + 2 <=
               longest_signed;
    }

  private:
    bool read_title(std::size_t id, std::string& out);
    bool read_album(std::size_t id, std::string& out);

    const Records& records_;
    std::vector<PlainTitle> said_;                                 // by the titles
    std::vector<std::unique_ptr<const TitleAlone>> titles_alone_;  // of those that are not plain
    std::vector<std::unique_ptr<const AlbumAlone>> albums_alone_;
    Forms titles_;
    Forms credits_;
    Forms albums_;
    std::vector<std::uint8_t> title_sizes_;
    std::vector<std::uint8_t> credit_sizes_;
    std::vector<std::uint8_t> album_sizes_;
};

// What the rows of a track need that has to be made, or whose title names guests.
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
    // Of a track that the forms tell.
    StandardTexts(const FieldForms& forms, const Records& records, std::size_t track);
};

}  // namespace musicsync::catalog
