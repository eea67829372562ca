// Many texts against many: the tiles of some queries with a stretch of the choices.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "kernels/kernels.hpp"
#include "musicsync/matrix.hpp"
#include "similarity/scale.hpp"
#include "similarity/stretch.hpp"
#include "similarity/tiles.hpp"

namespace musicsync {

// Where the number of a query and a choice goes: a part of a matrix.
template <class Out>
struct Target {
    Out* begin = nullptr;
    std::size_t columns = 0;
    std::size_t first_choice = 0;
    [[nodiscard]] Out* at(std::size_t query, std::size_t choice) const noexcept {
        return begin + query * columns + (choice - first_choice);
    }
};

// The working memory of one thread.
template <class Out>
class Blocks {
  public:
    Blocks(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
           const kernel::Kernel& kernel);

    // Every query of the tiles with the choices [begin, end), Stretch::most at most.
    void take(std::size_t begin, std::size_t end);
    void compare(const Tiles& tiles, const Target<Out>& target);

  private:
    using Real = typename Scale<Out>::Real;

    void compare_tile(const Tiles& tiles, const Tile& tile, const Target<Out>& target);
    void compare_parts(const Tiles& tiles, const Tile& tile, const Target<Out>& target);
    void compare_one(std::size_t query, std::size_t choice, const Target<Out>& target) const;
    [[nodiscard]] kernel::Four four_of(const Stretch::Four& four, const std::uint8_t* rows) const;
    [[nodiscard]] std::array<std::uint8_t*, kernel::lockstep> lanes_of(const Stretch::Four& four);

    std::span<const Symbols> queries_;
    std::span<const Symbols> choices_;
    Scale<Out> scale_;
    const kernel::Kernel& kernel_;
    Stretch stretch_;
    std::array<Real, Stretch::most> sizes_{};
    struct Lanes {  // a row for each text, and one for what is compared again
        alignas(kernel::most_tile_bytes) std::array<std::uint8_t, (Stretch::most + 1) * kernel::most_tile_bytes> bytes;
    };
    std::unique_ptr<Lanes> lanes_ = std::make_unique_for_overwrite<Lanes>();
    std::unique_ptr<Lanes> spare_ = std::make_unique_for_overwrite<Lanes>();
    std::vector<std::uint8_t> carry_;
};

}  // namespace musicsync
