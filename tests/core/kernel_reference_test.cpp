// Every kernel against the textbook, pair by pair and bit by bit: 10⁵ pairs each, 10⁷ with MUSICSYNC_TEST_ALL.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>

#include "kernel_texts.hpp"
#include "reference/lcs.hpp"
#include "similarity/lcs.hpp"

namespace {

using namespace musicsync::testing_support;
using musicsync::kernel::block_symbols;
using musicsync::kernel::Kernel;
using musicsync::kernel::PatternBlock;

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

// The pattern block by block, the carries kept between them.
std::size_t in_blocks(const Kernel& kernel, const Case& c) {
    PatternBlock block;
    std::vector<std::uint64_t> carry((c.text.size() + 63) / 64, 0);
    std::size_t common = 0;
    for (std::size_t start = 0; start < c.pattern.size(); start += block_symbols) {
        kernel.build(block, c.pattern.data() + start, std::min(block_symbols, c.pattern.size() - start));
        common += kernel.lcs_block(block, c.text.data(), c.text.size(), carry.data());
    }
    return common;
}

// All blocks at once, `most_blocks` at most.
std::size_t through_blocks(const Kernel& kernel, const Case& c) {
    std::vector<PatternBlock> blocks(std::max<std::size_t>(1, (c.pattern.size() + block_symbols - 1) / block_symbols));
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const std::size_t start = i * block_symbols;
        kernel.build(blocks[i], c.pattern.data() + start, std::min(block_symbols, c.pattern.size() - start));
    }
    return kernel.lcs_blocks(blocks.data(), blocks.size(), c.text.data(), c.text.size());
}

void one_block(const Kernel& kernel, const Case& c) {
    PatternBlock block;
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
            const auto block = std::make_unique<PatternBlock>();  // lcs_pair leaves it as empty as it was
            for (const Case& c : some) {
                ASSERT_EQ(in_blocks(*kernel, c), c.common) << told(*kernel, c);
                ASSERT_EQ(musicsync::lcs_length(c.pattern, c.text), c.common) << told(*kernel, c);
                ASSERT_EQ(musicsync::Pattern(c.pattern).ratio(c.text), ratio(c)) << told(*kernel, c);
                if (c.pattern.size() > block_symbols) continue;
                one_block(*kernel, c);
                ASSERT_EQ(kernel->lcs_pair(*block, c.pattern.data(), c.pattern.size(), c.text.data(), c.text.size()),
                          c.common)
                    << told(*kernel, c);
            }
        }
    }
    musicsync::kernel::select("auto");
}

// A pattern of every number of blocks.
TEST(KernelEqualsReference, for_rows_of_blocks) {
    KernelTexts texts(seed + 1);
    for (std::size_t done = 0; done < often(pairs) / 50; ++done) {
        const std::size_t longest = block_symbols * (1 + done % musicsync::kernel::most_blocks);
        const std::size_t alphabet = texts.below(KernelTexts::alphabets);
        Case c;
        c.pattern = texts.text(done % 3 == 0 ? longest : longest - texts.below(block_symbols), alphabet);
        c.text = texts.partner(c.pattern, texts.length(300), alphabet);
        c.common = musicsync::reference::lcs_length(c.pattern, c.text);
        for (const Kernel* kernel : every_kernel()) {
            ASSERT_EQ(through_blocks(*kernel, c), c.common) << told(*kernel, c);
            ASSERT_EQ(in_blocks(*kernel, c), c.common) << told(*kernel, c);
        }
    }
}

// Four texts and as many as the widest kernel has lanes for; a narrower one takes them in turns.
class TileCase {
  public:
    TileCase(KernelTexts& texts, unsigned bits, std::size_t longest)
        : bits_(bits), lanes_(8 * musicsync::kernel::most_tile_bytes / bits) {
        const std::size_t letters = texts.below(KernelTexts::alphabets);
        for (std::u32string& text : texts_) text = texts.text(texts.length(120), letters);
        for (std::u32string& lane : lanes_)
            lane = texts.partner(texts_[texts.below(texts_.size())], texts.length(longest), letters);
        alphabet_ = PlainFour::alphabet_of(texts_);
        for (const std::u32string& text : texts_) {
            for (const std::u32string& lane : lanes_)
                common_.push_back(musicsync::reference::lcs_length(known(text), known(lane)));
        }
    }

    [[nodiscard]] std::size_t pairs() const { return common_.size(); }

    // Each lane's first `bits` symbols at once.
    void check_tile(const Kernel& kernel) const {
        for_tiles(kernel, [&](std::span<const std::u32string> lanes, PlainFour(&fours)[2]) {
            const PlainTile tile(kernel, bits_, alphabet_, lanes);
            const musicsync::kernel::Four both[] = {fours[0].four(), fours[1].four()};
            kernel.lcs_tile(tile.rows(), bits_, both, std::size(both));
        });
    }
    // Lanes of any length, 64 symbols after the other.
    void check_parts(const Kernel& kernel, std::size_t parts) const {
        for_tiles(kernel, [&](std::span<const std::u32string> lanes, PlainFour(&fours)[2]) {
            for (PlainFour& four : fours) {
                std::vector<std::uint8_t> carry(musicsync::kernel::lockstep * four.length() * kernel.tile_bytes, 0);
                for (std::size_t part = 0; part < parts; ++part)
                    kernel.lcs_part(PlainTile(kernel, bits_, alphabet_, lanes, part).rows(), four.four(), carry.data());
            }
        });
    }

  private:
    // Calls compare(lanes, fours) for as many lanes as the kernel has, twice the same four texts, and looks at what it
    // left there.
    template <class Compare>
    void for_tiles(const Kernel& kernel, Compare&& compare) const {
        const std::size_t lanes = 8 * kernel.tile_bytes / bits_;
        for (std::size_t first = 0; first < lanes_.size(); first += lanes) {
            PlainFour fours[] = {{kernel, alphabet_, texts_}, {kernel, alphabet_, texts_}};
            compare(std::span(lanes_).subspan(first, lanes), fours);
            for (const PlainFour& four : fours) {
                for (std::size_t at = 0; at < texts_.size() * lanes; ++at)
                    expect(kernel, four, at / lanes, first, at % lanes);
                if (testing::Test::HasFatalFailure()) return;
            }
        }
    }
    void expect(const Kernel& kernel, const PlainFour& four, std::size_t text, std::size_t first,
                std::size_t lane) const {
        const std::uint64_t found = lane_at(four.common[text].data(), lane, bits_);
        ASSERT_EQ(found, common_[text * lanes_.size() + first + lane])
            << told(kernel, {texts_[text], lanes_[first + lane]}) << " in lane " << lane << " of " << bits_;
    }
    // A symbol that has no row is in no LCS.
    [[nodiscard]] std::u32string known(std::u32string text) const {
        std::erase_if(text, [this](char32_t c) { return alphabet_.find(c) == std::u32string::npos; });
        return text;
    }

    unsigned bits_;
    PlainFour::Texts texts_;
    std::vector<std::u32string> lanes_;
    std::u32string alphabet_;
    std::vector<std::size_t> common_;
};

TEST(KernelEqualsReference, for_tiles_of_every_width) {
    KernelTexts texts(seed + 2);
    for (std::size_t done = 0; done < often(pairs);) {
        for (const unsigned bits : {8U, 16U, 32U, 64U}) {
            const TileCase tile(texts, bits, bits);
            for (const Kernel* kernel : every_kernel()) tile.check_tile(*kernel);
            if (HasFatalFailure()) return;
            done += tile.pairs();
        }
    }
}

TEST(KernelEqualsReference, for_tiles_of_several_parts) {
    KernelTexts texts(seed + 3);
    for (std::size_t done = 0; done < often(pairs) / 10;) {
        for (const std::size_t parts : {1U, 2U, 3U, 5U}) {
            const TileCase tile(texts, 64, parts * block_symbols);
            for (const Kernel* kernel : every_kernel()) tile.check_parts(*kernel, parts);
            if (HasFatalFailure()) return;
            done += tile.pairs();
        }
    }
}

}  // namespace
