// Tracks as columns: what a file, a data frame or a table gives by the million, read where it lies.
//
//   musicsync::Result<musicsync::TrackReader> reader = musicsync::TrackReader::open("tracks.jsonl");   // jsonl.hpp
//   for (auto batch = reader->next(); batch && *batch; batch = reader->next())
//       for (std::size_t row = 0; row < (*batch)->columns.rows; ++row) use(track_at((*batch)->columns, row));
//
// The layouts are Arrow's (columnar format 1.x), so that its buffers need no copy; whoever has other texts gives a view
// of each. A TrackColumns is one batch of rows; long inputs are a sequence of them, and none needs the one before.
// Immutable once it is filled: many threads may read one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "musicsync/error.hpp"
#include "musicsync/track.hpp"

namespace musicsync {

// Which rows hold a value: Arrow's bitmap, bit `offset + row`, least significant first; nullptr: all of them.
struct Validity {
    const std::uint8_t* bits = nullptr;
    std::size_t offset = 0;
    [[nodiscard]] bool operator[](std::size_t row) const noexcept {
        return bits == nullptr || (bits[(offset + row) / 8] >> ((offset + row) % 8) & 1U) != 0;
    }
};

// The bitmap of the rows for which `known(row)`, empty where that is every row; `nulls` counts the others.
template <class Known>
[[nodiscard]] std::vector<std::uint8_t> validity_bitmap(std::size_t rows, const Known& known, std::size_t& nulls) {
    std::vector<std::uint8_t> bits((rows + 7) / 8);
    std::size_t set = 0;
    for (std::size_t byte = 0; byte < bits.size(); ++byte) {
        const std::size_t first = byte * 8;
        const std::size_t last = first + 8 < rows ? first + 8 : rows;
        unsigned gathered = 0;
        for (std::size_t row = first; row < last; ++row) {
            const auto bit = static_cast<unsigned>(known(row));
            gathered |= bit << (row - first);
            set += bit;
        }
        bits[byte] = static_cast<std::uint8_t>(gathered);
    }
    nulls = rows - set;
    if (nulls == 0) bits.clear();
    return bits;
}

// Offsets of 32 or 64 bits: item i is [at(i), at(i + 1)).
struct Offsets {
    const void* data = nullptr;
    bool wide = false;
    [[nodiscard]] std::size_t at(std::size_t i) const noexcept {
        return wide ? static_cast<std::size_t>(static_cast<const std::int64_t*>(data)[i])
                    : static_cast<std::size_t>(static_cast<const std::int32_t*>(data)[i]);
    }
};

// Texts, UTF-8 (unchecked: Track::make checks). A view whose data() is nullptr is unknown.
struct TextColumn {
    bool present = false;  // false: no such column, every row is unknown
    Offsets offsets{};     // into `bytes`; without them the rows are `views`
    const char* bytes = nullptr;
    Validity valid{};
    std::vector<std::string_view> views{};

    [[nodiscard]] std::string_view operator[](std::size_t row) const noexcept {
        if (!present) return {};
        if (offsets.data == nullptr) return views[row];
        if (!valid[row]) return {};
        const std::size_t start = offsets.at(row);
        return {bytes + start, offsets.at(row + 1) - start};
    }
};

// Numbers or flags, of the width they came in.
struct NumberColumn {
    enum class Type : std::uint8_t { none, bit, byte, i8, u8, i16, u16, i32, u32, i64, u64, f32, f64 };
    Type type = Type::none;  // none: no such column; bit: Arrow's booleans; byte: booleans of a byte each
    const void* data = nullptr;
    std::size_t bit_offset = 0;  // of a `bit` column
    Validity valid{};

    // The number in a row, 0 or 1 of a flag; nothing where it is unknown. Rounded from whole numbers beyond 2^53.
    [[nodiscard]] std::optional<double> operator[](std::size_t row) const noexcept;
    // The digits of a whole number; "" where it is unknown.
    [[nodiscard]] std::string digits(std::size_t row) const;
    [[nodiscard]] bool is_flag() const noexcept { return type == Type::bit || type == Type::byte; }
    [[nodiscard]] bool is_whole() const noexcept { return type >= Type::i8 && type <= Type::u64; }
};

// Credits: a list of names for each row, or one text.
struct CreditColumn {
    TextColumn names{};  // a row's credit, or where there are offsets its names [at(row), at(row + 1))
    Offsets lists{};
    Validity valid{};  // of the lists
};

// The columns by the keys that JSON Lines have for them (jsonl.hpp); an alias counts where the first name is unknown.
struct TrackColumns {
    std::size_t rows = 0;
    TextColumn id{};
    NumberColumn id_number{};  // where ids are numbers
    TextColumn title{}, track_name{};
    CreditColumn artists{}, artist{};
    TextColumn album{}, isrc{}, title_reading{}, artist_reading{};
    NumberColumn duration_ms{}, duration_s{};
    NumberColumn release_year{}, year{};
    NumberColumn explicit_{};
    std::shared_ptr<const void> owner{};  // of the memory that the columns point to; nullptr: the caller's
};

// The texts of TrackColumns by name, for those who fill it.
inline constexpr std::array<std::pair<std::string_view, TextColumn TrackColumns::*>, 7> text_columns{{
    {"id", &TrackColumns::id},
    {"title", &TrackColumns::title},
    {"track_name", &TrackColumns::track_name},
    {"album", &TrackColumns::album},
    {"isrc", &TrackColumns::isrc},
    {"title_reading", &TrackColumns::title_reading},
    {"artist_reading", &TrackColumns::artist_reading},
}};

// The numbers of TrackColumns by name; `explicit` takes flags only, the others numbers only.
inline constexpr std::array<std::pair<std::string_view, NumberColumn TrackColumns::*>, 5> number_columns{{
    {"duration_ms", &TrackColumns::duration_ms},
    {"duration_s", &TrackColumns::duration_s},
    {"release_year", &TrackColumns::release_year},
    {"year", &TrackColumns::year},
    {"explicit", &TrackColumns::explicit_},
}};

// The fields of a row as they are, not yet cleaned. Errc::invalid_value with field and row for a number that is NaN,
// beyond 10^12 or no year.
[[nodiscard]] Result<Track::Fields> fields_at(const TrackColumns& columns, std::size_t row);

// The track in a row. The errors of fields_at and Track::make, with the row.
[[nodiscard]] Result<Track> track_at(const TrackColumns& columns, std::size_t row);

}  // namespace musicsync
