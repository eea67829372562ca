// Texts in columns, on every kernel, against the textbook.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <new>

#include "catalog/text_columns.hpp"
#include "kernel_texts.hpp"
#include "reference/lcs.hpp"

namespace {

using namespace musicsync::testing_support;
using musicsync::catalog::TextColumns;
using musicsync::kernel::Kernel;

constexpr std::uint64_t seed = 20'261'128;

// ASCII without U+0000 and capitals: few letters, letters and what stands beside them, or all.
std::string text(KernelTexts& random, std::size_t size, std::size_t alphabet) {
    static constexpr std::string_view some = "abyz@[`{019 _-~";
    std::string out;
    while (out.size() < size) {
        char c = alphabet == 0 ? some[random.below(4)] : alphabet == 1 ? some[random.below(some.size())] : 'A';
        while (c >= 'A' && c <= 'Z') c = static_cast<char>(1 + random.below(127));
        out.push_back(c);
    }
    return out;
}

std::uint8_t expected(const std::string& pattern, const std::string& text) {
    const auto wide = [](const std::string& narrow) { return std::u32string(narrow.begin(), narrow.end()); };
    return static_cast<std::uint8_t>(musicsync::reference::lcs_length(wide(pattern), wide(text)));
}

TEST(KernelColumns, give_the_reference_for_texts_of_every_length) {
    KernelTexts random(seed);
    for (std::size_t round = 0; round < often(60); ++round) {
        const std::size_t alphabet = round % 3;
        std::vector<std::string> texts;
        const std::size_t count = random.below(70);
        while (texts.size() < count) texts.push_back(text(random, random.length(255), alphabet));
        const std::string pattern = text(random, random.length(64), alphabet);
        const TextColumns columns(texts.size(), [&texts](std::size_t i) { return std::string_view(texts[i]); });
        ASSERT_TRUE(columns.others().empty());
        for (const Kernel* kernel : every_kernel()) {
            std::vector<std::uint8_t> found(columns.room(), 77);
            kernel->lcs_columns(reinterpret_cast<const std::uint8_t*>(pattern.data()), pattern.size(),
                                columns.as_kernel(), found.data());
            for (std::size_t i = 0; i < columns.ids().size(); ++i) {
                const std::string& one = texts[columns.ids()[i]];
                ASSERT_EQ(found[i], expected(pattern, one)) << kernel->name << ": " << testing::PrintToString(pattern)
                                                            << " and " << testing::PrintToString(one);
            }
        }
    }
}

TEST(KernelColumns, leave_out_texts_that_are_not_plain) {
    const std::vector<std::string> texts{
        "toto", "", "Toto", "beyonc\xC3\xA9", std::string("a\0b", 3), std::string(300, 'a')};
    const TextColumns columns(texts.size(), [&texts](std::size_t i) { return std::string_view(texts[i]); });
    EXPECT_EQ(columns.ids(), (std::vector<std::uint32_t>{1, 0}));  // the shorter one first
    EXPECT_EQ(columns.others(), (std::vector<std::uint32_t>{2, 3, 4, 5}));
}

}  // namespace
