// Columns of str, read where Python keeps them: no copy, no Track. For profiles that compare texts as they are.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "convert.hpp"
#include "musicsync/rank.hpp"

namespace musicsync::bindings {

// The texts of a query: a Track, a mapping or an object with the attributes of one.
class QueryTexts {
  public:
    explicit QueryTexts(py::handle query);
    [[nodiscard]] const TextRow& row() const noexcept { return row_; }

  private:
    [[nodiscard]] bool read_dict(py::handle query);

    TextRow row_;
    std::array<py::object, 4> held_;
    std::string artists_;         // where they came as a list
    std::optional<Track> track_;  // where the query is no dict of texts
};

// {"title": [...], "artist": [...], "album": [...], "isrc": [...], "id": [...]}: lists of str or None.
class ColumnTexts {
  public:
    // Reads an exact dict. False where it has columns of another kind, which only become tracks. TypeError and
    // EngineError name row and column.
    [[nodiscard]] bool read(py::handle columns);

    [[nodiscard]] TextColumns columns() const noexcept { return {id_, title_, artist_, album_, isrc_}; }
    // True where so much is to be compared that other Python threads should run meanwhile.
    [[nodiscard]] bool is_much() const noexcept { return bytes_ > much; }
    // Keeps the texts alive whatever happens to the lists.
    void hold() {
        for (std::size_t i = 0; i < columns_; ++i) held_[i] = py::tuple(lists_[i]);
    }

  private:
    using Column = std::vector<std::string_view>;
    static constexpr std::size_t much = 1 << 16;
    [[nodiscard]] bool read_column(py::handle name, const py::object& list, Column& out);

    Column id_, title_, artist_, album_, isrc_;
    std::array<py::object, 5> lists_;
    std::size_t columns_ = 0;  // of lists_
    std::array<py::object, 5> held_;
    std::size_t bytes_ = 0;
};

}  // namespace musicsync::bindings
