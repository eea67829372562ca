#include "similarity/lcs.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include "musicsync/similarity.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

using kernel::block_symbols;

// What two texts share at their ends is in some LCS: cut it off, the rest is often short or empty.
std::size_t strip_common_ends(std::u32string_view& a, std::u32string_view& b) noexcept {
    const auto prefix =
        static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    a.remove_prefix(prefix);
    b.remove_prefix(prefix);
    const auto suffix =
        static_cast<std::size_t>(std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin());
    a.remove_suffix(suffix);
    b.remove_suffix(suffix);
    return prefix + suffix;
}

// Block by block over the whole text, so that memory stays small however long the texts are.
std::size_t lcs_in_blocks(std::u32string_view pattern, std::u32string_view text) {
    const kernel::Kernel& active = kernel::active();
    kernel::PatternBlock block;
    if (pattern.size() <= block_symbols) {
        active.build(block, pattern.data(), pattern.size());
        return active.lcs_block(block, text.data(), text.size(), nullptr);
    }
    std::vector<std::uint64_t> carry((text.size() + 63) / 64, 0);
    std::size_t common = 0;
    for (std::size_t start = 0; start < pattern.size(); start += block_symbols) {
        const std::u32string_view part = pattern.substr(start, block_symbols);
        active.build(block, part.data(), part.size());
        common += active.lcs_block(block, text.data(), text.size(), carry.data());
    }
    return common;
}

// For short patterns a table costs more than looking each symbol up where it stands.
std::size_t lcs_of_few(std::u32string_view pattern, std::u32string_view text) noexcept {
    std::uint32_t state = ~std::uint32_t{0};
    for (const char32_t c : text) {
        std::uint32_t mask = 0;
        for (std::size_t i = 0; i < pattern.size(); ++i) mask |= static_cast<std::uint32_t>(pattern[i] == c) << i;
        const std::uint32_t matched = state & mask;
        state = (state + matched) | (state - matched);
    }
    const std::uint32_t used = pattern.size() == 32 ? ~std::uint32_t{0} : (std::uint32_t{1} << pattern.size()) - 1;
    return static_cast<std::size_t>(__builtin_popcount(~state & used));
}

}  // namespace

std::size_t lcs_length(std::u32string_view a, std::u32string_view b) {
    const std::size_t ends = strip_common_ends(a, b);
    if (a.empty() || b.empty()) return ends;
    if (a.size() > b.size()) std::swap(a, b);
    constexpr std::size_t few = 32;
    return ends + (a.size() <= few && b.size() <= 2 * few ? lcs_of_few(a, b) : lcs_in_blocks(a, b));
}

double ratio(std::u32string_view a, std::u32string_view b) { return as_ratio(lcs_length(a, b), a.size() + b.size()); }

Pattern::Pattern(std::u32string_view text) : text_(text) {
    const std::size_t count = (text.size() + block_symbols - 1) / block_symbols;
    if (count == 0 || count > kernel::most_blocks) return;
    blocks_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::u32string_view part = text.substr(i * block_symbols, block_symbols);
        kernel::active().build(blocks_[i], part.data(), part.size());
    }
}

std::size_t Pattern::lcs_length(std::u32string_view other) const {
    if (blocks_.empty()) return musicsync::lcs_length(text_, other);
    return kernel::active().lcs_blocks(blocks_.data(), blocks_.size(), other.data(), other.size());
}

double Pattern::ratio(std::u32string_view other) const {
    if (text_ == other) return 1.0;
    if (text_.empty() || other.empty()) return 0.0;
    return as_ratio(lcs_length(other), text_.size() + other.size());
}

double LazyPattern::ratio(std::u32string_view other) const {
    if (text_ == other) return 1.0;
    if (text_.empty() || other.empty()) return 0.0;
    const Pattern* pattern = made_.load(std::memory_order_acquire);
    if (pattern == nullptr) {
        auto made = std::make_unique<const Pattern>(text_);
        if (made_.compare_exchange_strong(pattern, made.get(), std::memory_order_acq_rel)) pattern = made.release();
    }
    return pattern->ratio(other);
}

double ratio(std::string_view a, std::string_view b) {
    return ratio(std::u32string_view(to_code_points(a)), std::u32string_view(to_code_points(b)));
}

double token_sort(std::string_view a, std::string_view b) {
    return ratio(std::u32string_view(sort_words(to_code_points(a))),
                 std::u32string_view(sort_words(to_code_points(b))));
}

}  // namespace musicsync
