// Files of sections: where everything stands in them, and how they come onto the disk.
//
//   const Layout layout({tracks, reading(), format::Kind::rows}, parts);
//   Result<std::size_t> bytes = write_file(layout, "songs.msc", {}, Disk::real());
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "catalog/column.hpp"
#include "catalog/disk.hpp"
#include "catalog/format.hpp"
#include "catalog/packed.hpp"
#include "musicsync/work.hpp"

namespace musicsync::catalog {

// Where the columns of something stand in its file. They must outlive it.
class Layout {
  public:
    // What a header says besides.
    struct Facts {
        std::uint64_t tracks;
        std::uint64_t read_as;
        format::Kind kind;
    };
    template <class Some>
    Layout(const Facts& facts, const Some& some) {
        const auto add = [this](const std::string& name, const auto& column) { this->add(name, column); };
        Some::columns(some, format::Visit(add));
        settle(facts);
    }

    struct Piece {
        std::uint64_t offset;
        const void* bytes;
        std::size_t size;
    };
    [[nodiscard]] std::uint64_t file_bytes() const noexcept { return footer_.file_bytes; }
    // Tells the file from every other one.
    [[nodiscard]] std::uint64_t checksum() const noexcept { return header_.header_checksum; }
    // In the order in which they stand; zeros are between them.
    [[nodiscard]] std::vector<Piece> pieces() const;

  private:
    template <class T>
    void add(const std::string& name, const Column<T>& column) {
        format::Section section{};
        name.copy(section.name.data(), section.name.size() - 1);
        section.items = column.size();
        section.item_bytes = sizeof(T);
        sections_.push_back(section);
        starts_.push_back(column.data());
    }
    template <class T>
    void add(const std::string& name, const Packed<T>& numbers) {
        add(name, numbers.words());
    }
    void settle(const Facts& facts);

    format::Header header_{};
    std::vector<format::Section> sections_;
    std::vector<const void*> starts_;
    format::Footer footer_{};
};

// Puts the file in the place of what is there: afterwards the old or the new one stands there, whole, whatever happens.
// Its size. `work.progress` is told of bytes. Errc::io, Errc::cancelled.
[[nodiscard]] Result<std::size_t> write_file(const Layout& layout, const std::string& path, const Work& work,
                                             Disk& disk);
// The same in memory.
[[nodiscard]] std::vector<std::byte> as_bytes(const Layout& layout);

}  // namespace musicsync::catalog
