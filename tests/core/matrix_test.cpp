// Many texts against many: every number is the reference's, on every kernel.
#include "musicsync/matrix.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "musicsync/cpu.hpp"
#include "reference/lcs.hpp"

namespace {

using musicsync::MatrixOptions;
using musicsync::Symbols;

// A text kept in the narrowest code points that hold it, as CPython does.
struct Text {
    std::u32string symbols;
    std::string bytes;
    std::u16string pairs;

    explicit Text(std::u32string text) : symbols(std::move(text)) {
        for (const char32_t c : symbols) {
            bytes.push_back(static_cast<char>(c));
            pairs.push_back(static_cast<char16_t>(c));
        }
    }
    [[nodiscard]] Symbols view() const {
        char32_t widest = 0;
        for (const char32_t c : symbols) widest = std::max(widest, c);
        if (widest < 0x100) return {bytes.data(), symbols.size(), 1};
        if (widest < 0x10000) return {pairs.data(), symbols.size(), 2};
        return {symbols.data(), symbols.size(), 4};
    }
};

char32_t symbol(std::mt19937& random, int alphabet) {
    const auto draw = static_cast<char32_t>(random());
    switch (alphabet) {
        case 0: return U'a' + draw % 3;
        case 1: return U'a' + draw % 26;
        case 2: return 0x20 + draw % 0xE0;           // Latin-1
        case 3: return 0x4E00 + (draw % 40) * 1024;  // all fall on one slot
        case 4: return draw % 2 == 0 ? U'a' + draw % 5 : 0x10000 + draw % 0xFFFF;
        default: return 0x100 + draw % 3000;  // more symbols than a block's alphabet has room for
    }
}

std::vector<Text> texts(std::mt19937& random, std::size_t count, std::size_t longest) {
    std::vector<Text> out;
    for (std::size_t i = 0; i < count; ++i) {
        const int alphabet = static_cast<int>(random() % 6);
        std::u32string text;
        for (std::size_t n = random() % (longest + 1); n > 0; --n) text.push_back(symbol(random, alphabet));
        out.emplace_back(text);
    }
    return out;
}

std::vector<Symbols> views(const std::vector<Text>& texts) {
    std::vector<Symbols> out;
    out.reserve(texts.size());
    for (const Text& text : texts) out.push_back(text.view());
    return out;
}

class MatrixOnEveryKernel : public testing::TestWithParam<std::string> {
  protected:
    void SetUp() override { ASSERT_TRUE(musicsync::set_kernel(GetParam())); }
    void TearDown() override { ASSERT_TRUE(musicsync::set_kernel("auto")); }
};

template <class Out>
std::vector<Out> matrix(const std::vector<Text>& queries, const std::vector<Text>& choices,
                        const MatrixOptions& options = {}) {
    std::vector<Out> out(queries.size() * choices.size(), Out{77});
    musicsync::ratio_matrix(views(queries), views(choices), options, out.data());
    return out;
}

TEST_P(MatrixOnEveryKernel, gives_the_reference_ratio_for_texts_of_every_length_and_script) {
    std::mt19937 random(20261126);
    const std::vector<Text> queries = texts(random, 150, 90);
    std::vector<Text> choices = texts(random, 300, 90);
    for (std::size_t n : {15U, 16U, 17U, 31U, 32U, 33U, 63U, 64U, 65U, 200U})
        choices.emplace_back(std::u32string(n, U'a'));
    const std::vector<double> doubles = matrix<double>(queries, choices);
    const std::vector<float> floats = matrix<float>(queries, choices);
    for (std::size_t q = 0; q < queries.size(); ++q) {
        for (std::size_t c = 0; c < choices.size(); ++c) {
            const double expected = musicsync::reference::ratio(queries[q].symbols, choices[c].symbols);
            ASSERT_EQ(doubles[q * choices.size() + c], expected) << q << " " << c;
            ASSERT_EQ(floats[q * choices.size() + c], static_cast<float>(expected)) << q << " " << c;
        }
    }
}

TEST_P(MatrixOnEveryKernel, gives_the_same_bits_from_all_threads) {
    std::mt19937 random(5);
    const std::vector<Text> queries = texts(random, 70, 40);
    const std::vector<Text> choices = texts(random, 9000, 40);
    MatrixOptions all;
    all.work.threads = 0;
    EXPECT_EQ(matrix<float>(queries, choices), matrix<float>(queries, choices, all));
}

// More and longer than fit into one stretch, and long ones on both sides: a few queries, then many.
TEST_P(MatrixOnEveryKernel, gives_the_reference_ratio_for_long_texts) {
    std::mt19937 random(11);
    const std::vector<Text> choices = texts(random, 270, 150);
    for (const std::size_t count : {2U, 40U}) {
        std::vector<Text> queries = texts(random, count, 280);
        queries.emplace_back(std::u32string(65, U'a'));
        const std::vector<float> found = matrix<float>(queries, choices);
        for (std::size_t i = 0; i < found.size(); ++i) {
            const double expected =
                musicsync::reference::ratio(queries[i / choices.size()].symbols, choices[i % choices.size()].symbols);
            ASSERT_EQ(found[i], static_cast<float>(expected)) << i;
        }
    }
}

TEST_P(MatrixOnEveryKernel, compares_what_no_tile_holds) {
    std::mt19937 random(13);
    std::vector<Text> all{Text(U""), Text(std::u32string(2500, U'b'))};
    std::u32string every;  // more symbols than an alphabet has room for
    for (char32_t c = 0; c < 1500; ++c) every.push_back(0x4E00 + c);
    all.emplace_back(every);
    for (const Text& text : texts(random, 6, 100)) all.push_back(text);
    const std::vector<double> found = matrix<double>(all, all);
    for (std::size_t i = 0; i < found.size(); ++i)
        ASSERT_EQ(found[i], musicsync::reference::ratio(all[i / all.size()].symbols, all[i % all.size()].symbols)) << i;
}

TEST_P(MatrixOnEveryKernel, pairs_are_the_matrix_s_diagonal) {
    std::mt19937 random(17);
    const std::vector<Text> left = texts(random, 1500, 90), right = texts(random, 1500, 90);
    std::vector<double> found(left.size(), 77.0);
    for (const int threads : {1, 0}) {
        MatrixOptions options;
        options.work.threads = threads;
        musicsync::ratio_pairs(views(left), views(right), options, found.data());
        for (std::size_t i = 0; i < left.size(); ++i)
            ASSERT_EQ(found[i], musicsync::reference::ratio(left[i].symbols, right[i].symbols)) << i;
    }
}

TEST_P(MatrixOnEveryKernel, top_k_are_the_best_of_each_row_the_earlier_first) {
    std::mt19937 random(19);
    const std::vector<Text> queries = texts(random, 20, 12), choices = texts(random, 9000, 12);
    const std::vector<double> all = matrix<double>(queries, choices);
    for (const auto& [k, cutoff, threads] : {std::tuple{1U, 0.0, 1}, {7U, 0.0, 0}, {7U, 0.6, 1}, {10000U, 0.9, 0}}) {
        const MatrixOptions options{1.0, cutoff, {threads, {}}};
        const auto found = *musicsync::ratio_top_k(views(queries), views(choices), k, options);
        for (std::size_t q = 0; q < queries.size(); ++q) {
            std::vector<musicsync::Best> expected;
            for (std::size_t c = 0; c < choices.size(); ++c) expected.push_back({c, all[q * choices.size() + c]});
            std::erase_if(expected, [cutoff = cutoff](const auto& one) { return one.score < cutoff; });
            std::stable_sort(expected.begin(), expected.end(),
                             [](const auto& a, const auto& b) { return a.score > b.score; });
            if (expected.size() > k) expected.resize(k);
            ASSERT_EQ(found[q], expected) << q << " " << k;
        }
    }
}

TEST_P(MatrixOnEveryKernel, scales_cuts_off_and_rounds) {
    const std::vector<Text> queries{Text(U"kitten"), Text(U"")};
    const std::vector<Text> choices{Text(U"sitting"), Text(U"kitten"), Text(U""), Text(U"xyz")};
    MatrixOptions options;
    options.scale = 100.0;
    EXPECT_EQ(matrix<double>(queries, choices, options),
              (std::vector<double>{800.0 / 13.0, 100.0, 0.0, 0.0, 0.0, 0.0, 100.0, 0.0}));
    EXPECT_EQ(matrix<std::uint8_t>(queries, choices, options),
              (std::vector<std::uint8_t>{62, 100, 0, 0, 0, 0, 100, 0}));
    options.cutoff = 61.6;
    EXPECT_EQ(matrix<double>(queries, choices, options),
              (std::vector<double>{0.0, 100.0, 0.0, 0.0, 0.0, 0.0, 100.0, 0.0}));
}

INSTANTIATE_TEST_SUITE_P(kernels, MatrixOnEveryKernel, testing::ValuesIn(musicsync::kernels()),
                         [](const auto& parameter) { return parameter.param; });

}  // namespace
