#include "catalog/rising_lists.hpp"

#include <limits>
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

const char* RisingLists::fault(std::size_t bound) const noexcept {
    if (const char* wrong = starts_.fault(bytes_.size()); *wrong != '\0') return wrong;
    constexpr unsigned most_shift = std::numeric_limits<std::uint32_t>::digits / bits * bits;
    for (std::size_t list = 0; list < size(); ++list) {
        const Starts::Bounds bounds = starts_.of(list);
        std::uint64_t first = 0;
        std::uint64_t numbers = 0;  // with the first, which says how many there are
        std::uint64_t last = 0;
        std::uint64_t number = 0;
        unsigned shift = 0;
        for (const std::uint8_t byte : bytes_.part(bounds.begin, bounds.end)) {
            number |= std::uint64_t{byte & (more - 1U)} << shift;
            shift += bits;
            if (byte >= more && shift > most_shift) return "has a number that is too long";
            if (byte >= more) continue;
            (numbers++ == 0 ? first : last) += number;
            number = shift = 0;
            if (last >= bound && numbers > 1) return "points to something that is not there";
        }
        if (shift != 0 || numbers != first + 1) return "has another number of items than what it is of";
    }
    return "";
}

}  // namespace musicsync::catalog
