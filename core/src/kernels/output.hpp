// From lanes to numbers in rows, written once and compiled for each instruction set, as tile.hpp is: nothing here may
// leave its source file.
#pragma once

#include "kernels/tile.hpp"

namespace musicsync::kernel {
namespace {

// The numbers from 0 to Count - 1 as a pack. That of <utility> comes with functions, which kernels keep out of their
// files.
template <std::size_t... I>
struct Numbers {};
template <std::size_t Count, std::size_t... I>
struct NumbersTo : NumbersTo<Count - 1, Count - 1, I...> {};
template <std::size_t... I>
struct NumbersTo<0, I...> {
    using Pack = Numbers<I...>;
};

// The bytes at even places of two registers, or those at odd ones.
template <std::size_t Bytes, unsigned First>
inline Vector<std::uint8_t, Bytes> every_other(Vector<std::uint8_t, Bytes> low, Vector<std::uint8_t, Bytes> high) {
    return [low, high]<std::size_t... I>(Numbers<I...>) {
        return __builtin_shufflevector(low, high, static_cast<int>(2 * I + First)...);
    }(typename NumbersTo<Bytes>::Pack());
}

// Moves the lowest bit of each byte's place to the top: those at even places come first, then those at odd ones, which
// `keep_odd` leaves out.
template <std::size_t Bytes>
inline void unzip(const std::uint8_t* in, std::size_t size, bool keep_odd, std::uint8_t* out) {
    using V = Vector<std::uint8_t, Bytes>;
    for (std::size_t at = 0; at < size; at += 2 * Bytes) {
        const V low = load<V>(in + at), high = load<V>(in + at + Bytes);
        store(out + at / 2, every_other<Bytes, 0>(low, high));
        if (keep_odd) store(out + (size + at) / 2, every_other<Bytes, 1>(low, high));
    }
}

// A byte's place is text · tile_bytes + lane · bits/8 + byte. The upper bytes of a lane are dropped, then the bits of
// the lane's number move before those of the text's.
template <std::size_t Bytes>
const std::uint8_t* turn(std::uint8_t* lanes, std::uint8_t* spare, std::size_t texts, unsigned bits) {
    std::size_t size = texts * Bytes;
    const auto pass = [&](bool keep_odd) {
        unzip<Bytes>(lanes, size, keep_odd, spare);
        std::uint8_t* const turned = spare;
        spare = lanes;
        lanes = turned;
    };
    for (unsigned width = bits; width > 8; width /= 2, size /= 2) pass(false);
    for (std::size_t count = 8 * Bytes / bits; count > 1; count /= 2) pass(true);
    return lanes;
}

template <class Real>
inline Real ratio_at(const Ratios<Real>& given, std::size_t i) {
    const Real value = given.whole * static_cast<Real>(given.common[i]) / (given.size + given.sizes[i]);
    return value < given.cutoff ? Real{0} : value;
}

template <class Real>
void ratios(const Ratios<Real>& given, Real* __restrict out) {
    const Ratios<Real> ratios = given;
    for (std::size_t i = 0; i < ratios.count; ++i) out[i] = ratio_at(ratios, i);
}

inline void ratios_byte(const Ratios<double>& given, std::uint8_t* __restrict out) {
    const Ratios<double> ratios = given;
    for (std::size_t i = 0; i < ratios.count; ++i)  // no call of lround: what is rounded is from 0 to 255
        out[i] = static_cast<std::uint8_t>(static_cast<int>(ratio_at(ratios, i) + 0.5));  // NOLINT(*-roundings)
}

}  // namespace
}  // namespace musicsync::kernel
