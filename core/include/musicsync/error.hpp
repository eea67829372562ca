// Errors of the engine: every fallible function returns Result<T>; nothing in core throws on bad input.
//
//   musicsync::Result<std::string> code = musicsync::parse_isrc("us-rc1-76-07839");
//   if (!code) report(code.error().message);
//   else use(*code);
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace musicsync {

// One reason per value. `name(Errc)` gives the identifier that messages and Python exceptions carry.
enum class Errc : std::uint8_t {
    invalid_utf8,     // bytes that are not UTF-8
    invalid_value,    // a number outside its range, NaN, a negative duration
    invalid_isrc,     // text that is not an ISRC
    invalid_json,     // a line that is not a JSON object
    missing_field,    // a record without a field that the call needs
    too_long,         // a text beyond the documented limit
    length_mismatch,  // two columns of different length
    unknown_profile,  // a profile name nobody registered
    unknown_kernel,   // a kernel name that this build or this CPU does not have
    io,               // the operating system refused; message carries errno's text
    damaged,          // a file that is no catalogue, or a damaged one
    newer_format,     // a catalogue that a newer version of this library wrote
    cancelled,        // the caller's progress function asked to stop
};

[[nodiscard]] std::string_view name(Errc code) noexcept;

// What went wrong and where. `row` is a 0-based record number (npos: not row-shaped), `field` a field name or "".
struct Error {  // NOLINT(clang-analyzer-core.uninitialized.Assign): it loses track in std::variant
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
    Errc code{};
    std::string message;
    std::string field{};
    std::size_t row = npos;
};

// A value or an Error. Reading the value of a failed result is a programming error (std::get throws).
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::move(value)) {}
    Result(Error error) : state_(std::move(error)) {}
    [[nodiscard]] explicit operator bool() const noexcept { return std::holds_alternative<T>(state_); }
    [[nodiscard]] const T& operator*() const& { return std::get<T>(state_); }
    [[nodiscard]] T operator*() && { return std::get<T>(std::move(state_)); }  // by value: it outlives the result
    [[nodiscard]] const T* operator->() const { return &std::get<T>(state_); }
    [[nodiscard]] const Error& error() const { return std::get<Error>(state_); }

  private:
    std::variant<T, Error> state_;
};

}  // namespace musicsync
