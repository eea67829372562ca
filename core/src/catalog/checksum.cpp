#include "catalog/checksum.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace musicsync::catalog {

std::uint64_t checksum(const void* bytes, std::size_t size) noexcept { return XXH3_64bits(bytes, size); }

}  // namespace musicsync::catalog
