// The distinct texts of one field of a catalogue, with their signatures.
//
//   TextsBuilder builder;
//   std::uint32_t id = builder.add("ring of fire");    // the same for the same text
//   Texts titles = std::move(builder).build();
//   titles[id]
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/signature.hpp"

namespace musicsync::catalog {

class Texts {
  public:
    [[nodiscard]] std::size_t size() const noexcept { return begins_.size() - 1; }
    [[nodiscard]] std::string_view operator[](std::uint32_t id) const noexcept {
        return std::string_view(bytes_).substr(begins_[id], begins_[id + 1] - begins_[id]);
    }
    // Of the text's code points; a text that is too long for one has size 0, as the empty text.
    [[nodiscard]] const Signature& signature(std::uint32_t id) const noexcept { return signatures_[id]; }
    [[nodiscard]] Signature signature_of(std::u32string_view text) const noexcept { return levels_.of(text); }

  private:
    friend class TextsBuilder;
    std::string bytes_;  // UTF-8, one text behind the other
    std::vector<std::size_t> begins_{0};
    std::vector<Signature> signatures_;
    SymbolLevels levels_;
};

class TextsBuilder {
  public:
    // Ids count from 0 in the order in which texts are first added.
    std::uint32_t add(std::string_view text);
    [[nodiscard]] Texts build() &&;

  private:
    [[nodiscard]] std::size_t slot_of(std::string_view text, std::size_t hash) const noexcept;
    void grow();

    Texts texts_;
    std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(64, none);  // ids by hash, open addressing
    static constexpr std::uint32_t none = ~std::uint32_t{0};
};

// A text with its words sorted.
[[nodiscard]] std::string by_word(std::string_view text);

}  // namespace musicsync::catalog
