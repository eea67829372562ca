// Some tracks that many queries are compared with: where the kernel finds their texts, looked up once for all.
//
//   const Others others(tracks);
//   for (const Query& query : queries) query.count_common(others, common);
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "musicsync/track.hpp"
#include "score/outline.hpp"

namespace musicsync {

// One of the texts of an outline, of those tracks that have it as bytes.
struct OtherTexts {
    static constexpr std::size_t most = 32;
    std::size_t count = 0;
    std::array<const std::uint8_t*, most> texts;
    std::array<std::uint32_t, most> sizes;
    std::array<std::uint8_t, most> places;  // among the tracks

    // Adds those that are wanted, without a branch for a CPU to guess: others are written over by the next.
    template <std::size_t which, class Wanted>
    void add(std::span<const Outline* const> outlines, Wanted&& wanted) noexcept {
        for (std::size_t i = 0; i < outlines.size() && count < most; ++i) {
            const Outline& theirs = *outlines[i];
            texts[count] = theirs.text(which);
            sizes[count] = theirs.sizes[which];
            places[count] = static_cast<std::uint8_t>(i);
            count += wanted(theirs) && theirs.is_plain(which) ? 1U : 0U;
        }
    }
};

// Asks for their memory too, so what is made of them first waits the least.
class Others {
  public:
    static constexpr std::size_t most = OtherTexts::most;

    explicit Others(std::span<const Track* const> tracks) noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] const OtherTexts& texts(std::size_t which) const noexcept { return texts_[which]; }
    // By word: how many of the first texts have their words in another order.
    [[nodiscard]] std::size_t sorted(std::size_t which) const noexcept { return sorted_[which]; }

  private:
    std::size_t size_;
    std::array<std::size_t, Outline::texts> sorted_{};
    std::array<OtherTexts, Outline::texts> texts_;
};

}  // namespace musicsync
