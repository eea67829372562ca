#include "catalog/signature.hpp"

namespace musicsync::catalog {

// A level is never more frequent than the one before it, so a symbol's levels with bits are its first ones.
SymbolLevels LevelCounter::chosen() const {
    std::vector<std::uint32_t> levels;
    for (std::uint32_t level = 0; level < frequency_.size(); ++level) {
        if (frequency_[level] > 0) levels.push_back(level);
    }
    std::sort(levels.begin(), levels.end(), [this](std::uint32_t a, std::uint32_t b) {
        return frequency_[a] != frequency_[b] ? frequency_[a] > frequency_[b] : a < b;
    });
    std::vector<std::uint64_t> bits(frequency_.size());
    for (std::size_t i = 0; i < std::min<std::size_t>(levels.size(), 64); ++i) bits[levels[i]] = std::uint64_t{1} << i;
    return SymbolLevels(std::move(bits));
}

SignatureColumns::SignatureColumns(std::span<const Signature> signatures) {
    std::vector<std::uint64_t> all_bits;
    std::vector<std::uint8_t> all_sizes;
    std::vector<std::uint8_t> all_others;
    all_bits.reserve(signatures.size());
    all_sizes.reserve(signatures.size());
    all_others.reserve(signatures.size());
    for (const Signature& one : signatures) {
        all_bits.push_back(one.bits);
        all_sizes.push_back(one.size);
        all_others.push_back(one.others);
    }
    bits = Column(std::move(all_bits));
    sizes = Column(std::move(all_sizes));
    others = Column(std::move(all_others));
}

SignatureColumns SignatureColumns::of(std::span<const std::uint32_t> ids) const {
    const auto gathered = [ids]<class T>(const Column<T>& column) {
        std::vector<T> out(ids.size());
        std::transform(ids.begin(), ids.end(), out.begin(), [&column](std::uint32_t id) { return column[id]; });
        return Column(std::move(out));
    };
    SignatureColumns out;
    out.bits = gathered(bits);
    out.sizes = gathered(sizes);
    out.others = gathered(others);
    return out;
}

}  // namespace musicsync::catalog
