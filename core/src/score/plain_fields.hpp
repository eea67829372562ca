// The fields of a track read as bytes: ASCII whose words are found once, and looked at for whatever could be read from
// them. Most fields say no more than their letters.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/normalize.hpp"
#include "score/credit_form.hpp"
#include "score/plain_text.hpp"
#include "score/said_versions.hpp"
#include "score/telling_words.hpp"

namespace musicsync {

// A title or an album: its words, all of them and those that are compared.
class PlainTitleText {
  public:
    // False, with anything in it, for what is not read so: a text that is too long, one without a word that is
    // compared, a title in sections, of which any may be a name or the album.
    [[nodiscard]] bool read_title(std::string_view title, const TellingWords& telling);
    [[nodiscard]] bool read_album(std::string_view album, const TellingWords& telling);

    [[nodiscard]] const PlainText& whole() const noexcept { return whole_; }
    [[nodiscard]] const PlainText& base() const noexcept { return parts_ ? base_ : whole_; }
    // What was read from it; nothing where it is words and nothing else.
    [[nodiscard]] const std::optional<TitleParts>& parts() const noexcept { return parts_; }
    // Of a title.
    [[nodiscard]] bool is_work() const noexcept { return is_work_; }
    [[nodiscard]] bool may_have_digits() const noexcept { return may_have_digits_; }
    // Of an album.
    [[nodiscard]] const SaidByAlbum& said() const noexcept { return said_; }

  private:
    [[nodiscard]] bool add(std::string_view given);
    [[nodiscard]] bool take_apart(std::string_view given);
    [[nodiscard]] bool read_one_guest(const TellingWords& telling);

    PlainText whole_;
    PlainText base_;
    std::optional<TitleParts> parts_;
    SaidByAlbum said_;
    bool is_work_ = false;
    bool may_have_digits_ = true;
};

// The names of the artist field, and those that the title features, joined by spaces.
class PlainCredits {
  public:
    // False for what is not read so: names that are too long together, or not ASCII.
    [[nodiscard]] bool read(const std::vector<std::string>& artists, const std::vector<std::string>& featured,
                            const TellingWords& telling);

    [[nodiscard]] const PlainText& line() const noexcept { return line_; }
    [[nodiscard]] std::span<const std::uint8_t> sizes() const noexcept { return {sizes_.data(), count_}; }
    [[nodiscard]] bool given() const noexcept { return given_; }
    // Of the names the last ones.
    [[nodiscard]] std::size_t guests() const noexcept { return guests_; }
    [[nodiscard]] const SaidByNames& said() const noexcept { return said_; }

  private:
    [[nodiscard]] bool add_ordinary(const std::vector<std::string>& artists, const TellingWords& telling);
    [[nodiscard]] bool add_as_they_are(const std::vector<std::string>& artists);
    [[nodiscard]] bool add_guests(const std::vector<std::string>& featured);
    [[nodiscard]] bool add_read(const std::vector<std::string>& artists, const std::vector<std::string>& featured);
    void clear() noexcept {
        line_.clear();
        count_ = 0;
    }
    bool begin_name() noexcept {
        if (count_ == most_names || (count_ > 0 && !line_.add(" "))) return false;
        begin_ = line_.text().size();
        return true;
    }
    bool end_name() noexcept {
        sizes_[count_++] = static_cast<std::uint8_t>(line_.text().size() - begin_);
        return line_.text().size() > begin_;
    }
    [[nodiscard]] std::string_view last_name() const noexcept { return line_.text().substr(begin_); }
    [[nodiscard]] bool is_repeated(std::string_view name) const noexcept;

    PlainText line_;
    std::array<std::uint8_t, most_names> sizes_;
    std::size_t count_ = 0;
    std::size_t begin_ = 0;  // of the last name
    std::size_t guests_ = 0;
    SaidByNames said_;
    bool given_ = false;
};

}  // namespace musicsync
