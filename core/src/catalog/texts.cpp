#include "catalog/texts.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <limits>
#include <utility>

#include "parallel/for_blocks.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

constexpr std::size_t texts_per_task = 4096;

}  // namespace

// Bytes of UTF-8 have the order of their code points.
std::string by_word(std::string_view text) {
    constexpr std::size_t most = longest_signed / 2 + 1;  // words of the longest text that is asked about
    std::array<std::string_view, most> words;
    std::size_t count = 0;
    bool fits = true;
    for_each_part(text, ' ', [&](std::string_view word) {
        if (word.empty()) return;
        fits = fits && count < most;
        if (fits) words[count++] = word;
    });
    if (!fits) return to_utf8(sort_words(to_code_points(text)));
    std::sort(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
    std::string out;
    out.reserve(text.size());
    for (const std::string_view word : std::span(words).first(count)) {
        if (!out.empty()) out.push_back(' ');
        out.append(word);
    }
    return out;
}

std::uint32_t TextsBuilder::hash_of(std::string_view text) noexcept {
    const std::size_t whole = std::hash<std::string_view>{}(text);
    return static_cast<std::uint32_t>(whole ^ (whole >> 32));
}

// The slots of some are fetched together, for a large table is in no cache.
void TextsBuilder::add(std::span<const std::string_view> texts, std::uint32_t* ids) {
    constexpr std::size_t at_once = 32;
    std::array<std::uint32_t, at_once> hashes;
    while (!texts.empty()) {
        const auto some = texts.first(std::min(at_once, texts.size()));
        for (std::size_t i = 0; i < some.size(); ++i) {
            hashes[i] = hash_of(some[i]);
            __builtin_prefetch(slots_.data() + (hashes[i] & (slots_.size() - 1)));
        }
        for (std::size_t i = 0; i < some.size(); ++i) *ids++ = add(some[i], hashes[i]);
        texts = texts.subspan(some.size());
    }
}

std::uint32_t TextsBuilder::add(std::string_view text, std::uint32_t hash) {
    Slot& slot = slot_of(text, hash);
    if (slot.id != none) return slot.id;
    if (text.size() > std::numeric_limits<std::uint32_t>::max() - bytes_.size()) {
        overflown_ = true;
        return 0;
    }
    const auto id = static_cast<std::uint32_t>(size());
    slot = {id, hash};
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    begins_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    if (2 * size() > slots_.size()) set_slots(2 * slots_.size());
    return id;
}

TextsBuilder::Slot& TextsBuilder::slot_of(std::string_view text, std::uint32_t hash) noexcept {
    std::size_t place = hash & (slots_.size() - 1);
    while (slots_[place].id != none && (slots_[place].hash != hash || (*this)[slots_[place].id] != text))
        place = (place + 1) & (slots_.size() - 1);
    return slots_[place];
}

void TextsBuilder::reserve(std::size_t texts) {
    if (2 * texts > slots_.size()) set_slots(std::bit_ceil(2 * texts));
}

void TextsBuilder::set_slots(std::size_t count) {
    std::vector<Slot> slots(count);
    for (const Slot& slot : slots_) {
        std::size_t place = slot.hash & (slots.size() - 1);
        while (slot.id != none && slots[place].id != none) place = (place + 1) & (slots.size() - 1);
        if (slot.id != none) slots[place] = slot;
    }
    slots_ = std::move(slots);
}

void TextsBuilder::put_in_order(std::span<std::uint32_t> ids) {
    std::vector<std::uint32_t> new_ids(size(), none);
    std::vector<char> bytes;
    std::vector<std::uint32_t> begins{0};
    bytes.reserve(bytes_.size());
    begins.reserve(begins_.size());
    const auto move = [&](std::uint32_t id) {
        new_ids[id] = static_cast<std::uint32_t>(begins.size() - 1);
        const std::string_view text = (*this)[id];
        bytes.insert(bytes.end(), text.begin(), text.end());
        begins.push_back(static_cast<std::uint32_t>(bytes.size()));
    };
    for (std::uint32_t& id : ids) {
        if (new_ids[id] == none) move(id);
        id = new_ids[id];
    }
    for (std::uint32_t id = 0; id < new_ids.size(); ++id) {
        if (new_ids[id] == none) move(id);
    }
    bytes_ = std::move(bytes);
    begins_ = std::move(begins);
    slots_ = {};  // they had the old ids
}

Strings TextsBuilder::strings() && {
    slots_ = {};
    return {std::move(bytes_), std::exchange(begins_, {0})};
}

// Those that tell the texts apart best.
SymbolLevels TextsBuilder::levels() const {
    LevelCounter counter;
    const std::size_t step = size() / LevelCounter::enough + 1;
    for (std::size_t id = 0; id < size(); id += step)
        with_symbols((*this)[static_cast<std::uint32_t>(id)], [&counter](auto symbols) { counter.count(symbols); });
    return counter.chosen();
}

Texts TextsBuilder::unsigned_texts() && {
    Texts out;
    out.levels = levels();
    out.strings = std::move(*this).strings();
    return out;
}

Texts TextsBuilder::signed_texts() && {
    std::vector<Signature> signatures(size());
    Texts out = std::move(*this).unsigned_texts();
    parallel::for_blocks(out.size(), texts_per_task, [&](std::size_t begin, std::size_t end) {
        for (std::size_t id = begin; id < end; ++id)
            signatures[id] = with_symbols(out[id], [&out](auto symbols) { return out.levels.of(symbols); });
    });
    out.signatures = SignatureColumns(signatures);
    return out;
}

}  // namespace musicsync::catalog
