// guard_pages_test.cpp for the kernels' functions of texts that are given as bytes.
#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "every_place.hpp"
#include "reference/lcs.hpp"

namespace musicsync::testing_support {

// A few texts, all of them the same one at its guard; the pattern, the addresses, the sizes and the answers have guards
// of their own.
class GuardedFew {
  public:
    explicit GuardedFew(KernelTexts& texts) {
        while (text_.size() < longest) text_.push_back(static_cast<std::uint8_t>('a' + texts.below(9)));
        while (pattern_.size() < 64) pattern_.push_back(static_cast<std::uint8_t>('a' + texts.below(9)));
    }
    [[nodiscard]] std::uint8_t expected(std::size_t pattern, std::size_t text) const {
        const std::u32string a(pattern_.begin(), pattern_.begin() + static_cast<std::ptrdiff_t>(pattern));
        const std::u32string b(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(text));
        return static_cast<std::uint8_t>(musicsync::reference::lcs_length(a, b));
    }
    void check(const Kernel& kernel, std::size_t pattern, std::size_t text, std::size_t count, Side side,
               std::size_t offset, std::uint8_t expected) {
        const auto* const placed = texts_.put(side, offset, std::span<const std::uint8_t>(text_).first(text));
        const std::vector<const std::uint8_t*> begins(count, placed);
        const std::vector<std::uint32_t> sizes(count, static_cast<std::uint32_t>(text));
        auto* const common = common_.place<std::uint8_t>(side, offset, count);
        kernel.lcs_few({patterns_.put(side, offset, std::span<const std::uint8_t>(pattern_).first(pattern)), pattern,
                        begins_.put(side, offset, std::span<const std::uint8_t* const>(begins)),
                        sizes_.put(side, offset, std::span<const std::uint32_t>(sizes)), count},
                       common);
        ASSERT_TRUE(std::all_of(common, common + count, [expected](std::uint8_t one) { return one == expected; }));
        ASSERT_TRUE(common_.only(common, count));
    }

  private:
    std::vector<std::uint8_t> text_;
    std::vector<std::uint8_t> pattern_;
    GuardedPages texts_{longest + offsets};
    GuardedPages patterns_{longest + offsets};
    GuardedPages begins_{8 * (longest + offsets)};
    GuardedPages sizes_{4 * (longest + offsets)};
    GuardedPages common_{longest + offsets};
};

TEST_P(EveryPlace, few_texts_are_used_within_their_bounds) {
    GuardedFew few(texts);
    for (const std::size_t pattern : {20U, 32U, 33U, 64U}) {
        std::uint8_t expected = 0;
        everywhere(200, [&](std::size_t length, Side side, std::size_t offset) {
            if (side == Side::front && offset == 0) expected = few.expected(pattern, length);
            few.check(kernel, pattern, length, 1 + (length + offset) % 40, side, offset, expected);
        });
    }
}

TEST_P(EveryPlace, patterns_of_few_texts_are_read_within_their_bounds) {
    GuardedFew few(texts);
    everywhere(64, [&](std::size_t length, Side side, std::size_t offset) {
        few.check(kernel, length, 30, offset % 41, side, offset, few.expected(length, 30));
    });
}

TEST_P(EveryPlace, texts_in_columns_are_used_within_their_bounds) {
    struct Quad {
        std::array<std::uint8_t, musicsync::kernel::quad_bytes> symbols;
    };
    constexpr std::size_t most = 40;  // quads
    GuardedPages quads(sizeof(Quad) * (most + offsets));
    ASSERT_TRUE(quads.works());
    Quad same{};
    same.symbols.fill('a');
    const std::vector<std::uint8_t> letters(64, 'a');
    for (const std::size_t pattern : {20U, 32U, 33U, 64U}) {
        everywhere(most, [&](std::size_t count, Side side, std::size_t offset) {
            const std::vector<Quad> block(count, same);
            const std::uint32_t begins[2] = {0, static_cast<std::uint32_t>(count)};
            const Quad* const placed = quads.put(side, offset, std::span<const Quad>(block));
            auto* const common = output.place<std::uint8_t>(side, offset, musicsync::kernel::column_texts);
            kernel.lcs_columns(
                input.put(side, offset, std::span<const std::uint8_t>(letters).first(pattern)), pattern,
                {placed->symbols.data(), third.put(side, offset, std::span<const std::uint32_t>(begins)), 1}, common);
            const std::size_t expected = std::min(pattern, 4 * count);
            ASSERT_TRUE(std::all_of(common, common + musicsync::kernel::column_texts,
                                    [expected](std::uint8_t one) { return one == expected; }));
            ASSERT_TRUE(output.only(common, musicsync::kernel::column_texts));
        });
    }
}

// With an apostrophe in every fourth text, which is written another way.
TEST_P(EveryPlace, short_texts_are_used_within_their_bounds) {
    constexpr std::size_t most = musicsync::kernel::longest_ascii;
    everywhere(most, [&](std::size_t length, Side side, std::size_t offset) {
        std::string text(length, 'a');
        if (length > 0 && offset % 4 == 0) text[length / 2] = '\'';
        const std::span<const char> letters(text);
        const auto* const placed = reinterpret_cast<const std::uint8_t*>(input.put(side, offset, letters));
        const auto* const begin = other.put(side, offset, std::span<const std::uint8_t* const>(&placed, 1));
        const auto* const size = third.put(side, offset, std::span<const std::size_t>(&length, 1));
        auto* const out = output.place<std::uint8_t>(side, offset, most);
        std::size_t end = 0;
        const std::size_t formed = kernel.ascii_forms({begin, size, 1}, out, &end);
        std::erase(text, '\'');
        ASSERT_EQ(formed, text.empty() ? 0U : 1U);
        ASSERT_EQ(end, text.size());
        ASSERT_TRUE(std::equal(text.begin(), text.end(), out));
        ASSERT_TRUE(output.only(out, most));
    });
}

// All of them share what they need, so that all places are written.
TEST_P(EveryPlace, signatures_are_used_within_their_bounds) {
    GuardedPages needs(longest + offsets);
    GuardedPages next(8 * (longest / 64 + 1) + offsets);
    GuardedPages numbers(4 * (1 + offsets));
    GuardedPages needs_of_groups(4 * (longest + offsets));
    GuardedPages among(8 * (longest / 64 + 1) + offsets);
    ASSERT_TRUE(needs.works() && next.works() && numbers.works() && needs_of_groups.works() && among.works());
    everywhere(longest, [&](std::size_t count, Side side, std::size_t offset) {
        const std::vector<std::uint64_t> bits(count, 0xFFU);
        const std::vector<std::uint8_t> others(count, 2);
        const std::vector<std::uint8_t> sizes(count, 10);
        const std::vector<std::uint8_t> all(count, musicsync::kernel::most_needed);
        const std::vector<std::uint64_t> each((count + 63) / 64, ~std::uint64_t{0});
        const musicsync::kernel::SignedText asked{0xFFU, 2, 10};
        const musicsync::kernel::SignedTexts given{input.put(side, offset, std::span<const std::uint64_t>(bits)),
                                                   other.put(side, offset, std::span<const std::uint8_t>(others)),
                                                   third.put(side, offset, std::span<const std::uint8_t>(sizes)),
                                                   count};
        auto* const places = output.place<std::uint32_t>(side, offset, count);
        const auto* const bits_of_needs = next.put(side, offset, std::span<const std::uint64_t>(each));
        ASSERT_EQ(kernel.find_sharing(given, asked,
                                      {needs.put(side, offset, std::span<const std::uint8_t>(all)), bits_of_needs,
                                       among.put(side, offset, std::span<const std::uint64_t>(each))},
                                      places),
                  count);
        for (std::uint32_t i = 0; i < count; ++i) ASSERT_EQ(places[i], i);
        ASSERT_TRUE(output.only(places, count));
        const float one = 1.0F;
        const std::vector<std::uint32_t> first(count, 0);
        const auto* const number = numbers.put(side, offset, std::span<const float>(&one, 1));
        const auto* const number_of = needs_of_groups.put(side, offset, std::span<const std::uint32_t>(first));
        auto* const needed = output.place<std::uint8_t>(side, offset, count);
        kernel.needs_of({given, number, number_of}, asked, {2.0F, 1.0F, 64.0F}, needed);  // (2 - 1.5) · 64
        ASSERT_TRUE(std::all_of(needed, needed + count, [](std::uint8_t need) { return need == 32; }));
        ASSERT_TRUE(output.only(needed, count));
    });
}

}  // namespace musicsync::testing_support
