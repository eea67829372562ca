// Every kernel against the textbook, pair by pair and bit by bit: 10⁵ pairs each, 10⁷ with MUSICSYNC_TEST_ALL.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "kernel_texts.hpp"
#include "reference/lcs.hpp"
#include "similarity/lcs.hpp"

namespace {

using namespace musicsync::testing_support;
using musicsync::kernel::Kernel;

constexpr std::size_t pairs = 100'000;
constexpr std::uint64_t seed = 20'261'126;

struct Case {
    std::u32string pattern;
    std::u32string text;
    std::size_t common = 0;
};

double ratio(const Case& c) {
    const std::size_t total = c.pattern.size() + c.text.size();
    return total == 0 ? 1.0 : 2.0 * static_cast<double>(c.common) / static_cast<double>(total);
}

std::string told(const Kernel& kernel, const Case& c) {
    return std::string(kernel.name) + ": " + testing::PrintToString(c.pattern) + " and " +
           testing::PrintToString(c.text);
}

std::vector<Case> cases(KernelTexts& texts, std::size_t count, std::size_t longest) {
    std::vector<Case> out(count);
    for (Case& c : out) {
        const std::size_t alphabet = texts.below(KernelTexts::alphabets);
        c.pattern = texts.text(texts.length(longest), alphabet);
        c.text = texts.partner(c.pattern, texts.length(longest), alphabet);
        c.common = musicsync::reference::lcs_length(c.pattern, c.text);
    }
    return out;
}

// The pattern block by block, as lcs.cpp does it.
std::size_t in_blocks(const Kernel& kernel, const Case& c) {
    const std::size_t size = musicsync::kernel::block_symbols;
    musicsync::kernel::PatternBlock block;
    std::vector<std::uint64_t> carry((c.text.size() + 63) / 64, 0);
    std::size_t common = 0;
    for (std::size_t start = 0; start < c.pattern.size(); start += size) {
        kernel.build(block, c.pattern.data() + start, std::min(size, c.pattern.size() - start));
        common += kernel.lcs_block(block, c.text.data(), c.text.size(), carry.data());
    }
    return common;
}

void one_block(const Kernel& kernel, const Case& c) {
    musicsync::kernel::PatternBlock block;
    kernel.build(block, c.pattern.data(), c.pattern.size());
    ASSERT_EQ(kernel.lcs_block(block, c.text.data(), c.text.size(), nullptr), c.common) << told(kernel, c);
}

TEST(KernelEqualsReference, for_pairs_of_texts) {
    KernelTexts texts(seed);
    constexpr std::size_t at_once = 1000;
    for (std::size_t done = 0; done < often(pairs); done += at_once) {
        const std::vector<Case> some = cases(texts, at_once, done % 10'000 == 0 ? 200 : 70);
        for (const Kernel* kernel : every_kernel()) {
            ASSERT_TRUE(musicsync::kernel::select(kernel->name));
            for (const Case& c : some) {
                ASSERT_EQ(in_blocks(*kernel, c), c.common) << told(*kernel, c);
                ASSERT_EQ(musicsync::lcs_length(c.pattern, c.text), c.common) << told(*kernel, c);
                ASSERT_EQ(musicsync::Pattern(c.pattern).ratio(c.text), ratio(c)) << told(*kernel, c);
                if (c.pattern.size() <= musicsync::kernel::block_symbols) one_block(*kernel, c);
            }
        }
    }
    musicsync::kernel::select("auto");
}

// One text and as many as the widest kernel has lanes for; a narrower one takes them in parts.
class TileCase {
  public:
    TileCase(KernelTexts& texts, unsigned bits) : bits_(bits), lanes_(8 * musicsync::kernel::most_tile_bytes / bits) {
        const std::size_t alphabet = texts.below(KernelTexts::alphabets);
        text_ = texts.text(texts.length(120), alphabet);
        for (std::u32string& lane : lanes_) lane = texts.partner(text_, texts.length(bits), alphabet);
        for (const std::u32string& lane : lanes_) common_.push_back(musicsync::reference::lcs_length(text_, lane));
    }

    [[nodiscard]] std::size_t pairs() const { return lanes_.size(); }

    void check(const Kernel& kernel) const {
        const Numbered numbered(text_);
        const std::size_t lanes = 8 * kernel.tile_bytes / bits_;
        for (std::size_t first = 0; first < lanes_.size(); first += lanes) {
            const PlainTile tile(kernel, bits_, numbered.alphabet, std::span(lanes_).subspan(first, lanes));
            std::array<std::uint8_t, musicsync::kernel::most_tile_bytes> common{};
            kernel.lcs_tile(tile.rows(), bits_, numbered.text.data(), numbered.text.size(), common.data());
            for (std::size_t lane = 0; lane < lanes; ++lane)
                ASSERT_EQ(common[lane], common_[first + lane])
                    << told(kernel, {text_, lanes_[first + lane]}) << " in lane " << lane << " of " << bits_;
        }
    }

  private:
    unsigned bits_;
    std::u32string text_;
    std::vector<std::u32string> lanes_;
    std::vector<std::size_t> common_;
};

TEST(KernelEqualsReference, for_tiles_of_every_width) {
    KernelTexts texts(seed + 1);
    for (std::size_t done = 0; done < often(pairs);) {
        for (const unsigned bits : {16U, 32U, 64U}) {
            const TileCase tile(texts, bits);
            for (const Kernel* kernel : every_kernel()) tile.check(*kernel);
            if (HasFatalFailure()) return;
            done += tile.pairs();
        }
    }
}

// Every ratio that two texts of up to 64 symbols can have, and every cutoff that parts two of them.
TEST(KernelEqualsReference, for_ratios_and_every_cutoff) {
    for (std::size_t size = 1; size <= 64; ++size) {
        std::vector<std::uint8_t> common;
        std::vector<float> sizes;
        for (std::size_t other = 0; other <= 64; ++other) {
            for (std::size_t c = 0; c <= std::min(size, other); ++c) {
                common.push_back(static_cast<std::uint8_t>(c));
                sizes.push_back(static_cast<float>(other));
            }
        }
        for (std::size_t at = 0; at < common.size(); at += all_of_it() ? 1 : 97) {
            const float edge = 2.0F * static_cast<float>(common[at]) / (static_cast<float>(size) + sizes[at]);
            for (const float cutoff : {edge, std::nextafter(edge, 2.0F)}) {
                for (const Kernel* kernel : every_kernel()) {
                    std::vector<float> out(common.size(), -1.0F);
                    kernel->ratios(common.data(), sizes.data(), common.size(), static_cast<float>(size), 2.0F, cutoff,
                                   out.data());
                    for (std::size_t i = 0; i < out.size(); ++i) {
                        const float ratio =
                            2.0F * static_cast<float>(common[i]) / (static_cast<float>(size) + sizes[i]);
                        ASSERT_EQ(out[i], ratio < cutoff ? 0.0F : ratio) << kernel->name << " " << cutoff;
                    }
                }
            }
        }
    }
}

}  // namespace
