// Room for what is written once and lives as long as the memory that it lies in.
#pragma once

#include <cstddef>
#include <memory_resource>
#include <span>

namespace musicsync {

// Of `count` values, none of them begun.
template <class T>
[[nodiscard]] std::span<T> room_for(std::size_t count, std::pmr::memory_resource* memory) {
    return {std::pmr::polymorphic_allocator<T>(memory).allocate(count), count};
}

}  // namespace musicsync
