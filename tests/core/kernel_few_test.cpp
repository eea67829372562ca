// One short pattern against a few texts, on every kernel, against the textbook.
#include <gtest/gtest.h>

#include <algorithm>

#include "kernel_texts.hpp"
#include "reference/lcs.hpp"

namespace {

using namespace musicsync::testing_support;
using musicsync::kernel::Kernel;
using musicsync::kernel::not_compared;

constexpr std::uint64_t seed = 20'261'126;

char lower_of(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// ASCII without U+0000. Few symbols, letters of both cases with what stands beside them in ASCII, or all.
class AsciiTexts {
  public:
    explicit AsciiTexts(std::uint64_t start) : texts(start) {}

    char symbol(std::size_t alphabet) {
        static constexpr std::string_view letters = "ABYZabyz@[`{019 ";
        if (alphabet == 0) return letters[2 + texts.below(4)];
        if (alphabet == 1) return letters[texts.below(letters.size())];
        return static_cast<char>(1 + texts.below(127));
    }
    std::string text(std::size_t size, std::size_t alphabet) {
        std::string out;
        while (out.size() < size) out.push_back(symbol(alphabet));
        return out;
    }
    std::string pattern(std::size_t size, std::size_t alphabet) {
        std::string out = text(size, alphabet);
        std::transform(out.begin(), out.end(), out.begin(), lower_of);
        return out;
    }
    // `size` symbols, all distinct: more than the numbers of few_vbmi.hpp where there are more than 31.
    std::string distinct(std::size_t size) {
        std::string all;
        for (char c = 1; c < 127; ++c) {
            if (c < 'A' || c > 'Z') all.push_back(c);
        }
        for (std::size_t i = 0; i < size; ++i) std::swap(all[i], all[i + texts.below(all.size() - i)]);
        return all.substr(0, size);
    }
    // In one of eight cases with a byte that is not ASCII or is 0; in one of four much of the pattern, in capitals.
    std::string partner(const std::string& pattern, std::size_t size, std::size_t alphabet) {
        std::string out = text(size, alphabet);
        if (texts.below(4) == 0) std::copy_n(pattern.begin(), std::min(size, pattern.size()), out.begin());
        for (char& c : out) {
            if (c >= 'a' && c <= 'z' && texts.below(3) == 0) c = static_cast<char>(c - 'a' + 'A');
        }
        static constexpr unsigned char bad[] = {0, 0x80, 0xC3, 0xFF, 0x81};
        if (size > 0 && texts.below(8) == 0)
            out[texts.below(size)] = static_cast<char>(bad[texts.below(std::size(bad))]);
        return out;
    }

    KernelTexts texts;
};

std::uint8_t expected(const std::string& pattern, const std::string& text) {
    std::u32string small;
    for (const char c : text) {
        if (c <= 0) return not_compared;
        small.push_back(static_cast<char32_t>(lower_of(c)));
    }
    const std::u32string wide(pattern.begin(), pattern.end());
    return static_cast<std::uint8_t>(musicsync::reference::lcs_length(wide, small));
}

struct Few {
    std::string pattern;
    std::vector<std::string> texts;
    std::vector<std::uint8_t> common{};

    void expect_of_every_kernel() {
        for (const std::string& text : texts) common.push_back(expected(pattern, text));
        std::vector<const std::uint8_t*> begins;
        std::vector<std::uint32_t> sizes;
        for (const std::string& text : texts) {
            begins.push_back(reinterpret_cast<const std::uint8_t*>(text.data()));
            sizes.push_back(static_cast<std::uint32_t>(text.size()));
        }
        for (const Kernel* kernel : every_kernel()) {
            std::vector<std::uint8_t> found(texts.size(), 77);
            kernel->lcs_few({reinterpret_cast<const std::uint8_t*>(pattern.data()), pattern.size(), begins.data(),
                             sizes.data(), texts.size()},
                            found.data());
            for (std::size_t i = 0; i < texts.size(); ++i)
                ASSERT_EQ(found[i], common[i])
                    << kernel->name << ", text " << i << " of " << texts.size() << ": "
                    << testing::PrintToString(pattern) << " and " << testing::PrintToString(texts[i]);
        }
    }
};

class KernelFew : public testing::Test {
  protected:
    Few few(std::string pattern, std::size_t count, std::size_t alphabet) {
        Few out{std::move(pattern), {}};
        while (out.texts.size() < count)
            out.texts.push_back(ascii.partner(out.pattern, ascii.texts.length(200), alphabet));
        return out;
    }
    AsciiTexts ascii{seed};
};

// Every count up to 40, patterns of every length that is special and of any.
TEST_F(KernelFew, gives_the_reference_for_every_count_and_pattern) {
    for (std::size_t round = 0; round < often(20); ++round) {
        for (std::size_t count = 0; count <= 40; ++count) {
            const std::size_t alphabet = ascii.texts.below(3);
            few(ascii.pattern(ascii.texts.length(64), alphabet), count, alphabet).expect_of_every_kernel();
            if (HasFatalFailure()) return;
        }
    }
}

// Whatever the number of distinct symbols: 31 have numbers in few_vbmi.hpp.
TEST_F(KernelFew, gives_the_reference_for_every_number_of_distinct_symbols) {
    for (std::size_t symbols = 0; symbols <= 64; ++symbols) {
        few(ascii.distinct(symbols), 21, 2).expect_of_every_kernel();
        const std::string pattern = ascii.distinct(symbols);
        Few itself{pattern, std::vector<std::string>(17, pattern)};
        itself.texts.push_back(std::string(pattern.rbegin(), pattern.rend()));
        itself.expect_of_every_kernel();
        if (HasFatalFailure()) return;
    }
}

// Every size of a text, with a byte that is not plain at every place.
TEST_F(KernelFew, compares_no_text_that_is_not_ascii) {
    const std::string pattern = ascii.pattern(30, 1);
    for (std::size_t size = 0; size <= 130; ++size) {
        Few all{pattern, {ascii.text(size, 1)}};
        for (std::size_t at = 0; at < size; ++at) {
            for (const char bad : {'\0', '\x80', '\xFF'}) {
                all.texts.push_back(all.texts.front());
                all.texts.back()[at] = bad;
            }
        }
        all.expect_of_every_kernel();
        if (HasFatalFailure()) return;
        ASSERT_NE(all.common.front(), not_compared);
        ASSERT_TRUE(std::all_of(all.common.begin() + 1, all.common.end(), [](auto c) { return c == not_compared; }));
    }
}

}  // namespace
