// Texts that every search compares with, as kernels take many: in columns, those of one length together.
//
//   const TextColumns columns(names.size(), [&](std::size_t id) { return names[id]; });
//   kernel.lcs_columns(pattern, size, columns.as_kernel(), common);    // common[i] is of the text columns.ids()[i]
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "kernels/kernels.hpp"

namespace musicsync::catalog {

class TextColumns {
  public:
    // Texts are in UTF-8, and are not needed afterwards.
    TextColumns(std::size_t count, const std::function<std::string_view(std::size_t)>& text_of);
    TextColumns() = default;

    // In the order of the columns.
    [[nodiscard]] const std::vector<std::uint32_t>& ids() const noexcept { return ids_; }
    // Texts that are not in the columns: those that are not ASCII, have capitals or U+0000, or are too long for a
    // signature.
    [[nodiscard]] const std::vector<std::uint32_t>& others() const noexcept { return others_; }
    // Bytes that a kernel writes.
    [[nodiscard]] std::size_t room() const noexcept { return blocks() * kernel::column_texts; }
    [[nodiscard]] kernel::TextColumns as_kernel() const noexcept {
        return {quads_.empty() ? nullptr : quads_.front().symbols, begins_.data(), blocks()};
    }

  private:
    struct alignas(kernel::quad_bytes) Quad {
        std::uint8_t symbols[kernel::quad_bytes] = {};
    };
    [[nodiscard]] std::size_t blocks() const noexcept { return begins_.size() - 1; }

    std::vector<std::uint32_t> ids_;
    std::vector<std::uint32_t> others_;
    std::vector<Quad> quads_;
    std::vector<std::uint32_t> begins_{0};
};

}  // namespace musicsync::catalog
