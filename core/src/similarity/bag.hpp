// How often each symbol is in a text: what two texts can have in common at most, whatever the order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace musicsync {

// Symbols are told apart by their last five bits: letters from each other and from the space, which makes the bound a
// little too high where others share a place, never too low.
class Bag {
  public:
    Bag() = default;
    explicit Bag(std::u32string_view text) noexcept { add(text); }

    // Of code points, or of ASCII.
    template <class Char>
    void add(std::basic_string_view<Char> text) noexcept {
        size_ += text.size();
        if (size_ > most)
            counts_ = {};
        else
            for (const Char symbol : text) ++counts_[static_cast<std::size_t>(symbol) % counts_.size()];
    }
    friend bool operator==(const Bag&, const Bag&) = default;

    // No common subsequence is longer. Texts of more than 255 symbols: the shorter one's length.
    [[nodiscard]] std::size_t common_at_most(const Bag& other) const noexcept {
        if (size_ > most || other.size_ > most) return size_ < other.size_ ? size_ : other.size_;
        int apart = 0;  // a sum of absolute differences is one instruction for 16 counts
        for (std::size_t i = 0; i < counts_.size(); ++i) apart += std::abs(counts_[i] - other.counts_[i]);
        return (size_ + other.size_ - static_cast<std::size_t>(apart)) / 2;
    }

    // No ratio is higher; 1.0 for two empty texts.
    [[nodiscard]] double ratio_at_most(const Bag& other) const noexcept {
        const std::size_t total = size_ + other.size_;
        return total == 0 ? 1.0 : 2.0 * static_cast<double>(common_at_most(other)) / static_cast<double>(total);
    }

  private:
    static constexpr std::size_t most = 255;
    std::array<std::uint8_t, 32> counts_{};
    std::size_t size_ = 0;
};

}  // namespace musicsync
