#include "catalog/asked_text.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

// What the kernel takes as a pattern: short ASCII without U+0000 and capitals, which it takes for small letters.
bool is_pattern(std::u32string_view text) noexcept {
    return text.size() <= kernel::block_symbols && std::all_of(text.begin(), text.end(), [](char32_t c) {
               return c > 0 && c < 0x80 && (c < U'A' || c > U'Z');
           });
}

}  // namespace

AskedText::AskedText(std::u32string_view text, const Texts& texts)
    : texts_(texts), text_(text), signature_(texts.signature_of(text)), plain_(is_pattern(text)), pattern_(text) {
    if (plain_)
        std::transform(text.begin(), text.end(), bytes_.begin(),
                       [](char32_t c) { return static_cast<std::uint8_t>(c); });
}

void AskedText::count(std::span<const std::uint32_t> ids, std::uint8_t* common, std::uint32_t* sizes) const {
    std::array<const std::uint8_t*, at_once> texts;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::string_view text = texts_[ids[i]];
        texts[i] = reinterpret_cast<const std::uint8_t*>(text.data());
        sizes[i] = static_cast<std::uint32_t>(text.size());
        __builtin_prefetch(text.data());  // all of them are waited for at once
        __builtin_prefetch(text.data() + text.size());
    }
    kernel::active().lcs_few({bytes_.data(), text_.size(), texts.data(), sizes, ids.size()}, common);
}

double AskedText::ratio(std::uint32_t id) const {
    const std::string_view other = texts_[id];
    return empty() || other.empty() ? 0.0 : pattern_.ratio(to_code_points(other));
}

void AskedText::ratios(std::span<const std::uint32_t> ids, double* out) const {
    std::array<std::uint8_t, at_once> common;
    std::array<std::uint32_t, at_once> sizes;
    for (std::size_t begin = 0; begin < ids.size(); begin += at_once) {
        const std::span<const std::uint32_t> some = ids.subspan(begin, std::min(at_once, ids.size() - begin));
        const std::size_t next = begin + some.size();
        for (const std::uint32_t id : ids.subspan(next, std::min(at_once, ids.size() - next))) texts_.prefetch(id);
        if (plain_ && !empty()) count(some, common.data(), sizes.data());
        for (std::size_t i = 0; i < some.size(); ++i) {
            const bool counted = plain_ && !empty() && common[i] != kernel::not_compared;
            out[begin + i] = counted ? as_ratio(common[i], text_.size() + sizes[i]) : ratio(some[i]);
        }
    }
}

bool AskedText::count_in_columns(const TextColumns& columns, std::uint8_t* common) const {
    if (plain_) kernel::active().lcs_columns(bytes_.data(), text_.size(), columns.as_kernel(), common);
    return plain_;
}

void AskedText::ratios_at_most(const TextColumns& columns, std::span<float> out) const {
    if (!plain_) {
        for (std::size_t id = 0; id < out.size(); ++id)
            out[id] = static_cast<float>(ratio_at_most(texts_.signature(static_cast<std::uint32_t>(id))));
        return;
    }
    std::vector<std::uint8_t> common(columns.room());
    kernel::active().lcs_columns(bytes_.data(), text_.size(), columns.as_kernel(), common.data());
    const auto mine = static_cast<float>(text_.size());
    const std::vector<std::uint32_t>& ids = columns.ids();
    const std::uint8_t* const sizes = texts_.signatures.sizes.data();  // in ASCII symbols are bytes
    for (std::size_t i = 0; i < ids.size(); ++i)
        out[ids[i]] = 2.0F * static_cast<float>(common[i]) / std::max(mine + static_cast<float>(sizes[ids[i]]), 1.0F);
    for (const std::uint32_t id : columns.others()) out[id] = static_cast<float>(ratio_at_most(texts_.signature(id)));
}

std::size_t find_alike(const kernel::SignedTexts& texts, const Signature& asked, std::uint8_t need,
                       std::uint32_t* places) {
    static constexpr std::array<std::uint64_t, 128> no_other{};
    static constexpr std::size_t at_once = 64 * no_other.size();
    std::size_t found = 0;
    for (std::size_t begin = 0; begin < texts.count; begin += at_once) {
        const kernel::SignedTexts some{texts.bits + begin, texts.others + begin, texts.sizes + begin,
                                       std::min(at_once, texts.count - begin)};
        const std::size_t more =
            kernel::active().find_sharing(some, as_asked(asked), {&need, no_other.data()}, places + found);
        for (std::size_t i = 0; begin != 0 && i < more; ++i) places[found + i] += static_cast<std::uint32_t>(begin);
        found += more;
    }
    return found;
}

std::size_t AskedText::find_sharing(const kernel::SignedTexts& texts, const kernel::Needs& needs,
                                    std::uint32_t* places) const {
    if (is_signed()) return kernel::active().find_sharing(texts, as_asked(signature_), needs, places);
    if (needs.among == nullptr) {
        std::iota(places, places + texts.count, 0U);
        return texts.count;
    }
    std::size_t found = 0;
    for (std::uint32_t i = 0; i < texts.count; ++i) {
        if ((needs.among[i / 64] >> (i % 64) & 1) != 0) places[found++] = i;
    }
    return found;
}

std::size_t AskedText::find_alike(const kernel::SignedTexts& texts, std::uint8_t need, std::uint32_t* places) const {
    if (is_signed()) return catalog::find_alike(texts, signature_, need, places);
    std::iota(places, places + texts.count, 0U);
    return texts.count;
}

// A text without a signature shares all that others have.
void AskedText::needs_of(const kernel::SignedGroups& groups, const kernel::NeedsOfGroups& rule,
                         std::uint8_t* needs) const {
    constexpr kernel::SignedText anything{~std::uint64_t{0}, longest_signed, 0};
    kernel::active().needs_of(groups, is_signed() ? as_asked(signature_) : anything, rule, needs);
}

}  // namespace musicsync::catalog
