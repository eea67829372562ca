#include "catalog/starts.hpp"

#include <algorithm>

namespace musicsync::catalog {

Starts::Starts(std::span<const std::uint32_t> begins) {
    const std::size_t count = begins.size() - 1;
    std::vector<Block> blocks;
    std::vector<std::uint32_t> wide;
    blocks.reserve(count / in_block + 1);
    for (std::size_t first = 0; first < count; first += in_block) {
        const std::size_t last = std::min(first + in_block, count);
        Block& block = blocks.emplace_back(Block{begins[first], {}});
        bool fits = true;
        for (std::size_t i = first; i < last; ++i) {
            const std::uint32_t size = begins[i + 1] - begins[i];
            fits &= size < wide_mark;
            block.sizes[i - first] = static_cast<std::uint8_t>(size);
        }
        if (fits) continue;
        block = {static_cast<std::uint32_t>(wide.size()), {wide_mark}};
        for (std::size_t i = first; i <= first + in_block; ++i) wide.push_back(begins[std::min(i, count)]);
    }
    blocks_ = Column(std::move(blocks));
    wide_ = Column(std::move(wide));
    count_ = Column(std::vector{static_cast<std::uint32_t>(count)});
}

const char* Starts::fault(std::size_t end) const noexcept {
    if (count_.size() != 1 || blocks_.size() != (size() + in_block - 1) / in_block)
        return "has another number of items than what it is of";
    std::uint64_t at = 0;
    bool rising = true;
    for (const Block& block : blocks_) {
        if (block.sizes[0] != wide_mark) {
            rising &= block.begin == at;
            at += sum_before(block, in_block - 1) + block.sizes.back();
            continue;
        }
        if (block.begin + in_wide_block > wide_.size()) return "points to something that is not there";
        const auto begins = wide_.part(block.begin, block.begin + in_wide_block);
        rising &= begins.front() == at && std::is_sorted(begins.begin(), begins.end());
        at = begins.back();
    }
    return rising && at == end ? "" : "is not in order";
}

}  // namespace musicsync::catalog
