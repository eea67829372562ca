// A catalogue's file in which some numbers are others and all checksums right: it opens and is searched, or is refused.
#include "core/reseal.hpp"
#include "fuzz.hpp"
#include "fuzzed_catalogue.hpp"

using namespace musicsync;

// Each change is 13 bytes: where, how wide, and what stands there.
FUZZ(data, size) {
    constexpr std::size_t change = 13;
    static const std::vector<std::byte> good = fuzz::small_file();
    std::vector<std::byte> file = good;
    for (std::size_t at = 0; at + change <= size; at += change) {
        std::uint32_t where = 0;
        std::memcpy(&where, data + at, sizeof where);
        const std::size_t width = std::size_t{1} << (data[at + 4] % 4);
        const std::size_t place = where % (file.size() / width) * width;
        std::memcpy(file.data() + place, data + at + 5, width);
    }
    testing_support::reseal(file);
    if (const Result<Catalog> catalog = Catalog::from_bytes(file, "fuzz")) fuzz::search(*catalog);
    return 0;
}
