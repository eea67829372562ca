#include "musicsync/matrix.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "kernels/kernels.hpp"
#include "parallel/for_blocks.hpp"
#include "similarity/alphabet.hpp"
#include "similarity/lcs.hpp"
#include "similarity/tiles.hpp"

namespace musicsync {
namespace {

constexpr std::size_t queries_per_block = 64;   // whose rows of the matrix stay in the cache with a task's columns
constexpr std::size_t choices_per_task = 2048;  // sorted by length and built into tiles together
constexpr std::size_t most_lanes = kernel::most_tile_bytes / sizeof(std::uint16_t);

std::u32string code_points(const Symbols& text) {
    std::u32string out;
    out.reserve(text.size);
    for_symbols(text, [&out](char32_t symbol) { out.push_back(symbol); });
    return out;
}

// From the length of an LCS to the number in the matrix: 2 · common / total on the scale. Whole numbers are divided
// once, so no precision is lost before the last rounding.
template <class Out>
class Scale {
  public:
    using Real = std::conditional_t<std::is_same_v<Out, float>, float, double>;

    explicit Scale(const MatrixOptions& options)
        : twice_(static_cast<Real>(2.0 * options.scale)), cutoff_(static_cast<Real>(options.cutoff)) {
        if (static_cast<double>(cutoff_) < options.cutoff)
            cutoff_ = std::nextafter(cutoff_, std::numeric_limits<Real>::max());
        equal_ = finish(static_cast<Real>(options.scale));
    }
    [[nodiscard]] Real twice() const noexcept { return twice_; }
    [[nodiscard]] Real cutoff() const noexcept { return cutoff_; }
    // Of two empty texts.
    [[nodiscard]] Out equal() const noexcept { return equal_; }
    [[nodiscard]] Out of(Real common, Real total) const noexcept { return finish(twice_ * common / total); }

  private:
    [[nodiscard]] Out finish(Real value) const noexcept {
        const Real kept = value < cutoff_ ? Real{0} : value;
        if constexpr (std::is_same_v<Out, std::uint8_t>) return static_cast<Out>(kept + Real{0.5});
        return static_cast<Out>(kept);
    }

    Real twice_;
    Real cutoff_;
    Out equal_ = Out{0};
};

// Queries that share an alphabet, and so the tiles that are built of it.
struct QueryGroup {
    std::size_t first = 0;
    Alphabet alphabet;
    std::vector<std::vector<std::uint8_t>> texts;  // as rows of a tile
};

// A query of more symbols than an alphabet has room for is a group without texts.
std::vector<QueryGroup> groups_of(std::span<const Symbols> queries) {
    std::vector<QueryGroup> out;
    for (std::size_t q = 0; q < queries.size(); ++q) {
        if (!out.empty() && !out.back().texts.empty()) {
            if (auto text = out.back().alphabet.add(queries[q])) {
                out.back().texts.push_back(std::move(*text));
                continue;
            }
        }
        QueryGroup& group = out.emplace_back();
        group.first = q;
        if (auto text = group.alphabet.add(queries[q])) group.texts.push_back(std::move(*text));
    }
    return out;
}

template <class Out>
class Task {
  public:
    using Real = typename Scale<Out>::Real;

    Task(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options, Out* out)
        : queries_(queries),
          choices_(choices),
          scale_(options),
          out_(out),
          kernel_(kernel::active()),
          tiles_(choices, kernel_) {}

    void fill(const QueryGroup& group, std::size_t begin, std::size_t end) {
        if (group.texts.empty()) {
            for (std::size_t c = begin; c < end; ++c) fill_one(group.first, c);
            return;
        }
        tiles_.build(group.alphabet, begin, end);
        for (std::size_t from = 0; from < group.texts.size(); from += queries_per_block) {
            const std::size_t to = std::min(group.texts.size(), from + queries_per_block);
            for (const Tile& tile : tiles_.all()) fill_tile(group, from, to, tile);
        }
    }

    void fill_one(std::size_t q, std::size_t c) {
        const std::size_t total = queries_[q].size + choices_[c].size;
        const std::size_t common = lcs_length(code_points(queries_[q]), code_points(choices_[c]));
        out_[q * choices_.size() + c] =
            total == 0 ? scale_.equal() : scale_.of(static_cast<Real>(common), static_cast<Real>(total));
    }

  private:
    void fill_tile(const QueryGroup& group, std::size_t from, std::size_t to, const Tile& tile) {
        std::array<Real, most_lanes> sizes{};
        for (std::size_t lane = 0; lane < tile.choices.size(); ++lane)
            sizes[lane] = static_cast<Real>(choices_[tile.choices[lane]].size);
        for (std::size_t q = from; q < to; ++q) {
            Out* const row = out_ + (group.first + q) * choices_.size();
            if (group.texts[q].empty())
                fill_of_empty(tile, row);
            else
                fill_row(tile, group.texts[q], sizes, row);
        }
    }

    void fill_row(const Tile& tile, const std::vector<std::uint8_t>& text, const std::array<Real, most_lanes>& sizes,
                  Out* row) {
        std::array<std::uint8_t, most_lanes> common;
        kernel_.lcs_tile(tiles_.rows_of(tile), tile.bits, text.data(), text.size(), common.data());
        std::array<Out, most_lanes> values;
        const auto size = static_cast<Real>(text.size());
        const std::size_t lanes = 8 * kernel_.tile_bytes / tile.bits;
        if constexpr (std::is_same_v<Out, float>) {
            kernel_.ratios(common.data(), sizes.data(), lanes, size, scale_.twice(), scale_.cutoff(), values.data());
        } else {
            for (std::size_t lane = 0; lane < lanes; ++lane)
                values[lane] = scale_.of(static_cast<Real>(common[lane]), size + sizes[lane]);
        }
        for (std::size_t lane = 0; lane < tile.choices.size(); ++lane) row[tile.choices[lane]] = values[lane];
    }

    void fill_of_empty(const Tile& tile, Out* row) {
        for (const std::uint32_t c : tile.choices) row[c] = choices_[c].size == 0 ? scale_.equal() : Out{0};
    }

    std::span<const Symbols> queries_;
    std::span<const Symbols> choices_;
    Scale<Out> scale_;
    Out* out_;
    const kernel::Kernel& kernel_;
    Tiles tiles_;
};

template <class Out>
void fill_stretch(std::span<const Symbols> queries, const std::vector<QueryGroup>& groups,
                  std::span<const Symbols> choices, const MatrixOptions& options, std::size_t begin, std::size_t end,
                  Out* out) {
    Task<Out> task(queries, choices, options, out);
    for (std::size_t from = begin; from < end; from += choices_per_task) {
        for (const QueryGroup& group : groups) task.fill(group, from, std::min(end, from + choices_per_task));
    }
}

// Choices that no lane is wide enough for, with the sides exchanged: now the queries are in the tiles. Where both are
// too long they are compared one by one.
template <class Out>
void fill_longer(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                 std::size_t begin, std::size_t end, Out* out) {
    std::vector<std::size_t> at;
    std::vector<Symbols> longer;
    for (std::size_t c = begin; c < end; ++c) {
        if (choices[c].size <= kernel::block_symbols) continue;
        at.push_back(c);
        longer.push_back(choices[c]);
    }
    if (longer.empty()) return;
    std::vector<Out> turned(longer.size() * queries.size());
    fill_stretch(longer, groups_of(longer), queries, options, 0, queries.size(), turned.data());
    Task<Out> one_by_one(queries, choices, options, out);
    for (std::size_t q = 0; q < queries.size(); ++q) {
        for (std::size_t i = 0; i < at.size(); ++i) {
            out[q * choices.size() + at[i]] = turned[i * queries.size() + q];
            if (queries[q].size > kernel::block_symbols) one_by_one.fill_one(q, at[i]);
        }
    }
}

template <class Out>
void fill(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options, Out* out) {
    const std::vector<QueryGroup> groups = groups_of(queries);
    const auto work = [&](std::size_t begin, std::size_t end) {
        fill_stretch(queries, groups, choices, options, begin, end, out);
        for (std::size_t from = begin; from < end; from += choices_per_task)
            fill_longer(queries, choices, options, from, std::min(end, from + choices_per_task), out);
    };
    if (options.threads == 1)
        work(0, choices.size());
    else
        parallel::for_blocks(choices.size(), choices_per_task, work);
}

}  // namespace

void ratio_matrix(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                  float* out) {
    fill(queries, choices, options, out);
}

void ratio_matrix(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                  double* out) {
    fill(queries, choices, options, out);
}

void ratio_matrix(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                  std::uint8_t* out) {
    fill(queries, choices, options, out);
}

}  // namespace musicsync
