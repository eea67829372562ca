// Lines of the shape of one before: the same keys in the same order with the same blanks between. Nearly all lines of a
// file are. What stands between two values is compared in one go, and the values go straight into the columns.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "ingest/column_builder.hpp"
#include "ingest/row.hpp"

namespace musicsync::json {

class KnownLine {
  public:
    // Takes the shape of the line at [begin, end) of `lines`, which FastLine took and which has no escapes, or none
    // where the line has what this way has no place for. `places` is the structure (structure.hpp) from the line on.
    void learn(std::string_view lines, std::size_t begin, std::size_t end, std::span<const std::uint32_t> places);

    // Puts the line at `begin` into the columns where it has that shape, its line feed with it, and no backslash (the
    // next one is at `escape`); where the next line begins. Else 0, and nothing is put. `lines` has row_padding
    // readable bytes behind it.
    [[nodiscard]] std::size_t put(std::string_view lines, std::size_t begin, std::span<const std::uint32_t> places,
                                  std::size_t escape, ColumnBuilder& out);

    // How many places of the structure such a line has.
    [[nodiscard]] std::size_t places() const noexcept { return 1 + 4 * fields_; }

  private:
    // Up to 32 bytes that stand between two values.
    struct Between {
        using Half = std::uint64_t __attribute__((vector_size(16)));
        std::array<Half, 2> bytes{};
        std::array<Half, 2> mask{};
        std::uint32_t size = 0;

        [[nodiscard]] bool set(std::string_view text) noexcept;
        // Not zero where the text has something else.
        [[nodiscard]] Half differs(const char* text) const noexcept;
    };
    enum class Kind : std::uint8_t { text, isrc, number };
    struct Step {
        Between before;
        Field field = Field::other;
        Kind kind = Kind::text;
        std::uint32_t separator = 0;  // of the places, behind the value
    };
    struct Value {
        const char* text;
        std::uint32_t size;
        std::uint32_t number;
    };
    static constexpr std::size_t most_steps = 16;

    [[nodiscard]] bool read_step(std::string_view lines, std::size_t& from, const std::uint32_t* at);
    void write(const Step& step, const Value& value, ColumnBuilder& out) const;

    std::array<Step, most_steps> steps_{};
    std::size_t count_ = 0;  // 0: no shape
    std::uint32_t fields_ = 0;
    Between last_;
    std::array<Value, most_steps> values_{};
};

}  // namespace musicsync::json
