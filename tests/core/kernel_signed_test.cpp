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
using musicsync::kernel::most_needed;
using musicsync::kernel::NeedsOfGroups;
using musicsync::kernel::SignedText;

// Signatures as texts have them: as many symbols as bits and others.
struct Signatures {
    std::vector<std::uint64_t> bits;
    std::vector<std::uint8_t> others;
    std::vector<std::uint8_t> sizes;

    Signatures(std::mt19937_64& random, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const SignedText one = any(random);
            bits.push_back(one.bits);
            others.push_back(one.others);
            sizes.push_back(one.size);
        }
    }

    static SignedText any(std::mt19937_64& random) {
        const std::uint64_t bits = random() % 3 == 0 ? random() : random() & random();
        const auto others = static_cast<std::uint8_t>(random() % (random() % 2 == 0 ? 4 : 192));
        return {bits, others, static_cast<std::uint8_t>(ones(bits) + others)};
    }
    static unsigned ones(std::uint64_t bits) {
        unsigned count = 0;
        for (unsigned bit = 0; bit < 64; ++bit) count += static_cast<unsigned>((bits >> bit) & 1U);
        return count;
    }
    [[nodiscard]] musicsync::kernel::SignedTexts as_kernel() const {
        return {bits.data(), others.data(), sizes.data(), bits.size()};
    }
    [[nodiscard]] unsigned shared(std::size_t i, const SignedText& asked) const {
        return ones(bits[i] & asked.bits) + std::min<unsigned>(others[i], asked.others);
    }
    [[nodiscard]] bool shares(std::size_t i, const SignedText& asked, unsigned need) const {
        return 256 * shared(i, asked) >= need * (unsigned{sizes[i]} + asked.size);
    }
};

// One need for each row of texts, of any length; the first bit says nothing.
struct AnyNeeds {
    std::vector<std::uint8_t> needs;
    std::vector<std::uint64_t> next;
    std::vector<std::uint8_t> of_text;

    AnyNeeds(std::mt19937_64& random, std::size_t count) : needs{any(random)}, next((count + 63) / 64) {
        const std::uint64_t one_in = 1 + random() % 12;
        for (std::size_t i = 0; i < count; ++i) {
            if (random() % one_in == 0) {
                next[i / 64] |= std::uint64_t{1} << (i % 64);
                if (i > 0) needs.push_back(any(random));
            }
            of_text.push_back(needs.back());
        }
        // What is behind the last text is nobody's.
        if (count % 64 != 0) next.back() |= random() << (count % 64);
    }
    static std::uint8_t any(std::mt19937_64& random) {
        switch (random() % 8) {
            case 0: return 0;
            case 1: return most_needed;
            case 2: return 64;
            default: return static_cast<std::uint8_t>(random() % (most_needed + 1U));
        }
    }
};

class KernelSigned : public testing::TestWithParam<const Kernel*> {};

TEST_P(KernelSigned, finds_the_texts_that_share_what_they_need) {
    std::mt19937_64 random(20'261'128);
    for (std::size_t round = 0; round < often(800); ++round) {
        const Signatures texts(random, random() % 300);
        const SignedText asked = Signatures::any(random);
        const AnyNeeds needs(random, texts.bits.size());
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < texts.bits.size(); ++i) {
            if (texts.shares(i, asked, needs.of_text[i])) expected.push_back(i);
        }
        std::vector<std::uint32_t> places(texts.bits.size());
        places.resize(
            GetParam()->find_sharing(texts.as_kernel(), asked, {needs.needs.data(), needs.next.data()}, places.data()));
        ASSERT_EQ(places, expected) << round;
        // Only some of them are asked about; what is behind the last text is nobody's.
        std::vector<std::uint64_t> among(needs.next.size());
        for (std::uint64_t& some : among) some = round % 2 == 0 ? random() : random() & random() & random();
        std::erase_if(expected, [&among](std::uint32_t i) { return (among[i / 64] >> (i % 64) & 1) == 0; });
        places.resize(texts.bits.size());
        places.resize(GetParam()->find_sharing(texts.as_kernel(), asked,
                                               {needs.needs.data(), needs.next.data(), among.data()}, places.data()));
        ASSERT_EQ(places, expected) << round;
    }
}

// Every text with a need of its own, and all with one.
TEST_P(KernelSigned, a_need_may_be_of_one_text_or_of_all) {
    std::mt19937_64 random(20'261'129);
    for (const std::size_t count : {1U, 63U, 64U, 65U, 128U, 200U}) {
        const Signatures texts(random, count);
        const SignedText asked = Signatures::any(random);
        std::vector<std::uint8_t> needs(count);
        for (std::uint8_t& need : needs) need = AnyNeeds::any(random);
        for (const bool own : {true, false}) {
            const std::vector<std::uint64_t> next((count + 63) / 64, own ? ~std::uint64_t{0} : 0);
            std::vector<std::uint32_t> expected;
            for (std::uint32_t i = 0; i < count; ++i) {
                if (texts.shares(i, asked, own ? needs[i] : needs[0])) expected.push_back(i);
            }
            std::vector<std::uint32_t> places(count);
            places.resize(
                GetParam()->find_sharing(texts.as_kernel(), asked, {needs.data(), next.data()}, places.data()));
            ASSERT_EQ(places, expected) << count;
        }
    }
}

TEST_P(KernelSigned, says_what_groups_need) {
    std::mt19937_64 random(20'261'130);
    std::uniform_real_distribution<float> any(0.0F, 1.0F);
    for (std::size_t round = 0; round < often(400); ++round) {
        const Signatures texts(random, random() % 200);
        const SignedText asked = Signatures::any(random);
        std::vector<float> numbers(1 + random() % 50);
        for (float& number : numbers)
            number = random() % 10 == 0 ? -std::numeric_limits<float>::infinity() : any(random);
        std::vector<std::uint32_t> number_of(texts.bits.size());
        for (std::uint32_t& of : number_of) of = static_cast<std::uint32_t>(random() % numbers.size());
        const NeedsOfGroups rule{any(random), any(random), 300.0F * any(random)};
        std::vector<std::uint8_t> needs(texts.bits.size());
        GetParam()->needs_of({texts.as_kernel(), numbers.data(), number_of.data()}, asked, rule, needs.data());
        for (std::size_t i = 0; i < needs.size(); ++i) {
            const auto both = static_cast<float>(std::max(unsigned{texts.sizes[i]} + asked.size, 1U));
            const float of_text = rule.of_text * static_cast<float>(texts.shared(i, asked));
            const float known = numbers[number_of[i]] + of_text / both;
            const float need = (rule.floor - known) * rule.to_needs;
            ASSERT_EQ(needs[i], static_cast<int>(std::min(std::max(need, 0.0F), float{most_needed}))) << round;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(kernels, KernelSigned, testing::ValuesIn(every_kernel()),
                         [](const auto& parameter) { return std::string(parameter.param->name); });

}  // namespace
