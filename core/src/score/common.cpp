#include <algorithm>

#include "score/evidence.hpp"

namespace musicsync {

namespace {

constexpr std::size_t line_of_cache = 64;

void ask_for(const void* begin, std::size_t bytes) noexcept {
    for (std::size_t at = 0; at < bytes; at += line_of_cache) __builtin_prefetch(static_cast<const char*>(begin) + at);
}

// Each track lies somewhere else in memory: asked for together, their lines arrive together.
void ask_for(std::span<const Track* const> tracks) noexcept {
    for (const Track* track : tracks) {
        ask_for(&track->outline(), sizeof(Outline));
    }
    for (const Track* track : tracks) {
        const Outline& outline = track->outline();
        ask_for(outline.bytes.data(), outline.bytes.size());
        __builtin_prefetch(outline.telling_words.data());
    }
}

}  // namespace

void Query::count_common(std::span<const Track* const> others, Common* common) const {
    ask_for(others);
    std::fill_n(common, others.size(), nothing_counted);
    std::array<const Outline*, counted_at_once> outlines;
    for (std::size_t i = 0; i < others.size(); ++i) outlines[i] = &others[i]->outline();
    for (std::size_t text = 0; text < Outline::texts; ++text)
        count_text(text, {outlines.data(), others.size()}, common);
}

// By word only where the order of a text's words is another one: else it says what the text in order does.
void Query::count_text(std::size_t text, std::span<const Outline* const> others, Common* common) const {
    const Outline& mine = side_.outline;
    if (!mine.is_plain(text) || mine.sizes[text] == 0 || mine.sizes[text] > kernel::block_symbols) return;
    const std::uint32_t sorted = text % 2 == 0 ? 0U : 1U << (text - 1);
    std::array<const std::uint8_t*, counted_at_once> texts;
    std::array<std::uint32_t, counted_at_once> sizes;
    std::array<std::uint8_t, counted_at_once> found;
    std::array<std::uint8_t, counted_at_once> places;
    std::size_t count = 0;
    for (std::size_t i = 0; i < others.size(); ++i) {
        const Outline& theirs = *others[i];
        texts[count] = theirs.text(text);
        sizes[count] = theirs.sizes[text];
        places[count] = static_cast<std::uint8_t>(i);
        const bool wanted = sorted == 0 || either_has(mine, theirs, sorted);
        count += wanted && theirs.is_plain(text) ? 1U : 0U;
    }
    kernel::active().lcs_few({mine.text(text), mine.sizes[text], texts.data(), sizes.data(), count}, found.data());
    for (std::size_t i = 0; i < count; ++i) common[places[i]][text] = found[i];
}

}  // namespace musicsync
