// Some tracks that a query is compared with, or one query after the other: where the kernel finds their texts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "musicsync/track.hpp"
#include "score/outline.hpp"

namespace musicsync {

// Asks for their memory too, so what is made of them first waits the least. The tracks must outlive it.
class Others {
  public:
    static constexpr std::size_t most = 32;

    // One of the texts of an outline, of those tracks that have it as bytes.
    struct Texts {
        std::size_t count = 0;
        std::size_t sorted = 0;  // by word: the first ones, whose words are in another order than the text's
        std::array<const std::uint8_t*, most> texts;
        std::array<std::uint32_t, most> sizes;
        std::array<std::uint8_t, most> places;  // among the tracks
    };

    explicit Others(std::span<const Track* const> tracks) noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] const Texts& texts(std::size_t which) const noexcept { return texts_[which]; }

  private:
    void gather(std::size_t which, std::span<const Outline* const> outlines) noexcept;

    std::size_t size_;
    std::array<Texts, Outline::texts> texts_;
};

}  // namespace musicsync
