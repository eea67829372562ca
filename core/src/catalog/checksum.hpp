// XXH3 (64 bits, seed 0), by the xxHash library.
#pragma once

#include <cstddef>
#include <cstdint>

namespace musicsync::catalog {

[[nodiscard]] std::uint64_t checksum(const void* bytes, std::size_t size) noexcept;

}  // namespace musicsync::catalog
