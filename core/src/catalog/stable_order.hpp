// Orders of many things by small numbers of theirs, by counting.
#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace musicsync::catalog {

// The items in the order of number_of(item), which is below `numbers`; those of one number stay in their order. In
// `begins`, if there is one: where those of each number begin, and the end of the last.
template <class Item, class NumberOf>
[[nodiscard]] std::vector<Item> stable_by(const std::vector<Item>& items, std::size_t numbers, NumberOf number_of,
                                          std::vector<std::uint32_t>* begins = nullptr) {
    std::vector<std::uint32_t> next(numbers + 1);
    for (const Item& item : items) ++next[number_of(item) + std::size_t{1}];
    std::partial_sum(next.begin(), next.end(), next.begin());
    if (begins != nullptr) *begins = next;
    std::vector<Item> out(items.size());
    for (const Item& item : items) out[next[number_of(item)]++] = item;
    return out;
}

}  // namespace musicsync::catalog
