// The tracks of a catalogue in the order in which they are searched: by credit, then by album, so that tracks of one
// album stand side by side and what is known of their credit and album is worked out once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "catalog/signature.hpp"
#include "catalog/texts.hpp"
#include "kernels/kernels.hpp"

namespace musicsync::catalog {

// Signatures, each part in a column of its own.
struct SignatureColumns {
    std::vector<std::uint64_t> bits;
    std::vector<std::uint8_t> sizes;
    std::vector<std::uint8_t> others;
    void push_back(const Signature& signature) {
        bits.push_back(signature.bits);
        sizes.push_back(signature.size);
        others.push_back(signature.others);
    }
    // As the kernel takes them.
    [[nodiscard]] kernel::SignedTexts part(std::size_t begin, std::size_t end) const noexcept {
        return {bits.data() + begin, others.data() + begin, sizes.data() + begin, end - begin};
    }
};

// Rows of one credit and one album.
struct Groups {
    std::vector<std::uint32_t> begins;  // rows; one more than there are groups
    std::vector<std::uint32_t> credits;
    std::vector<std::uint32_t> albums;
    SignatureColumns signatures;  // of the albums
    [[nodiscard]] std::size_t size() const noexcept { return credits.size(); }
    // The group of a row.
    [[nodiscard]] std::size_t of(std::size_t row) const noexcept;
};

// What is asked for each track, by its position: texts as they are compared, in UTF-8.
struct TrackTexts {
    std::size_t count;
    std::function<bool(std::size_t)> fits;  // false: its texts are not asked for, and it gets no row
    std::function<std::string(std::size_t)> title;
    std::function<std::string(std::size_t)> credit;
    std::function<std::string(std::size_t)> album;
};

// Of a score: bounds are floats, and err towards comparing by this.
inline constexpr double rounding = 1e-4;

struct Rows {
    // Rows that are looked at together, while their part of each column is in the cache.
    static constexpr std::size_t in_chunk = 8192;

    Texts titles;
    Texts credits;
    Texts albums;
    std::vector<std::uint32_t> tracks;  // the position of each row's track
    std::vector<std::uint32_t> title_of;
    SignatureColumns title_signatures;  // of each row
    Groups groups;
    std::vector<std::uint32_t> others;  // tracks without a row: those that do not fit or have too long a text

    explicit Rows(const TrackTexts& texts);
    [[nodiscard]] std::size_t size() const noexcept { return tracks.size(); }
    // From the first row of a credit to behind its last.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> rows_of_credit(std::uint32_t credit) const noexcept;
};

// The credits that add most to a score, best first: what their tracks score is a good guess of what the best tracks do.
[[nodiscard]] std::vector<std::uint32_t> best_credits(std::span<const float> artists);

}  // namespace musicsync::catalog
