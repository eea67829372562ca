// A line of JSON Lines through its structure alone: no tree, no second pass over the texts.
//
// It takes a line only where simdjson would take it with the same fields (tests/core/columns_test.cpp compares them on
// mutated lines). Whatever is unusual (a wrong type, a number out of range, a key that comes twice, an escaped key)
// it leaves to read_line.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "ingest/row.hpp"

namespace musicsync::json {

class FastLine {
  public:
    // `lines` and its structure (structure.hpp), for the calls that follow.
    void start(std::string_view lines, std::span<const std::uint32_t> positions) noexcept;

    // The line at [begin, end) of the lines; lines come in order. False: read it with read_line.
    [[nodiscard]] bool read(std::size_t begin, std::size_t end, Row& row);

    // True where the line that read() would read has nothing but blanks.
    [[nodiscard]] bool blank(std::size_t begin, std::size_t end) noexcept;

  private:
    [[nodiscard]] bool is(char c) const noexcept { return positions_[next_] < end_ && lines_[positions_[next_]] == c; }
    [[nodiscard]] bool take(char c) noexcept {
        if (!is(c)) return false;
        ++next_;
        return true;
    }
    void seek(std::size_t begin) noexcept;
    [[nodiscard]] std::string_view token() noexcept;
    [[nodiscard]] bool raw_text(std::string_view& out) noexcept;
    [[nodiscard]] bool has_escape(std::string_view raw) noexcept;
    [[nodiscard]] bool text(std::string_view& out);
    [[nodiscard]] bool text_or_null(std::string_view& out);
    [[nodiscard]] bool id(std::string_view& out);
    [[nodiscard]] bool isrc(std::string_view& out);
    [[nodiscard]] bool credits(std::vector<std::string_view>& out);
    [[nodiscard]] bool number_or_null(double& out);
    [[nodiscard]] bool duration(double factor, std::int64_t& out);
    [[nodiscard]] bool year(std::int32_t& out);
    [[nodiscard]] bool flag(Row::Flag& out);
    [[nodiscard]] bool pass_over(int depth);
    [[nodiscard]] bool field(std::string_view key, Row& row);

    std::string_view lines_;
    const std::uint32_t* positions_ = nullptr;
    std::size_t next_ = 0;    // of positions_
    std::size_t end_ = 0;     // of the line
    std::size_t escape_ = 0;  // no backslash lies between the line's start and here
    unsigned seen_ = 0;       // fields of the line so far, a bit each
    std::string unescaped_;   // large enough for the line, so that views into it hold
};

}  // namespace musicsync::json
