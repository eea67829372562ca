#include "similarity/alphabet.hpp"

namespace musicsync {

std::uint8_t Alphabet::number_of_other(char32_t symbol) const noexcept {
    std::size_t slot = symbol & (slots - 1);
    while (keys_[slot] != 0 && keys_[slot] != symbol) slot = (slot + 1) & (slots - 1);
    return keys_[slot] == symbol ? numbers_[slot] : std::uint8_t{0};
}

void Alphabet::insert(char32_t symbol) {
    symbols_.push_back(symbol);
    const auto number = static_cast<std::uint8_t>(symbols_.size());
    if (symbol < direct_.size()) {
        direct_[symbol] = number;
        return;
    }
    std::size_t slot = symbol & (slots - 1);
    while (keys_[slot] != 0) slot = (slot + 1) & (slots - 1);
    keys_[slot] = symbol;
    numbers_[slot] = number;
}

std::optional<std::vector<std::uint8_t>> Alphabet::add(const Symbols& text) {
    const Alphabet before = *this;
    std::vector<std::uint8_t> out;
    out.reserve(text.size);
    bool fits = true;
    for_symbols(text, [&](char32_t symbol) {
        if (!fits) return;
        if (number_of(symbol) == 0) {
            fits = symbols_.size() < most;
            if (!fits) return;
            insert(symbol);
        }
        out.push_back(number_of(symbol));
    });
    if (fits) return out;
    *this = before;
    return std::nullopt;
}

}  // namespace musicsync
