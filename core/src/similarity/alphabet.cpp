#include "similarity/alphabet.hpp"

namespace musicsync {

void Alphabet::insert(char32_t symbol) {
    symbols_.push_back(symbol);
    const auto number = static_cast<std::uint16_t>(symbols_.size());
    if (symbol < direct_.size()) {
        direct_[symbol] = number;
        return;
    }
    if (slots_.empty()) slots_.resize(std::size_t{1} << slot_bits);
    slots_[slot_of(symbol)] = {symbol, number};
}

// A slot that was filled last is on no other symbol's way.
void Alphabet::remove_last() {
    const char32_t symbol = symbols_.back();
    symbols_.pop_back();
    if (symbol < direct_.size())
        direct_[symbol] = 0;
    else
        slots_[slot_of(symbol)] = {};
}

bool Alphabet::add(const Symbols& text) {
    const std::size_t before = symbols_.size();
    bool fits = true;
    for_symbols(text, [&](char32_t symbol) {
        if (!fits || number_of(symbol) != 0) return;
        fits = symbols_.size() < most;
        if (fits) insert(symbol);
    });
    while (!fits && symbols_.size() > before) remove_last();
    return fits;
}

}  // namespace musicsync
