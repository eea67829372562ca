// No kernel touches a byte that it was not given. Every buffer lies between two pages that nobody may read, flush with
// one of them or 1–63 elements off, and what a kernel writes is looked at on both sides.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <span>

#include "every_place.hpp"
#include "reference/lcs.hpp"

namespace musicsync::testing_support {

using musicsync::kernel::Four;
using musicsync::kernel::lockstep;
using musicsync::kernel::PatternBlock;
using musicsync::kernel::Ratios;

TEST_P(EveryPlace, patterns_are_read_within_their_bounds) {
    const std::u32string pattern = texts.text(64, 4);
    everywhere(64, [&](std::size_t length, Side side, std::size_t offset) {
        const char32_t* placed = input.put(side, offset, std::span(pattern).first(length));
        PatternBlock block;
        kernel.build(block, placed, length);
        ASSERT_EQ(kernel.lcs_block(block, placed, length, nullptr), length);
    });
}

// The blocks are aligned as their words are, so they are flush with their guards on both sides.
TEST_P(EveryPlace, blocks_are_read_within_their_bounds) {
    const std::u32string pattern = texts.text(musicsync::kernel::most_blocks * 64, 4);
    for (std::size_t count = 1; count <= musicsync::kernel::most_blocks; ++count) {
        GuardedPages before(count * sizeof(PatternBlock));
        GuardedPages behind(count * sizeof(PatternBlock));
        ASSERT_TRUE(before.works() && behind.works());
        std::vector<PatternBlock> blocks(count);
        for (std::size_t i = 0; i < count; ++i) kernel.build(blocks[i], pattern.data() + 64 * i, 64);
        const std::span<const PatternBlock> all(blocks);
        const PatternBlock* const placed[] = {before.put(Side::front, 0, all), behind.put(Side::back, 0, all)};
        everywhere(
            longest,
            [&](std::size_t length, Side side, std::size_t offset) {
                const char32_t* text = input.put(side, offset, std::span<const char32_t>(pattern).first(length));
                ASSERT_EQ(kernel.lcs_blocks(placed[static_cast<std::size_t>(side)], count, text, length),
                          std::min(length, 64 * count));
            },
            17);
    }
}

TEST_P(EveryPlace, pairs_are_used_within_their_bounds) {
    const std::u32string pattern = texts.text(64, 4);
    const std::u32string text = texts.partner(pattern, 64, 4);
    GuardedPages pages(sizeof(PatternBlock));
    ASSERT_TRUE(pages.works());
    static_assert(sizeof(PatternBlock) % 16 == 0);
    everywhere(64, [&](std::size_t length, Side side, std::size_t offset) {
        auto* const block = pages.place<PatternBlock>(side, 0, 1);
        std::memset(static_cast<void*>(block), 0, sizeof *block);
        const char32_t* placed = input.put(side, offset, std::span(pattern).first(length));
        const char32_t* placed_text = other.put(side, offset, std::span(text).first(length));
        const std::uint32_t found = kernel.lcs_pair(*block, placed, length, placed_text, length);
        if (offset == 0) {
            ASSERT_EQ(found, musicsync::reference::lcs_length(pattern.substr(0, length), text.substr(0, length)));
        }
        const auto* const bytes = reinterpret_cast<const std::uint8_t*>(block);
        ASSERT_TRUE(std::all_of(bytes, bytes + sizeof *block, [](std::uint8_t byte) { return byte == 0; }));
        ASSERT_TRUE(pages.only(block, 1));
    });
}

TEST_P(EveryPlace, texts_and_carries_are_used_within_their_bounds) {
    const std::u32string pattern = texts.text(64, 1);
    const std::u32string text = texts.text(longest, 1);
    PatternBlock block;
    kernel.build(block, pattern.data(), pattern.size());
    everywhere(longest, [&](std::size_t length, Side side, std::size_t offset) {
        const std::size_t words = (length + 63) / 64;
        std::array<std::uint64_t, longest / 64> carry{};
        const std::uint32_t expected = kernel.lcs_block(block, text.data(), length, carry.data());
        const char32_t* placed = input.put(side, offset, std::span(text).first(length));
        auto* const words_placed = output.place<std::uint64_t>(side, offset, words);
        std::fill_n(words_placed, words, 0);
        ASSERT_EQ(kernel.lcs_block(block, placed, length, nullptr), expected);
        ASSERT_EQ(kernel.lcs_block(block, placed, length, words_placed), expected);
        ASSERT_TRUE(std::equal(words_placed, words_placed + words, carry.begin()));
        ASSERT_TRUE(output.only(words_placed, words));
    });
}

TEST_P(EveryPlace, symbols_and_their_rows_are_used_within_their_bounds) {
    const musicsync::kernel::RowsOfBytes table = rows_of_bytes(texts);
    std::array<std::uint8_t, longest> symbols{};
    for (std::uint8_t& symbol : symbols) symbol = static_cast<std::uint8_t>(texts.below(256));
    everywhere(longest, [&](std::size_t length, Side side, std::size_t offset) {
        const std::size_t size = length - std::min(length, offset % 3 * 20);  // the rest of the room is filled up
        auto* const out = output.place<std::uint16_t>(side, offset, length);
        kernel.number(input.put(side, offset, std::span<const std::uint8_t>(symbols).first(size)), size, length, table,
                      out);
        for (std::size_t i = 0; i < length; ++i) ASSERT_EQ(out[i], i < size ? table.rows[symbols[i]] : 0);
        ASSERT_TRUE(output.only(out, length));
    });
}

// A tile with four texts, each of them and each row of answers between guards of its own. The rows are aligned, so they
// are flush with their guards wherever that lets them.
class GuardedTile {
  public:
    GuardedTile(const Kernel& kernel, KernelTexts& texts, unsigned bits) : kernel_(kernel) {
        std::vector<std::u32string> lanes(8 * kernel.tile_bytes / bits);
        for (std::u32string& lane : lanes) lane = texts.text(bits, 1);
        for (std::u32string& text : texts_) text = texts.text(longest, 1);
        const std::u32string alphabet = PlainFour::alphabet_of(texts_);
        tile_ = std::make_unique<PlainTile>(kernel, bits, alphabet, lanes);
        plain_ = std::make_unique<PlainFour>(kernel, alphabet, texts_);
        for (auto& pages : rows_) pages = std::make_unique<GuardedPages>(tile_->size());
        for (auto& pages : inputs_) pages = std::make_unique<GuardedPages>(2 * (longest + offsets));
        for (auto& pages : outputs_) pages = std::make_unique<GuardedPages>(4 * offsets);
        const std::span all(tile_->rows(), tile_->size());
        placed_rows_[0] = rows_[0]->put(Side::front, 0, all);
        placed_rows_[1] = rows_[1]->put(Side::back, 0, all);
    }

    // Of the first `length` symbols of each text.
    Four place(std::size_t length, Side side, std::size_t offset) {
        Four four{};
        four.length = length;
        for (std::size_t k = 0; k < lockstep; ++k) {
            const std::span<const std::uint16_t> numbers(plain_->rows_of(k));
            four.text[k] = inputs_[k]->put(side, offset, numbers.first(length));
            four.common[k] = outputs_[k]->place<std::uint8_t>(side, offset, kernel_.tile_bytes);
            std::fill_n(four.common[k], kernel_.tile_bytes, std::uint8_t{0});
        }
        return four;
    }
    // The same without guards; its answers are in `plain().common`.
    Four unguarded(std::size_t length) {
        Four four = plain_->four();
        four.length = length;
        plain_->common = {};
        return four;
    }
    [[nodiscard]] const std::uint8_t* rows() const { return tile_->rows(); }
    [[nodiscard]] const std::uint8_t* rows(Side side) const { return placed_rows_[static_cast<std::size_t>(side)]; }

    void expect_answers(const Four& four) {
        for (std::size_t k = 0; k < lockstep; ++k) {
            const std::uint8_t* const common = four.common[k];
            ASSERT_TRUE(std::equal(common, common + kernel_.tile_bytes, plain_->common[k].begin())) << "text " << k;
            ASSERT_TRUE(outputs_[k]->only(four.common[k], kernel_.tile_bytes)) << "text " << k;
        }
    }

  private:
    using Pages = std::unique_ptr<GuardedPages>;
    const Kernel& kernel_;
    PlainFour::Texts texts_;
    std::unique_ptr<PlainTile> tile_;
    std::unique_ptr<PlainFour> plain_;
    std::array<Pages, 2> rows_;
    std::array<const std::uint8_t*, 2> placed_rows_{};
    std::array<Pages, lockstep> inputs_;
    std::array<Pages, lockstep> outputs_;
};

TEST_P(EveryPlace, tiles_are_used_within_their_bounds) {
    for (const unsigned bits : {8U, 16U, 32U, 64U}) {
        GuardedTile tile(kernel, texts, bits);
        everywhere(
            longest,
            [&](std::size_t length, Side side, std::size_t offset) {
                const Four plain = tile.unguarded(length);
                kernel.lcs_tile(tile.rows(), bits, &plain, 1);
                const Four four = tile.place(length, side, offset);
                kernel.lcs_tile(tile.rows(side), bits, &four, 1);
                tile.expect_answers(four);
            },
            3);
    }
}

TEST_P(EveryPlace, parts_and_carries_are_used_within_their_bounds) {
    constexpr std::size_t most = 80;
    GuardedTile tile(kernel, texts, 64);
    GuardedPages carries(lockstep * most * kernel.tile_bytes + offsets);
    ASSERT_TRUE(carries.works());
    everywhere(most, [&](std::size_t length, Side side, std::size_t offset) {
        const std::size_t size = lockstep * length * kernel.tile_bytes;
        std::vector<std::uint8_t> plain_carry(size, 0);
        kernel.lcs_part(tile.rows(), tile.unguarded(length), plain_carry.data());
        auto* const carry = carries.place<std::uint8_t>(side, offset, size);
        std::fill_n(carry, size, std::uint8_t{0});
        const Four four = tile.place(length, side, offset);
        kernel.lcs_part(tile.rows(side), four, carry);
        tile.expect_answers(four);
        ASSERT_TRUE(std::equal(carry, carry + size, plain_carry.begin()));
        ASSERT_TRUE(carries.only(carry, size));
    });
}

TEST_P(EveryPlace, lanes_are_turned_within_their_bounds) {
    for (const unsigned bits : {8U, 16U, 32U, 64U}) {
        for (const std::size_t count : {128U, 256U}) {
            const std::size_t size = count * kernel.tile_bytes;
            GuardedPages pages(size + offsets);
            GuardedPages spare(size + offsets);
            ASSERT_TRUE(pages.works() && spare.works());
            std::vector<std::uint8_t> lanes(size);
            for (std::uint8_t& byte : lanes) byte = static_cast<std::uint8_t>(texts.below(256));
            everywhere(0, [&](std::size_t, Side side, std::size_t offset) {
                std::uint8_t* const given = pages.put(side, offset, std::span<const std::uint8_t>(lanes));
                auto* const free = spare.place<std::uint8_t>(side, offset, size);
                const std::uint8_t* const turned = kernel.turn(given, free, count, bits);
                ASSERT_TRUE(turned == given || turned == free);
                for (std::size_t lane = 0; lane < 8 * kernel.tile_bytes / bits; ++lane)
                    ASSERT_EQ(turned[(lane + 1) * count - 1], lanes[(count - 1) * kernel.tile_bytes + lane * bits / 8]);
                ASSERT_TRUE(pages.only(given, size) && spare.only(free, size));
            });
        }
    }
}

// `compute(ratios, out)` on lengths 0 to 63 and sizes 1 to 64.
template <class Real>
class GuardedRatios {
  public:
    GuardedRatios() {
        for (std::size_t i = 0; i < longest; ++i) {
            sizes_[i] = static_cast<Real>(i % 64 + 1);
            common_[i] = static_cast<std::uint8_t>(i % 64);
        }
    }
    [[nodiscard]] Ratios<Real> place(GuardedPages& common, GuardedPages& sizes, std::size_t count, Side side,
                                     std::size_t offset) const {
        return {common.put(side, offset, std::span<const std::uint8_t>(common_).first(count)),
                sizes.put(side, offset, std::span<const Real>(sizes_).first(count)),
                count,
                Real{64},
                Real{200},
                Real{50}};
    }
    [[nodiscard]] Real at(std::size_t i) const {
        const Real ratio = Real{200} * static_cast<Real>(common_[i]) / (Real{64} + sizes_[i]);
        return ratio < Real{50} ? Real{0} : ratio;
    }

  private:
    std::array<std::uint8_t, longest> common_{};
    std::array<Real, longest> sizes_{};
};

TEST_P(EveryPlace, ratios_of_floats_are_computed_within_their_bounds) {
    const GuardedRatios<float> ratios;
    everywhere(longest, [&](std::size_t count, Side side, std::size_t offset) {
        auto* const out = output.place<float>(side, offset, count);
        kernel.ratios_float(ratios.place(input, other, count, side, offset), out);
        for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(out[i], ratios.at(i));
        ASSERT_TRUE(output.only(out, count));
    });
}

TEST_P(EveryPlace, ratios_of_doubles_and_bytes_are_computed_within_their_bounds) {
    const GuardedRatios<double> ratios;
    everywhere(longest, [&](std::size_t count, Side side, std::size_t offset) {
        const Ratios<double> given = ratios.place(input, other, count, side, offset);
        auto* const out = output.place<double>(side, offset, count);
        kernel.ratios_double(given, out);
        for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(out[i], ratios.at(i));
        ASSERT_TRUE(output.only(out, count));
        auto* const bytes = third.place<std::uint8_t>(side, offset, count);
        kernel.ratios_byte(given, bytes);
        for (std::size_t i = 0; i < count; ++i)
            ASSERT_EQ(bytes[i], static_cast<std::uint8_t>(std::lround(ratios.at(i))));
        ASSERT_TRUE(third.only(bytes, count));
    });
}

INSTANTIATE_TEST_SUITE_P(kernels, EveryPlace, testing::ValuesIn(every_kernel()),
                         [](const auto& parameter) { return std::string(parameter.param->name); });

// A new function of the kernels must come here and to kernel_reference_test.cpp, kernel_rows_test.cpp,
// kernel_few_test.cpp, kernel_columns_test.cpp, kernel_ascii_test.cpp or kernel_signed_test.cpp before this number is
// raised.
TEST(EveryPlace, knows_every_function_of_a_kernel) {
    EXPECT_EQ(sizeof(Kernel) / sizeof(void*), 19U) << "a name, the bytes of a row and seventeen functions";
}

}  // namespace musicsync::testing_support
