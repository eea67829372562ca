// Where the structure of JSON text is: simdjson's first stage, which runs on the best instructions of the machine. (Its
// readers above that stage would be compiled here, for the oldest machine.)
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace musicsync::json {

class Structure {
  public:
    // Finds, in whole lines of any number, each `{ } [ ] : ,` outside of texts, and the start of each text, number and
    // word. False where the bytes are not UTF-8, a text is not closed or holds a control character (a line feed): the
    // lines cannot then be told apart by their structure.
    [[nodiscard]] bool find(std::string_view lines);

    // Ascending positions in what find() was given; behind them stands its size, twice.
    [[nodiscard]] std::span<const std::uint32_t> positions() const noexcept;

  private:
    std::unique_ptr<simdjson::internal::dom_parser_implementation> parser_;
};

}  // namespace musicsync::json
