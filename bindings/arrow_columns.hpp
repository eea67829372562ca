// One Arrow array as a column of the engine.
#pragma once

#include <string>

#include "arrow_abi.hpp"
#include "musicsync/columns.hpp"

namespace musicsync::bindings {

// An array with its type and the rows of it that count: a struct's children begin where the struct does.
struct ArrowView {
    const ArrowSchema& schema;
    const ArrowArray& array;
    std::size_t offset = 0;
    std::size_t rows = 0;

    ArrowView(const ArrowSchema& type, const ArrowArray& data)
        : ArrowView(type, data, 0, static_cast<std::size_t>(data.length)) {}
    ArrowView(const ArrowSchema& type, const ArrowArray& data, std::size_t start, std::size_t count)
        : schema(type), array(data), offset(start + static_cast<std::size_t>(data.offset)), rows(count) {}

    [[nodiscard]] ArrowView child(std::size_t i) const {
        return {*schema.children[i], *array.children[i], offset, rows};
    }
    [[nodiscard]] Validity validity() const;
    // A buffer of `width` bytes an item, at the first row.
    [[nodiscard]] const char* buffer(std::size_t i, std::size_t width) const;
};

// "utf8", "int64", "list": for messages.
[[nodiscard]] std::string type_name(const ArrowSchema& schema);

[[nodiscard]] bool is_text(const ArrowSchema& schema);    // utf8, large_utf8, string_view, a dictionary of them, null
[[nodiscard]] bool is_number(const ArrowSchema& schema);  // int and uint of any width, float32, float64, bool, null
[[nodiscard]] bool is_credit(const ArrowSchema& schema);  // text, or list or large_list of text

// TypeError where the producer's buffers contradict their type.
[[nodiscard]] TextColumn text_column(const ArrowView& view);
[[nodiscard]] NumberColumn number_column(const ArrowView& view);
[[nodiscard]] CreditColumn credit_column(const ArrowView& view);

}  // namespace musicsync::bindings
