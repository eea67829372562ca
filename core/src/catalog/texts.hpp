// The distinct texts of one field of a catalogue.
//
//   TextsBuilder builder;
//   std::uint32_t id = builder.add("ring of fire");    // the same for the same text
//   const Texts titles = std::move(builder).signed_texts();
//   titles[id]
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/column.hpp"
#include "catalog/packed.hpp"
#include "catalog/signature.hpp"
#include "catalog/starts.hpp"
#include "normalize/ascii.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {

// Texts one behind the other, in UTF-8.
struct Strings {
    Column<char> bytes;
    Starts starts;

    Strings() = default;
    // And where each text begins, and the end of the last.
    Strings(std::vector<char> all, std::span<const std::uint32_t> begins) : bytes(std::move(all)), starts(begins) {}
    [[nodiscard]] std::size_t size() const noexcept { return starts.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t id) const noexcept {
        const Starts::Bounds bounds = starts.of(id);
        return {bytes.data() + bounds.begin, bounds.size()};
    }
    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        visit("bytes", self.bytes);
        Starts::columns(self.starts, visit);
    }
};

// Lists of few numbers, one behind the other.
struct PackedLists {
    Starts starts;
    Packed<std::uint32_t> items;

    [[nodiscard]] std::size_t size() const noexcept { return starts.size(); }
    [[nodiscard]] Packed<std::uint32_t>::Part operator[](std::size_t list) const noexcept {
        const Starts::Bounds bounds = starts.of(list);
        return items.part(bounds.begin, bounds.end);
    }
    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        Starts::columns(self.starts, visit);
        visit("items", self.items);
    }
};

// The same where all of them are read.
struct Lists {
    Column<std::uint32_t> begins;  // one more than there are lists
    Column<std::uint32_t> items;

    [[nodiscard]] std::size_t size() const noexcept { return begins.empty() ? 0 : begins.size() - 1; }
    [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t list) const noexcept {
        return items.part(begins[list], begins[list + 1]);
    }
    // The list that an item is in.
    [[nodiscard]] std::uint32_t list_of(std::size_t item) const noexcept {
        const auto behind = std::upper_bound(begins.begin(), begins.end(), item);
        return static_cast<std::uint32_t>(behind - begins.begin()) - 1;
    }
    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        visit("begins", self.begins);
        visit("items", self.items);
    }
};

// Texts with their signatures, or, where those are kept elsewhere or not needed, without.
struct Texts {
    Strings strings;
    SignatureColumns signatures;  // of code points; a text that is too long for one has size 0, as the empty text
    SymbolLevels levels;

    [[nodiscard]] std::size_t size() const noexcept { return strings.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t id) const noexcept { return strings[id]; }
    // Before operator[], which then does not wait for memory.
    void prefetch(std::size_t id) const noexcept { strings.starts.prefetch(id); }
    [[nodiscard]] Signature signature(std::size_t id) const noexcept { return signatures[id]; }
    [[nodiscard]] Signature signature_of(std::u32string_view text) const noexcept { return levels.of(text); }

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        Strings::columns(self.strings, visit);
        SignatureColumns::columns(self.signatures, visit.inside("signatures"));
        SymbolLevels::columns(self.levels, visit);
    }
    template <class Self, class Visit>
    static void unsigned_columns(Self& self, const Visit& visit) {
        Strings::columns(self.strings, visit);
        SymbolLevels::columns(self.levels, visit);
    }
};

class TextsBuilder {
  public:
    // Room for so many texts to be found fast.
    void reserve(std::size_t texts);
    // Ids count from 0 in the order in which texts are first added.
    std::uint32_t add(std::string_view text) { return add(text, hash_of(text)); }
    // The same of each of some texts: their ids.
    void add(std::span<const std::string_view> texts, std::uint32_t* ids);
    // Numbers the texts anew, in the order in which `ids` has them, and puts the new ids there.
    void put_in_order(std::span<std::uint32_t> ids);
    [[nodiscard]] std::size_t size() const noexcept { return begins_.size() - 1; }
    [[nodiscard]] std::string_view operator[](std::uint32_t id) const noexcept {
        return std::string_view(bytes_.data(), bytes_.size()).substr(begins_[id], begins_[id + 1] - begins_[id]);
    }
    // True where a text was left out because all of them have 4 GiB.
    [[nodiscard]] bool overflown() const noexcept { return overflown_; }
    [[nodiscard]] Strings strings() &&;
    [[nodiscard]] Texts signed_texts() &&;
    [[nodiscard]] Texts unsigned_texts() &&;

  private:
    // By hash, open addressing. Most other texts are told from one by the hash alone.
    struct Slot {
        std::uint32_t id = none;
        std::uint32_t hash = 0;
    };
    [[nodiscard]] static std::uint32_t hash_of(std::string_view text) noexcept;
    std::uint32_t add(std::string_view text, std::uint32_t hash);
    [[nodiscard]] Slot& slot_of(std::string_view text, std::uint32_t hash) noexcept;
    [[nodiscard]] SymbolLevels levels() const;
    void set_slots(std::size_t count);

    static constexpr std::uint32_t none = ~std::uint32_t{0};
    bool overflown_ = false;
    std::vector<char> bytes_;
    std::vector<std::uint32_t> begins_{0};
    std::vector<Slot> slots_ = std::vector<Slot>(64);
};

// Calls take(part) for each part of a text between separators; none for the empty text.
template <class Take>
void for_each_part(std::string_view text, char separator, Take take) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        take(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

// Calls take(symbols): of bytes where they are ASCII, else of code points.
template <class Take>
auto with_symbols(std::string_view text, Take take) {
    if (text::is_ascii(text)) return take(text);
    return take(std::u32string_view(to_code_points(text)));
}

// A text with its words sorted.
[[nodiscard]] std::string by_word(std::string_view text);

}  // namespace musicsync::catalog
