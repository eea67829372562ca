// What signatures say texts share: every kernel against counting bit by bit.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

#include "kernel_texts.hpp"

namespace {

using namespace musicsync::testing_support;
using musicsync::kernel::Kernel;
using musicsync::kernel::shared_rounding;
using musicsync::kernel::SignedText;

// Signatures as texts have them: as many symbols as bits and others.
struct Signatures {
    std::vector<std::uint64_t> bits;
    std::vector<std::uint8_t> others;
    std::vector<std::uint8_t> sizes;
    std::vector<float> needs;

    Signatures(std::mt19937_64& random, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const SignedText one = any(random);
            bits.push_back(one.bits);
            others.push_back(one.others);
            sizes.push_back(one.size);
            needs.push_back(any_need(random));
        }
    }

    static SignedText any(std::mt19937_64& random) {
        const std::uint64_t bits = random() % 3 == 0 ? random() : random() & random();
        const auto others = static_cast<std::uint8_t>(random() % (random() % 2 == 0 ? 4 : 192));
        return {bits, others, static_cast<std::uint8_t>(ones(bits) + others)};
    }
    static float any_need(std::mt19937_64& random) {
        switch (random() % 8) {
            case 0: return std::numeric_limits<float>::infinity();
            case 1: return -1.0F;
            case 2: return 0.25F;
            default: return std::uniform_real_distribution<float>(0.0F, 0.5F)(random);
        }
    }
    static unsigned ones(std::uint64_t bits) {
        unsigned count = 0;
        for (unsigned bit = 0; bit < 64; ++bit) count += static_cast<unsigned>((bits >> bit) & 1U);
        return count;
    }
    [[nodiscard]] unsigned shared(std::size_t i, const SignedText& asked) const {
        return ones(bits[i] & asked.bits) + std::min<unsigned>(others[i], asked.others);
    }
    [[nodiscard]] bool shares(std::size_t i, const SignedText& asked) const {
        const float symbols = static_cast<float>(unsigned{sizes[i]} + asked.size);
        return static_cast<float>(shared(i, asked)) + shared_rounding >= needs[i] * symbols;
    }
};

class KernelSigned : public testing::TestWithParam<const Kernel*> {};

TEST_P(KernelSigned, counts_what_texts_share_at_most) {
    std::mt19937_64 random(20'261'127);
    for (std::size_t round = 0; round < often(400); ++round) {
        const Signatures texts(random, random() % 200);
        const SignedText asked = Signatures::any(random);
        std::vector<std::uint8_t> shared(texts.bits.size());
        GetParam()->shared_at_most({texts.bits.data(), texts.others.data(), texts.sizes.data(), shared.size()}, asked,
                                   shared.data());
        for (std::size_t i = 0; i < shared.size(); ++i) ASSERT_EQ(shared[i], texts.shared(i, asked)) << round;
    }
}

TEST_P(KernelSigned, finds_the_texts_that_share_what_they_need) {
    std::mt19937_64 random(20'261'128);
    for (std::size_t round = 0; round < often(400); ++round) {
        const Signatures texts(random, random() % 200);
        const SignedText asked = Signatures::any(random);
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < texts.bits.size(); ++i) {
            if (texts.shares(i, asked)) expected.push_back(i);
        }
        std::vector<std::uint32_t> places(texts.bits.size());
        places.resize(
            GetParam()->find_sharing({texts.bits.data(), texts.others.data(), texts.sizes.data(), texts.bits.size()},
                                     asked, texts.needs.data(), places.data()));
        ASSERT_EQ(places, expected) << round;
    }
}

INSTANTIATE_TEST_SUITE_P(kernels, KernelSigned, testing::ValuesIn(every_kernel()),
                         [](const auto& parameter) { return std::string(parameter.param->name); });

}  // namespace
