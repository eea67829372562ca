// A stretch of texts, numbered and sorted by length, to be compared with tiles four at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/kernels.hpp"
#include "similarity/alphabet.hpp"

namespace musicsync {

class Stretch {
  public:
    static constexpr std::size_t most = 256;

    explicit Stretch(const kernel::Kernel& kernel) : kernel_(kernel) {}

    // At most `most` texts; a row of lanes for each is what their answers go to, and one more is scratch.
    void take(std::span<const Symbols> texts, std::uint8_t* lanes);
    // Writes their symbols as where their rows begin in a tile with this alphabet.
    void number(const Alphabet& alphabet);

    // By length, shortest first; without the others.
    [[nodiscard]] const std::vector<std::uint32_t>& sorted() const noexcept { return order_; }
    [[nodiscard]] std::size_t size_of(std::uint32_t i) const noexcept { return texts_[i].size; }
    // Where the rows of its symbols begin.
    [[nodiscard]] std::span<const std::uint16_t> rows_of(std::uint32_t i) const noexcept {
        return {numbers_of_[i], texts_[i].size};
    }
    [[nodiscard]] std::size_t size() const noexcept { return texts_.size(); }
    // Texts of about one length; where there are fewer than four, the last one is compared again and again.
    [[nodiscard]] const std::vector<kernel::Four>& fours() const noexcept { return fours_; }
    // Too long for a tile's kernel: in none of the fours.
    [[nodiscard]] const std::vector<std::uint32_t>& others() const noexcept { return others_; }

  private:
    void order();
    void group(std::uint8_t* lanes);

    const kernel::Kernel& kernel_;
    std::span<const Symbols> texts_;
    std::vector<std::uint32_t> order_;
    std::vector<std::uint32_t> others_;
    std::vector<kernel::Four> fours_;
    std::array<std::uint16_t*, most> numbers_of_{};  // where the numbers of each text begin
    std::array<std::size_t, most> rooms_{};          // and how many it has room for
    std::vector<std::uint16_t> numbers_;
};

}  // namespace musicsync
