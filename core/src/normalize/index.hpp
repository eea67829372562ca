// Texts to values: a hash table that is filled once and then read, mostly for texts that are not in it. Internal: not
// installed.
//
//   Index<int> index;
//   index.at("live") = 3;
//   const int* found = index.find("live");
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace musicsync::text {

// Eight bytes a step; good enough for words, which nobody chooses to make a table slow.
[[nodiscard]] inline std::uint64_t hash_of(std::string_view text) noexcept {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
    std::uint64_t hash = text.size() * odd;
    const auto mix = [&hash](std::uint64_t eight) {
        hash = (hash ^ eight) * odd;
        hash ^= hash >> 29U;
    };
    const auto read = [text](std::size_t at, std::size_t bytes) {
        std::uint64_t out = 0;
        std::memcpy(&out, text.data() + at, bytes);
        return out;
    };
    const std::size_t size = text.size();
    std::size_t at = 0;
    for (; at + 8 < size; at += 8) mix(read(at, 8));
    if (size >= 8) {
        mix(read(size - 8, 8));  // some bytes twice rather than one by one
    } else if (size >= 4) {
        mix(read(0, 4) << 32U | read(size - 4, 4));
    } else if (size > 0) {
        mix(read(0, 1) << 16U | read(size / 2, 1) << 8U | read(size - 1, 1));
    }
    return hash ^ (hash >> 32U);
}

// The texts are views and have to outlive the index.
template <class Value>
class Index {
  public:
    // The value of a text, a new one where there is none; valid until the next call.
    Value& at(std::string_view text) {
        const std::size_t slot = slot_of(text);
        if (slots_[slot].place != 0) return values_[slots_[slot].place - 1].value;
        values_.push_back({text, {}});
        longest_ = std::max(longest_, text.size());
        if (2 * values_.size() > slots_.size()) {
            slots_.assign(2 * slots_.size(), {});
            for (std::size_t place = 1; place <= values_.size(); ++place) enter(place);
        } else {
            enter(values_.size());
        }
        return values_.back().value;
    }

    // nullptr for a text that is not in it.
    const Value* find(std::string_view text) const noexcept {
        if (text.size() > longest_) return nullptr;  // without reading it
        const Slot& slot = slots_[slot_of(text)];
        return slot.place == 0 ? nullptr : &values_[slot.place - 1].value;
    }

  private:
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t place = 0;  // in values_, from 1; 0 where nothing is
    };
    struct Known {
        std::string_view text;
        Value value;
    };

    void enter(std::size_t place) {
        const std::string_view text = values_[place - 1].text;
        slots_[slot_of(text)] = {static_cast<std::uint32_t>(hash_of(text) >> 32U), static_cast<std::uint32_t>(place)};
    }

    // Where the text is or would be.
    std::size_t slot_of(std::string_view text) const noexcept {
        const std::uint64_t hash = hash_of(text);
        const auto tag = static_cast<std::uint32_t>(hash >> 32U);
        std::size_t slot = hash & (slots_.size() - 1);
        while (slots_[slot].place != 0 && (slots_[slot].tag != tag || values_[slots_[slot].place - 1].text != text))
            slot = (slot + 1) & (slots_.size() - 1);
        return slot;
    }

    std::vector<Slot> slots_ = std::vector<Slot>(16);  // a power of two
    std::vector<Known> values_;
    std::size_t longest_ = 0;  // text
};

}  // namespace musicsync::text
