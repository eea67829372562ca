#include "catalog/rising_lists.hpp"

#include <utility>
#include <vector>

namespace musicsync::catalog {

RisingLists::RisingLists(std::span<const std::uint32_t> begins, std::span<const std::uint32_t> items) {
    std::vector<std::uint8_t> bytes;
    std::vector<std::uint32_t> starts{0};
    bytes.reserve(2 * items.size());
    const auto add = [&bytes](std::uint32_t number) {
        for (; number >= more; number >>= bits) bytes.push_back(static_cast<std::uint8_t>(number | more));
        bytes.push_back(static_cast<std::uint8_t>(number));
    };
    for (std::size_t list = 0; list + 1 < begins.size(); ++list) {
        const auto numbers = items.subspan(begins[list], begins[list + 1] - begins[list]);
        add(static_cast<std::uint32_t>(numbers.size()));
        std::uint32_t before = 0;
        for (const std::uint32_t number : numbers) add(number - std::exchange(before, number));
        starts.push_back(static_cast<std::uint32_t>(bytes.size()));
    }
    bytes_ = Column(std::move(bytes));
    starts_ = Starts(starts);
}

// A list whose last byte ends a number is read no further than that.
const char* RisingLists::fault(std::size_t bound) const noexcept {
    if (const char* wrong = starts_.fault(bytes_.size()); *wrong != '\0') return wrong;
    for (std::size_t list = 0; list < size(); ++list) {
        const Starts::Bounds bounds = starts_.of(list);
        if (bounds.size() == 0 || bytes_[bounds.end - 1] >= more) return "does not end with a number";
        const std::uint8_t* next = bytes_.data() + bounds.begin;
        const std::uint8_t* const end = bytes_.data() + bounds.end;
        std::uint64_t left = read(next);
        const bool any = next < end;
        std::uint64_t last = 0;
        for (; next < end; --left) last += read(next);
        if (left != 0) return "has another number of items than what it is of";
        if (any && last >= bound) return "points to something that is not there";
    }
    return "";
}

}  // namespace musicsync::catalog
