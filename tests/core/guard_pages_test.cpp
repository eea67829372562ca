// No kernel touches a byte that it was not given. Every buffer lies between two pages that nobody may read, flush with
// one of them or 1–63 elements off, and what a kernel writes is looked at on both sides.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "kernel_texts.hpp"

namespace {

using namespace musicsync::testing_support;
using musicsync::kernel::Kernel;
using musicsync::kernel::PatternBlock;

constexpr std::size_t longest = 256;
constexpr std::size_t offsets = 64;
enum class Side : std::uint8_t { front, back };

class GuardedPages {
  public:
    explicit GuardedPages(std::size_t bytes) {
        const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
        size_ = (bytes + page - 1) / page * page;
        whole_ = size_ + 2 * page;
        void* const got = mmap(nullptr, whole_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (got == MAP_FAILED) return;
        start_ = static_cast<std::uint8_t*>(got) + page;
        if (mprotect(start_, size_, PROT_READ | PROT_WRITE) != 0) start_ = nullptr;
        if (start_ != nullptr) std::memset(start_, untouched, size_);
    }
    GuardedPages(const GuardedPages&) = delete;
    GuardedPages& operator=(const GuardedPages&) = delete;
    ~GuardedPages() {
        if (start_ != nullptr) munmap(start_ - (whole_ - size_) / 2, whole_);
    }

    [[nodiscard]] bool works() const { return start_ != nullptr; }

    // `count` elements, `offset` of them away from the page in front or behind.
    template <class T>
    T* place(Side side, std::size_t offset, std::size_t count) {
        const std::size_t at = side == Side::front ? offset * sizeof(T) : size_ - (offset + count) * sizeof(T);
        return reinterpret_cast<T*>(start_ + at);
    }
    template <class T>
    const T* put(Side side, std::size_t offset, std::span<const T> values) {
        T* const out = place<T>(side, offset, values.size());
        std::copy(values.begin(), values.end(), out);
        return out;
    }
    // True where nothing outside these elements was written; forgets what they hold.
    template <class T>
    bool only(T* written, std::size_t count) {
        std::memset(static_cast<void*>(written), untouched, count * sizeof(T));
        return std::all_of(start_, start_ + size_, [](std::uint8_t byte) { return byte == untouched; });
    }

  private:
    static constexpr std::uint8_t untouched = 0xA5;
    std::size_t size_ = 0;
    std::size_t whole_ = 0;
    std::uint8_t* start_ = nullptr;
};

class EveryPlace : public testing::TestWithParam<const Kernel*> {
  protected:
    void SetUp() override { ASSERT_TRUE(input.works() && other.works() && output.works()); }

    // Every length, each at every offset from both guards.
    template <class Body>
    void everywhere(std::size_t most, Body&& body) {
        for (std::size_t length = 0; length <= most; ++length) {
            for (const Side side : {Side::front, Side::back}) {
                for (std::size_t offset = 0; offset < offsets; ++offset) {
                    body(length, side, offset);
                    if (HasFatalFailure()) {
                        ADD_FAILURE() << length << " elements, " << offset << " from the guard";
                        return;
                    }
                }
            }
        }
    }

    const Kernel& kernel = *GetParam();
    KernelTexts texts{20'261'126};
    GuardedPages input{4 * (longest + offsets)};
    GuardedPages other{4 * (longest + offsets)};
    GuardedPages output{4 * (longest + offsets)};
};

TEST_P(EveryPlace, patterns_are_read_within_their_bounds) {
    const std::u32string pattern = texts.text(64, 4);
    everywhere(64, [&](std::size_t length, Side side, std::size_t offset) {
        const char32_t* placed = input.put(side, offset, std::span(pattern).first(length));
        PatternBlock block;
        kernel.build(block, placed, length);
        ASSERT_EQ(kernel.lcs_block(block, placed, length, nullptr), length);
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

// The rows are aligned, so they are flush with their guards wherever that lets them.
TEST_P(EveryPlace, tiles_are_used_within_their_bounds) {
    for (const unsigned bits : {16U, 32U, 64U}) {
        const std::size_t lanes = 8 * kernel.tile_bytes / bits;
        std::vector<std::u32string> choices(lanes);
        for (std::u32string& choice : choices) choice = texts.text(bits, 1);
        const std::u32string text = texts.text(longest, 1);
        const Numbered numbered(text);
        const PlainTile tile(kernel, bits, numbered.alphabet, choices);
        GuardedPages before(tile.size());
        GuardedPages behind(tile.size());
        ASSERT_TRUE(before.works() && behind.works());
        const std::span all(tile.rows(), tile.size());
        const std::uint8_t* const rows[] = {before.put(Side::front, 0, all), behind.put(Side::back, 0, all)};
        std::array<std::uint8_t, musicsync::kernel::most_tile_bytes> expected{};
        everywhere(longest, [&](std::size_t length, Side side, std::size_t offset) {
            if (offset == 0) kernel.lcs_tile(tile.rows(), bits, numbered.text.data(), length, expected.data());
            const auto numbers = std::span<const std::uint8_t>(numbered.text).first(length);
            std::uint8_t* const common = output.place<std::uint8_t>(side, offset, lanes);
            kernel.lcs_tile(rows[static_cast<std::size_t>(side)], bits, input.put(side, offset, numbers), length,
                            common);
            ASSERT_TRUE(std::equal(common, common + lanes, expected.begin()));
            ASSERT_TRUE(output.only(common, lanes));
        });
    }
}

TEST_P(EveryPlace, ratios_are_computed_within_their_bounds) {
    std::array<std::uint8_t, longest> common{};
    std::array<float, longest> sizes{};
    for (std::size_t i = 0; i < longest; ++i) {
        sizes[i] = static_cast<float>(i % 64 + 1);
        common[i] = static_cast<std::uint8_t>(i % 64);
    }
    everywhere(longest, [&](std::size_t length, Side side, std::size_t offset) {
        float* const out = output.place<float>(side, offset, length);
        kernel.ratios(input.put(side, offset, std::span<const std::uint8_t>(common).first(length)),
                      other.put(side, offset, std::span<const float>(sizes).first(length)), length, 64.0F, 2.0F, 0.5F,
                      out);
        for (std::size_t i = 0; i < length; ++i) {
            const float ratio = 2.0F * static_cast<float>(common[i]) / (64.0F + sizes[i]);
            ASSERT_EQ(out[i], ratio < 0.5F ? 0.0F : ratio);
        }
        ASSERT_TRUE(output.only(out, length));
    });
}

INSTANTIATE_TEST_SUITE_P(kernels, EveryPlace, testing::ValuesIn(every_kernel()),
                         [](const auto& parameter) { return std::string(parameter.param->name); });

// A new function of the kernels must come here and to kernel_reference_test.cpp before this number is raised.
TEST(EveryPlace, knows_every_function_of_a_kernel) {
    EXPECT_EQ(sizeof(Kernel) / sizeof(void*), 6U) << "a name, the bytes of a row and four functions";
}

}  // namespace
