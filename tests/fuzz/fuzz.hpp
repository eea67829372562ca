// What the fuzz targets share: a check that ends the run, and the bytes as lines and fields.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "kernels/kernels.hpp"

namespace musicsync::fuzz {

// libFuzzer keeps the input of a process that aborts.
inline void check(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

inline std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t end = 0; (end = text.find(separator)) != std::string_view::npos; text.remove_prefix(end + 1))
        parts.push_back(text.substr(0, end));
    parts.push_back(text);
    return parts;
}

template <class Body>
void for_every_kernel(Body&& body) {
    for (const kernel::Kernel* const* entry = kernel::available(); *entry != nullptr; ++entry) {
        kernel::select((*entry)->name);
        body();
    }
    kernel::select("auto");
}

}  // namespace musicsync::fuzz

#define FUZZ(data, size) extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
