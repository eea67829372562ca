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

    // Texts of about one length; where there are fewer than four, the last one is compared again and again.
    struct Four {
        std::array<std::uint32_t, kernel::lockstep> texts{};  // counted from the stretch's begin
        std::size_t count = 0;
        std::array<std::uint32_t, kernel::lockstep> places{};  // where the numbers of each begin
        std::size_t length = 0;                                // of the longest
    };

    explicit Stretch(std::span<const Symbols> texts) : texts_(texts) {}

    // At most `most` texts.
    void take(std::size_t begin, std::size_t end);
    // Writes their symbols as where their rows begin in a tile with this alphabet.
    void number(const Alphabet& alphabet, std::size_t tile_bytes);

    [[nodiscard]] std::size_t begin() const noexcept { return begin_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] const std::vector<Four>& fours() const noexcept { return fours_; }
    // Too long for a tile's kernel: in none of the fours.
    [[nodiscard]] const std::vector<std::uint32_t>& others() const noexcept { return others_; }
    [[nodiscard]] const std::uint16_t* numbers_of(const Four& four, std::size_t k) const noexcept {
        return numbers_.data() + four.places[k];
    }

  private:
    void order();

    std::span<const Symbols> texts_;
    std::size_t begin_ = 0;
    std::size_t size_ = 0;
    std::vector<std::uint32_t> order_;
    std::vector<std::uint32_t> others_;
    std::vector<Four> fours_;
    std::array<std::uint32_t, most> places_{};  // where the numbers of each text begin
    std::array<std::uint32_t, most> rooms_{};   // and how many it has room for
    std::vector<std::uint16_t> numbers_;
};

}  // namespace musicsync
