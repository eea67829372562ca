// A file of sections, read without trust: its header, table and footer, and the columns that it names.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/column.hpp"
#include "catalog/format.hpp"
#include "catalog/packed.hpp"
#include "musicsync/error.hpp"

namespace musicsync::catalog {

// As it stands there, right or not; zeros where a file is too short for one.
[[nodiscard]] format::Header header_of(std::span<const std::byte> file) noexcept;

// The table of a file whose header, table and footer are what they should be: every section lies inside of it.
class Table {
  public:
    // `name` stands for the file in messages. Errc::damaged, Errc::newer_format.
    [[nodiscard]] static Result<Table> read(std::span<const std::byte> file, const std::string& name);

    [[nodiscard]] const format::Header& header() const noexcept { return header_; }
    [[nodiscard]] const std::vector<format::Section>& sections() const noexcept { return sections_; }
    [[nodiscard]] std::span<const std::byte> bytes_of(const format::Section& section) const noexcept {
        return file_.subspan(section.offset, section.items * section.item_bytes);
    }
    // Sections whose checksum is another, and bytes between them: all of it, a sentence each.
    [[nodiscard]] std::vector<std::string> damage() const;

  private:
    explicit Table(std::span<const std::byte> file) noexcept : file_(file) {}
    std::string read_sections();
    [[nodiscard]] bool has_zeros_between() const;

    std::span<const std::byte> file_;
    format::Header header_{};
    std::vector<format::Section> sections_;
};

// Finds the columns of some parts in a file.
class Finder {
  public:
    explicit Finder(const Table& table) : table_(table) {
        for (const format::Section& section : table.sections()) by_name_.emplace(section.text(), &section);
    }
    template <class T>
    void operator()(const std::string& name, Column<T>& column) {
        const auto found = by_name_.find(name);
        if (found == by_name_.end()) return fail("section " + name + " is missing");
        const format::Section& section = *found->second;
        if (section.item_bytes != sizeof(T)) return fail("section " + name + " has items of another size");
        const auto bytes = table_.bytes_of(section);
        column = Column<T>(std::span<const T>(reinterpret_cast<const T*>(bytes.data()), section.items));
    }
    template <class T>
    void operator()(const std::string& name, Packed<T>& numbers) {
        Column<std::uint64_t> words;
        (*this)(name, words);
        if (!fault_.empty()) return;
        if (std::optional<Packed<T>> found = Packed<T>::of(std::move(words)))
            numbers = *std::move(found);
        else
            fail("section " + name + " is not packed as it says");
    }
    [[nodiscard]] const std::string& fault() const noexcept { return fault_; }

  private:
    void fail(std::string why) {
        if (fault_.empty()) fault_ = std::move(why);
    }
    const Table& table_;
    std::map<std::string_view, const format::Section*> by_name_;
    std::string fault_;
};

}  // namespace musicsync::catalog
