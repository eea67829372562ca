// The forms in which texts are compared: made once for each distinct text of some records, over the cores.
//
//   const Forms titles(records.titles.size(), [&](std::size_t id, std::string& out) { return form(id, out); });
//   if (titles.has(id)) titles[id]
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parallel/for_blocks.hpp"

namespace musicsync::catalog {

class Forms {
  public:
    // `make(id, out)` appends the form of a text to `out`; false for a text without one. Threads call it.
    template <class Make>
    Forms(std::size_t texts, const Make& make) : blocks_((texts + in_block - 1) / in_block) {
        parallel::for_blocks(blocks_.size(), 1, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i)
                blocks_[i].fill(i * in_block, std::min(texts, (i + 1) * in_block), make);
        });
    }
    [[nodiscard]] bool has(std::size_t id) const noexcept { return blocks_[id / in_block].made[id % in_block]; }
    [[nodiscard]] std::string_view operator[](std::size_t id) const noexcept {
        const Block& block = blocks_[id / in_block];
        const std::size_t i = id % in_block;
        return std::string_view(block.bytes).substr(block.begins[i], block.begins[i + 1] - block.begins[i]);
    }

  private:
    static constexpr std::size_t in_block = 2048;
    struct Block {
        std::string bytes;
        std::vector<std::size_t> begins;
        std::vector<bool> made;

        template <class Make>
        void fill(std::size_t begin, std::size_t end, const Make& make) {
            begins.reserve(end - begin + 1);
            for (std::size_t id = begin; id < end; ++id) {
                begins.push_back(bytes.size());
                made.push_back(make(id, bytes));
                if (!made.back()) bytes.resize(begins.back());
            }
            begins.push_back(bytes.size());
        }
    };
    std::vector<Block> blocks_;
};

}  // namespace musicsync::catalog
