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
    using Place = const std::uint32_t*;  // in a structure

    // `lines`, with row_padding readable bytes behind them, and their structure (structure.hpp), for the calls that
    // follow.
    void start(std::string_view lines, std::span<const std::uint32_t> positions) noexcept;

    // The line at [begin, end) of the lines; lines come in order. False: read it with read_line.
    [[nodiscard]] bool read(std::size_t begin, std::size_t end, Row& row);

    // The structure from the line at `begin` on, and the first backslash there or behind; skip() passes over places.
    [[nodiscard]] std::span<const std::uint32_t> places(std::size_t begin) noexcept;
    [[nodiscard]] std::size_t escape(std::size_t begin) noexcept;
    void skip(std::size_t places) noexcept { place_ += places; }

    // True where the line that read() would read has nothing but blanks.
    [[nodiscard]] bool blank(std::size_t begin, std::size_t end) noexcept;

  private:
    // Where in the structure a reader is. Readers take theirs as an argument and return the one behind what they read,
    // or nullptr for what is not theirs to take: it stays in a register.
    [[nodiscard]] static bool is_blank(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
    [[nodiscard]] bool is(Place at, char c) const noexcept { return *at < end_ && lines_[*at] == c; }
    [[nodiscard]] Place word(Place at, std::string_view& out) const noexcept;
    // Between a text's first quote and the next position there is nothing but the text and blanks: it ends at the last
    // quote. In line, for a file has more of these than of anything else.
    [[nodiscard, gnu::always_inline]] Place raw_text(Place at, std::string_view& out) const noexcept {
        if (!is(at, '"')) return nullptr;
        const char* const text = lines_.data();
        const std::size_t begin = *at + std::size_t{1};
        std::size_t end = at[1] - std::size_t{1};
        while (end > begin && is_blank(text[end])) --end;
        if (end < begin || text[end] != '"') return nullptr;
        out = {text + begin, end - begin};
        return at + 1;
    }
    [[nodiscard]] bool has_escape(std::string_view raw) const noexcept {
        return escapes_ && raw.find('\\') != std::string_view::npos;
    }
    [[nodiscard]] bool unescaped(std::string_view& text);
    [[nodiscard]] bool put_text(Field field, std::string_view text, Row& row);
    [[nodiscard]] Place value(Place at, Field field, Row& row);
    [[nodiscard]] Place other_value(Place at, Field field, Row& row);  // that is no text
    [[nodiscard]] Place credits(Place at, Row& row);
    [[nodiscard]] Place pass_over(Place at, int depth);
    [[nodiscard]] static bool put_word(Field field, std::string_view word, Row& row);

    std::string_view lines_;
    Place place_ = nullptr;  // of the line that comes
    Place places_end_ = nullptr;
    std::size_t end_ = 0;     // of the line
    std::size_t escape_ = 0;  // the first backslash from some line on
    bool escapes_ = false;    // does the line have any?
    std::string unescaped_;   // large enough for the line, so that views into it hold
};

}  // namespace musicsync::json
