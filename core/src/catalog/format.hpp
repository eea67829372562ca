// The layout of a catalogue's file: docs/catalogue-format.md says what it means.
//
//   header | table of sections | sections, each from a multiple of 64 bytes on, zeros between | footer
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace musicsync::catalog::format {

static_assert(std::endian::native == std::endian::little, "files are little-endian, and read as they lie in memory");

inline constexpr std::array<char, 8> magic{'\x89', 'M', 'S', 'C', '\r', '\n', '\x1A', '\n'};
inline constexpr std::array<char, 8> end_magic{'m', 's', 'c', '-', 'e', 'n', 'd', '\n'};
inline constexpr std::uint32_t version = 3;
inline constexpr std::uint32_t oldest_reader = 3;  // that reads what this engine writes
inline constexpr std::uint32_t oldest_read = 3;    // by this engine: nothing was released that wrote an older one
inline constexpr std::size_t alignment = 64;
inline constexpr std::uint32_t most_sections = 1024;

// What a file is.
enum class Kind : std::uint32_t {
    few = 0,     // a catalogue that is too small for rows
    rows = 1,    // a catalogue
    shards = 2,  // a manifest: the files of a catalogue in several, and what is removed of them
};

struct Header {
    std::array<char, 8> magic;
    std::uint32_t version;
    std::uint32_t oldest_reader;
    std::uint64_t file_bytes;
    std::uint64_t tracks;
    std::uint64_t read_as;  // catalog::reading()
    std::uint32_t sections;
    Kind kind;
    std::uint64_t table_checksum;
    std::uint64_t header_checksum;  // of all before
};
static_assert(sizeof(Header) == 64 && std::is_trivially_copyable_v<Header>);

struct Section {
    std::array<char, 64> name;  // zeros behind it
    std::uint64_t offset;       // from the beginning of the file
    std::uint64_t items;
    std::uint32_t item_bytes;
    std::uint32_t reserved;  // 0
    std::uint64_t checksum;
    [[nodiscard]] std::string_view text() const noexcept {
        const std::string_view all(name.data(), name.size());
        return all.substr(0, all.find('\0'));
    }
};
static_assert(sizeof(Section) == 96 && std::is_trivially_copyable_v<Section>);

struct Footer {
    std::uint64_t file_bytes;
    std::array<char, 8> magic;
};
static_assert(sizeof(Footer) == 16);

[[nodiscard]] constexpr std::uint64_t aligned(std::uint64_t offset) noexcept {
    return (offset + alignment - 1) / alignment * alignment;
}

// Calls take(name, column) for the columns of something, whose names stand inside of its own.
template <class Take>
class Visit {
  public:
    explicit Visit(Take& take, std::string inside = {}) : take_(take), inside_(std::move(inside)) {}
    template <class ColumnOfSome>
    void operator()(std::string_view name, ColumnOfSome& column) const {
        take_(inside_ + std::string(name), column);
    }
    [[nodiscard]] Visit inside(std::string_view name) const { return Visit(take_, inside_ + std::string(name) + '.'); }

  private:
    Take& take_;
    std::string inside_;
};

}  // namespace musicsync::catalog::format
