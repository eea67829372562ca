#include <gtest/gtest.h>

#include <random>
#include <string>

#include "kernels/kernels.hpp"
#include "musicsync/cpu.hpp"
#include "reference/lcs.hpp"
#include "similarity/lcs.hpp"

namespace {

using musicsync::kernel::PatternBlock;

// Small alphabets make long common subsequences; the last one mixes code points that share a hash slot.
std::u32string random_text(std::mt19937& random, std::size_t length, int alphabet) {
    std::u32string text;
    for (std::size_t i = 0; i < length; ++i) {
        const auto draw = static_cast<char32_t>(random() % 26);
        if (alphabet == 0) text += U'a' + draw % 3;
        if (alphabet == 1) text += U'a' + draw;
        if (alphabet == 2) text.push_back(static_cast<char32_t>(U'\u4E00' + draw * 128));
        if (alphabet == 3)
            text += random() % 2 == 0 ? U'a' + draw : 0x10000 + static_cast<char32_t>(random() % 0xFFFFF);
    }
    return text;
}

class EveryKernel : public testing::TestWithParam<std::string> {
  protected:
    void SetUp() override { ASSERT_TRUE(musicsync::set_kernel(GetParam())); }
    void TearDown() override { ASSERT_TRUE(musicsync::set_kernel("auto")); }
};

TEST_P(EveryKernel, gives_the_reference_length_around_every_block_boundary) {
    std::mt19937 random(20240521);
    for (const std::size_t n :
         {0U, 1U, 7U, 8U, 9U, 15U, 16U, 17U, 31U, 32U, 33U, 63U, 64U, 65U, 127U, 128U, 129U, 200U}) {
        for (const std::size_t m : {0U, 1U, 8U, 33U, 63U, 64U, 65U, 130U}) {
            for (int alphabet = 0; alphabet < 4; ++alphabet) {
                const std::u32string a = random_text(random, n, alphabet);
                const std::u32string b = random_text(random, m, alphabet);
                ASSERT_EQ(musicsync::lcs_length(a, b), musicsync::reference::lcs_length(a, b))
                    << n << " " << m << " " << alphabet;
            }
        }
    }
}

TEST_P(EveryKernel, gives_the_reference_ratio_for_a_prepared_pattern) {
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        const std::u32string a = random_text(random, random() % 150, round % 4);
        const std::u32string b = random_text(random, random() % 150, round % 4);
        ASSERT_EQ(musicsync::Pattern(a).ratio(b), musicsync::reference::ratio(a, b));
    }
}

TEST_P(EveryKernel, takes_a_pattern_longer_than_its_prepared_blocks) {
    std::mt19937 random(11);
    const std::u32string a = random_text(random, 1500, 1);
    const std::u32string b = random_text(random, 1400, 1);
    EXPECT_EQ(musicsync::Pattern(a).ratio(b), musicsync::reference::ratio(a, b));
}

TEST_P(EveryKernel, keeps_distinct_symbols_of_one_hash_slot_apart) {
    std::u32string pattern;
    for (char32_t i = 0; i < 64; ++i)
        pattern.push_back(static_cast<char32_t>(U'\U00010000' + i * 128));  // all fall on the same slot
    PatternBlock block;
    musicsync::kernel::active().build(block, pattern.data(), pattern.size());
    const std::u32string absent(1, 0x10000 + 64 * 128);
    EXPECT_EQ(musicsync::kernel::active().lcs_block(block, pattern.data(), pattern.size(), nullptr), 64U);
    EXPECT_EQ(musicsync::kernel::active().lcs_block(block, absent.data(), absent.size(), nullptr), 0U);
}

INSTANTIATE_TEST_SUITE_P(kernels, EveryKernel, testing::ValuesIn(musicsync::kernels()),
                         [](const auto& parameter) { return parameter.param; });

TEST(SetKernel, refuses_a_name_that_nobody_has) {
    const auto result = musicsync::set_kernel("abacus");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, musicsync::Errc::unknown_kernel);
    EXPECT_NE(result.error().message.find("scalar"), std::string::npos);
}

}  // namespace
