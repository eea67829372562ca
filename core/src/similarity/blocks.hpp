// Many texts against many: the tiles of some queries with a stretch of the choices.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kernels/kernels.hpp"
#include "musicsync/matrix.hpp"
#include "similarity/lcs.hpp"
#include "similarity/scale.hpp"
#include "similarity/stretch.hpp"
#include "similarity/tiles.hpp"

namespace musicsync {

// Where the number of a query and a choice goes: a part of a matrix.
template <class Out>
struct Target {
    Out* begin = nullptr;
    std::size_t columns = 0;
    std::size_t first_query = 0;
    std::size_t first_choice = 0;
    [[nodiscard]] Out* at(std::size_t query, std::size_t choice) const noexcept {
        return begin + (query - first_query) * columns + (choice - first_choice);
    }
};

// The working memory of one thread that compares the queries of some tiles.
template <class Out>
class Blocks {
  public:
    Blocks(std::span<const Symbols> queries, std::span<const Symbols> choices, const Tiles& tiles,
           const MatrixOptions& options, const kernel::Kernel& kernel);

    // With the choices [begin, end), Stretch::most at most.
    void compare(std::size_t begin, std::size_t end, const Target<Out>& target);

  private:
    using Real = typename Scale<Out>::Real;

    void compare_tile(const Tile& tile, std::size_t begin, const Target<Out>& target);
    void compare_few_longer(std::size_t begin, std::size_t end, const Target<Out>& target);
    void compare_longer(std::size_t begin, const Target<Out>& target);
    void compare_longer_tile(const Tile& tile, std::size_t first, std::size_t begin, const Target<Out>& target);
    void compare_one(std::size_t query, std::size_t choice, const Target<Out>& target) const;

    std::span<const Symbols> queries_;
    std::span<const Symbols> choices_;
    const Tiles& tiles_;
    Scale<Out> scale_;
    const kernel::Kernel& kernel_;
    Stretch stretch_;          // of the choices
    Stretch turned_{kernel_};  // of `longer_`
    Tiles turned_tiles_;       // of the choices
    // Queries that no tile holds: with short choices they are compared the other way round, with tiles of these; so are
    // more than a few of them with long choices.
    std::vector<Symbols> longer_;
    std::vector<std::u32string> few_texts_;
    std::vector<Pattern> few_;
    std::array<Real, Stretch::most> sizes_{};
    struct Lanes {  // a row for each text, and one for what is compared again
        alignas(kernel::most_tile_bytes) std::array<std::uint8_t, (Stretch::most + 1) * kernel::most_tile_bytes> bytes;
    };
    std::unique_ptr<Lanes> lanes_ = std::make_unique_for_overwrite<Lanes>();
    std::unique_ptr<Lanes> spare_ = std::make_unique_for_overwrite<Lanes>();
    std::vector<std::uint8_t> carry_;
};

}  // namespace musicsync
