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
        ask_for(&track->normal().outline, sizeof(Outline) + sizeof(Bag));
    }
    for (const Track* track : tracks) {
        const NormalForm& form = track->normal();
        ask_for(form.outline.bytes.data(), form.outline.bytes.size());
        __builtin_prefetch(&form.credits.telling);
        __builtin_prefetch(form.credits.telling.words.data());
    }
}

// The trait of a text's words that are in another order, for the text by word.
std::uint32_t trait_of_order(std::size_t which) noexcept { return 1U << (which - 1); }

}  // namespace

Others::Others(std::span<const Track* const> tracks) noexcept : size_(tracks.size()) {
    ask_for(tracks);
    std::array<const Outline*, most> outlines;
    for (std::size_t i = 0; i < tracks.size(); ++i) outlines[i] = &tracks[i]->normal().outline;
    for (std::size_t which = 0; which < Outline::texts; ++which) gather(which, {outlines.data(), tracks.size()});
}

// Without a branch for a CPU to guess: a text that is not wanted is written over by the next.
void Others::gather(std::size_t which, std::span<const Outline* const> outlines) noexcept {
    Texts& out = texts_[which];
    const auto add = [&](bool wanted, std::size_t place) {
        const Outline& theirs = *outlines[place];
        out.texts[out.count] = theirs.text(which);
        out.sizes[out.count] = theirs.sizes[which];
        out.places[out.count] = static_cast<std::uint8_t>(place);
        out.count += wanted && theirs.is_plain(which) ? 1U : 0U;
    };
    if (which % 2 == 0) {
        for (std::size_t i = 0; i < outlines.size(); ++i) add(true, i);
        return;
    }
    const std::uint32_t order = trait_of_order(which);
    for (std::size_t i = 0; i < outlines.size(); ++i) add(outlines[i]->has(order), i);
    out.sorted = out.count;
    for (std::size_t i = 0; i < outlines.size() && out.count < most; ++i) add(!outlines[i]->has(order), i);
}

// By word only where the order of a text's words is another one: else it says what the text in order does.
void Query::count_common(const Others& others, Common* common) const {
    std::fill_n(common, others.size(), nothing_counted);
    const Outline& mine = normal_->outline;
    for (std::size_t which = 0; which < Outline::texts; ++which) {
        if (!mine.is_plain(which) || mine.sizes[which] == 0 || mine.sizes[which] > kernel::block_symbols) continue;
        const Others::Texts& theirs = others.texts(which);
        const bool all = which % 2 == 0 || mine.has(trait_of_order(which));
        const std::size_t count = all ? theirs.count : theirs.sorted;
        std::array<std::uint8_t, counted_at_once> found;
        kernel::active().lcs_few({mine.text(which), mine.sizes[which], theirs.texts.data(), theirs.sizes.data(), count},
                                 found.data());
        for (std::size_t i = 0; i < count; ++i) common[theirs.places[i]][which] = found[i];
    }
}

}  // namespace musicsync
