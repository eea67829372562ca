#include "catalog/signature.hpp"

#include <vector>

namespace musicsync::catalog {

// A level is never more frequent than the one before it, so a symbol's levels with bits are its first ones.
void SymbolLevels::choose() {
    struct Level {
        std::uint32_t frequency;
        std::size_t symbol;
        std::size_t level;
    };
    std::vector<Level> all;
    for (std::size_t symbol = 0; symbol < symbols; ++symbol) {
        for (std::size_t level = 0; level < most_levels; ++level) {
            if (frequency_[symbol][level] > 0) all.push_back({frequency_[symbol][level], symbol, level});
        }
    }
    const auto before = [](const Level& a, const Level& b) {
        if (a.frequency != b.frequency) return a.frequency > b.frequency;
        return a.symbol != b.symbol ? a.symbol < b.symbol : a.level < b.level;
    };
    std::sort(all.begin(), all.end(), before);
    for (std::size_t i = 0; i < std::min<std::size_t>(all.size(), 64); ++i)
        bits_[all[i].symbol][all[i].level] = std::uint64_t{1} << i;
}

}  // namespace musicsync::catalog
