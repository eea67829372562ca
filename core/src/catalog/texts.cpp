#include "catalog/texts.hpp"

#include <functional>
#include <string>
#include <utility>

#include "normalize/ascii.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

constexpr std::size_t sampled = 50'000;  // texts tell how frequent symbols are

// Calls take(symbols): of bytes where they are ASCII, else of code points.
template <class Take>
void with_symbols(std::string_view text, Take take) {
    if (text::is_ascii(text))
        take(text);
    else
        take(std::u32string_view(to_code_points(text)));
}

}  // namespace

std::string by_word(std::string_view text) { return to_utf8(sort_words(to_code_points(text))); }

std::uint32_t TextsBuilder::add(std::string_view text) {
    const std::size_t slot = slot_of(text, std::hash<std::string_view>{}(text));
    if (slots_[slot] != none) return slots_[slot];
    const auto id = static_cast<std::uint32_t>(texts_.size());
    slots_[slot] = id;
    texts_.bytes_.append(text);
    texts_.begins_.push_back(texts_.bytes_.size());
    if (2 * texts_.size() > slots_.size()) grow();
    return id;
}

std::size_t TextsBuilder::slot_of(std::string_view text, std::size_t hash) const noexcept {
    std::size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot] != none && texts_[slots_[slot]] != text) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
}

void TextsBuilder::grow() {
    slots_.assign(2 * slots_.size(), none);
    for (std::uint32_t id = 0; id < texts_.size(); ++id) {
        std::size_t slot = std::hash<std::string_view>{}(texts_[id]) & (slots_.size() - 1);
        while (slots_[slot] != none) slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = id;
    }
}

Texts TextsBuilder::build() && {
    slots_ = {};
    const std::size_t step = texts_.size() / sampled + 1;
    for (std::size_t id = 0; id < texts_.size(); id += step)
        with_symbols(texts_[static_cast<std::uint32_t>(id)], [this](auto symbols) { texts_.levels_.count(symbols); });
    texts_.levels_.choose();
    texts_.signatures_.reserve(texts_.size());
    for (std::size_t id = 0; id < texts_.size(); ++id)
        with_symbols(texts_[static_cast<std::uint32_t>(id)],
                     [this](auto symbols) { texts_.signatures_.push_back(texts_.levels_.of(symbols)); });
    return std::move(texts_);
}

}  // namespace musicsync::catalog
