// A text of a query, compared with the texts of one field of a catalogue.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "catalog/signature.hpp"
#include "catalog/text_columns.hpp"
#include "catalog/texts.hpp"
#include "kernels/kernels.hpp"
#include "similarity/lcs.hpp"

namespace musicsync::catalog {

// As the kernel takes it.
[[nodiscard]] inline kernel::SignedText as_asked(const Signature& signature) noexcept {
    return {signature.bits, signature.others, signature.size};
}

// What a text needs, as the kernel has it, whose ratio is so high.
[[nodiscard]] inline std::uint8_t as_need(double ratio) noexcept {
    return static_cast<std::uint8_t>(std::clamp(ratio, 0.0, 1.0) * kernel::most_needed);
}

// The kernel's find_sharing where all texts need as much.
std::size_t find_alike(const kernel::SignedTexts& texts, const Signature& asked, std::uint8_t need,
                       std::uint32_t* places);

// The query's text and the field's must outlive it.
class AskedText {
  public:
    AskedText(std::u32string_view text, const Texts& texts);
    AskedText(const AskedText&) = delete;
    AskedText& operator=(const AskedText&) = delete;

    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    [[nodiscard]] const Signature& signature() const noexcept { return signature_; }
    // 0 where one of the texts is empty, else their ratio.
    [[nodiscard]] double ratio(std::uint32_t id) const;
    // The same for each of some ids.
    void ratios(std::span<const std::uint32_t> ids, double* out) const;
    // Bounds of those of all texts of the field: of those in the columns the ratios themselves where the query's text
    // can be compared so, else what the signatures allow.
    void ratios_at_most(const TextColumns& columns, std::span<float> out) const;
    // How many symbols the texts in columns share with the query's, in their order; false where it cannot be compared
    // so. There is columns.room() for them.
    bool count_in_columns(const TextColumns& columns, std::uint8_t* common) const;
    // By the signatures alone.
    [[nodiscard]] double ratio_at_most(const Signature& other) const noexcept {
        if (signature_.size == 0 || other.size == 0) return text_.empty() || other.size == 0 ? 0.0 : 1.0;
        return as_ratio(common_at_most(signature_, other), std::size_t{signature_.size} + other.size);
    }
    // False for a text that shares less than it needs, as the kernel has it.
    [[nodiscard]] bool can_be_alike(const Signature& other, unsigned need) const noexcept {
        const std::size_t symbols = std::size_t{signature_.size} + other.size;
        return common_at_most(signature_, other) * kernel::need_of_one >= need * symbols || !is_signed();
    }
    // Of some texts of the field, as the kernel has it; all that can be where the query's text has no signature.
    std::size_t find_sharing(const kernel::SignedTexts& texts, const kernel::Needs& needs, std::uint32_t* places) const;
    // Where all need as much.
    std::size_t find_alike(const kernel::SignedTexts& texts, std::uint8_t need, std::uint32_t* places) const;
    // Of the field that groups have, as the kernel has it.
    void needs_of(const kernel::SignedGroups& groups, const kernel::NeedsOfGroups& rule, std::uint8_t* needs) const;

  private:
    static constexpr std::size_t at_once = 32;
    [[nodiscard]] bool is_signed() const noexcept { return signature_.size != 0 || text_.empty(); }
    // How many symbols the texts share with the query's, kernel::not_compared where the kernel cannot tell; and how
    // many bytes they have.
    void count(std::span<const std::uint32_t> ids, std::uint8_t* common, std::uint32_t* sizes) const;

    const Texts& texts_;
    std::u32string_view text_;
    Signature signature_;
    std::array<std::uint8_t, kernel::block_symbols> bytes_;  // the text, where the kernel takes it
    bool plain_;
    LazyPattern pattern_;
};

}  // namespace musicsync::catalog
