#include <algorithm>

#include "score/evidence.hpp"

namespace musicsync {

void Query::count_common(std::span<const Track> others, Common* common) const {
    std::fill_n(common, others.size(), nothing_counted);
    for (std::size_t text = 0; text < Outline::texts; ++text) count_text(text, others, common);
}

void Query::count_text(std::size_t text, std::span<const Track> others, Common* common) const {
    const Outline& mine = normal_->outline;
    if (!mine.is_plain(text) || mine.sizes[text] == 0 || mine.sizes[text] > kernel::block_symbols) return;
    std::array<const std::uint8_t*, counted_at_once> texts;
    std::array<std::uint32_t, counted_at_once> sizes;
    std::array<std::uint8_t, counted_at_once> found;
    for (std::size_t i = 0; i < others.size(); ++i) {
        const Outline& theirs = others[i].normal().outline;
        texts[i] = theirs.text(text);
        sizes[i] = theirs.is_plain(text) ? theirs.sizes[text] : 0;
    }
    kernel::active().lcs_few({mine.text(text), mine.sizes[text], texts.data(), sizes.data(), others.size()},
                             found.data());
    for (std::size_t i = 0; i < others.size(); ++i) {
        if (others[i].normal().outline.is_plain(text)) common[i][text] = found[i];
    }
}

}  // namespace musicsync
