#include <algorithm>
#include <type_traits>
#include <utility>

#include "score/evidence.hpp"
#include "score/prefetch.hpp"

namespace musicsync {

namespace {

using Outlines = std::array<const Outline*, Others::most>;

Outlines outlines_of(std::span<const Track* const> tracks) noexcept {
    for (const Track* track : tracks) ask_for_outline(*track);
    for (const Track* track : tracks) ask_for_texts(*track);
    Outlines out;
    for (std::size_t i = 0; i < tracks.size(); ++i) out[i] = &tracks[i]->outline();
    return out;
}

// Calls take(number) for each of an outline's texts, the number known where it is called.
template <class Take>
void for_each_text(Take take) {
    [&]<std::size_t... Which>(std::index_sequence<Which...>) {
        (take(std::integral_constant<std::size_t, Which>{}), ...);
    }(std::make_index_sequence<Outline::texts>{});
}

constexpr bool is_by_word(std::size_t which) noexcept { return which % 2 != 0; }

// By word only where the order of a text's words is another one: else it says what the text in order does.
bool has_order(const Outline& outline, std::size_t by_word) noexcept { return outline.has(1U << (by_word - 1)); }

// What the kernel takes as a pattern.
bool is_counted(const Outline& query, std::size_t which) noexcept {
    return query.is_plain(which) && query.sizes[which] != 0 && query.sizes[which] <= kernel::block_symbols;
}

void count_text(const Outline& query, std::size_t which, const OtherTexts& others, std::size_t count, Common* common) {
    std::array<std::uint8_t, Others::most> found;
    kernel::active().lcs_few({query.text(which), query.sizes[which], others.texts.data(), others.sizes.data(), count},
                             found.data());
    for (std::size_t i = 0; i < count; ++i) common[others.places[i]][which] = found[i];
}

}  // namespace

Others::Others(std::span<const Track* const> tracks) noexcept : size_(tracks.size()) {
    const Outlines room = outlines_of(tracks);
    const std::span<const Outline* const> outlines(room.data(), size_);
    for_each_text([&](auto number) {
        constexpr std::size_t which = number();
        OtherTexts& texts = texts_[which];
        texts.add<which>(outlines,
                         [](const Outline& theirs) { return !is_by_word(which) || has_order(theirs, which); });
        sorted_[which] = texts.count;
        if constexpr (is_by_word(which))
            texts.add<which>(outlines, [](const Outline& theirs) { return !has_order(theirs, which); });
    });
}

void Query::count_common(const Others& others, Common* common) const {
    std::fill_n(common, others.size(), nothing_counted);
    const Outline& mine = side_.outline;
    for (std::size_t which = 0; which < Outline::texts; ++which) {
        if (!is_counted(mine, which)) continue;
        const OtherTexts& texts = others.texts(which);
        const bool all = !is_by_word(which) || has_order(mine, which);
        count_text(mine, which, texts, all ? texts.count : others.sorted(which), common);
    }
}

void Query::count_common(std::span<const Track* const> others, Common* common) const {
    const Outlines outlines = outlines_of(others);
    std::fill_n(common, others.size(), nothing_counted);
    const Outline& mine = side_.outline;
    for_each_text([&](auto number) {
        constexpr std::size_t which = number();
        if (!is_counted(mine, which)) return;
        const bool all = !is_by_word(which) || has_order(mine, which);
        OtherTexts texts;
        texts.add<which>({outlines.data(), others.size()},
                         [&](const Outline& theirs) { return all || has_order(theirs, which); });
        count_text(mine, which, texts, texts.count, common);
    });
}

}  // namespace musicsync
