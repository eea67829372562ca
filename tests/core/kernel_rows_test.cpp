// What every kernel does with whole rows, against a plain loop: symbols become rows, lanes become rows of bytes,
// lengths become ratios.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "kernel_texts.hpp"

namespace {

using namespace musicsync::testing_support;
using musicsync::kernel::Kernel;
using musicsync::kernel::Ratios;

constexpr std::uint64_t seed = 20'261'126;

TEST(KernelEqualsReference, for_rows_of_symbols) {
    KernelTexts texts(seed);
    for (std::size_t size = 0; size <= 200; ++size) {
        const musicsync::kernel::RowsOfBytes table = rows_of_bytes(texts);
        std::vector<std::uint8_t> symbols(size);
        for (std::uint8_t& symbol : symbols) symbol = static_cast<std::uint8_t>(texts.below(256));
        for (const std::size_t more : {0U, 1U, 31U, 32U, 33U, 63U, 64U, 65U, 130U}) {
            std::vector<std::uint16_t> expected(size + more, 0);
            std::transform(symbols.begin(), symbols.end(), expected.begin(),
                           [&table](std::uint8_t symbol) { return table.rows[symbol]; });
            for (const Kernel* kernel : every_kernel()) {
                std::vector<std::uint16_t> out(size + more, 0xA5A5);
                kernel->number(symbols.data(), size, out.size(), table, out.data());
                ASSERT_EQ(out, expected) << kernel->name << ": " << size << " symbols in a room of " << out.size();
            }
        }
    }
}

TEST(KernelEqualsReference, for_turned_lanes) {
    KernelTexts texts(seed + 1);
    for (const Kernel* kernel : every_kernel()) {
        for (const unsigned bits : {8U, 16U, 32U, 64U}) {
            for (const std::size_t count : {128U, 256U, 384U, 1024U}) {
                std::vector<std::uint8_t> lanes(count * kernel->tile_bytes);
                for (std::uint8_t& byte : lanes) byte = static_cast<std::uint8_t>(texts.below(256));
                const std::vector<std::uint8_t> given = lanes;
                std::vector<std::uint8_t> spare(lanes.size());
                const std::uint8_t* const turned = kernel->turn(lanes.data(), spare.data(), count, bits);
                ASSERT_TRUE(turned == lanes.data() || turned == spare.data());
                for (std::size_t lane = 0; lane < 8 * kernel->tile_bytes / bits; ++lane) {
                    for (std::size_t text = 0; text < count; ++text)
                        ASSERT_EQ(turned[lane * count + text], given[text * kernel->tile_bytes + lane * bits / 8])
                            << kernel->name << ": text " << text << " in lane " << lane << " of " << bits;
                }
            }
        }
    }
}

// Every ratio that two texts of up to 64 symbols can have, `size` of them in the one.
template <class Real>
struct AllRatios {
    std::vector<std::uint8_t> common;
    std::vector<Real> sizes;
    Real size;
    Real whole = 2;

    explicit AllRatios(std::size_t symbols) : size(static_cast<Real>(symbols)) {
        for (std::size_t other = 0; other <= 64; ++other) {
            for (std::size_t c = 0; c <= std::min(symbols, other); ++c) {
                common.push_back(static_cast<std::uint8_t>(c));
                sizes.push_back(static_cast<Real>(other));
            }
        }
    }
    [[nodiscard]] Real at(std::size_t i) const { return whole * static_cast<Real>(common[i]) / (size + sizes[i]); }
    [[nodiscard]] Real at(std::size_t i, Real cutoff) const { return at(i) < cutoff ? Real{0} : at(i); }
    [[nodiscard]] Ratios<Real> given(Real cutoff) const {
        return {common.data(), sizes.data(), common.size(), size, whole, cutoff};
    }
};

// `compute(kernel, ratios, out)` for every cutoff that parts two of them; `expected(ratio)` is what it writes.
template <class Real, class Out, class Compute, class Expected>
void for_every_cutoff(Real whole, Compute&& compute, Expected&& expected) {
    for (std::size_t size = 1; size <= 64; ++size) {
        AllRatios<Real> all(size);
        all.whole = whole;
        for (std::size_t at = 0; at < all.common.size(); at += all_of_it() ? 1 : 97) {
            for (const Real cutoff : {all.at(at), std::nextafter(all.at(at), Real{1000})}) {
                for (const Kernel* kernel : every_kernel()) {
                    std::vector<Out> out(all.common.size(), Out{77});
                    compute(*kernel, all.given(cutoff), out.data());
                    for (std::size_t i = 0; i < out.size(); ++i)
                        ASSERT_EQ(out[i], expected(all.at(i, cutoff))) << kernel->name << " " << cutoff;
                }
            }
        }
    }
}

const auto itself = [](auto value) { return value; };

TEST(KernelEqualsReference, for_ratios_of_floats_and_every_cutoff) {
    for_every_cutoff<float, float>(
        2.0F, [](const Kernel& kernel, const auto& given, float* out) { kernel.ratios_float(given, out); }, itself);
}

TEST(KernelEqualsReference, for_ratios_of_doubles_and_every_cutoff) {
    for_every_cutoff<double, double>(
        2.0, [](const Kernel& kernel, const auto& given, double* out) { kernel.ratios_double(given, out); }, itself);
}

TEST(KernelEqualsReference, for_ratios_of_bytes_and_every_cutoff) {
    for_every_cutoff<double, std::uint8_t>(
        200.0, [](const Kernel& kernel, const auto& given, std::uint8_t* out) { kernel.ratios_byte(given, out); },
        [](double value) { return static_cast<std::uint8_t>(std::floor(value + 0.5)); });
}

}  // namespace
