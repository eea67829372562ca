// Any bytes as a catalogue's file: what opens is searched, and what verifies opens.
#include "fuzz.hpp"
#include "fuzzed_catalogue.hpp"

using namespace musicsync;
using fuzz::check;

FUZZ(data, size) {
    const std::span<const std::byte> file(reinterpret_cast<const std::byte*>(data), size);
    const Result<Catalog> catalog = Catalog::from_bytes(file, "fuzz");
    if (catalog::faults(catalog::copied(file).bytes, "fuzz").empty())
        check(static_cast<bool>(catalog), "a good file opens");
    if (catalog) fuzz::search(*catalog);
    return 0;
}
