#include "score/outline.hpp"

#include <algorithm>
#include <string_view>

#include "score/normal_form.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

std::uint32_t hash_without_spaces(std::u32string_view text) noexcept {
    std::uint32_t hash = hash_of_nothing;
    for (const char32_t c : text) {
        if (c != U' ') hash = with_symbol(hash, c);
    }
    return hash;
}

// Not 0 for what is no ASCII, for U+0000 and for capitals. Without a branch, for the CPU's vector unit.
std::uint32_t is_other_symbol(char32_t c) noexcept {
    return static_cast<std::uint32_t>(c - 1U >= 0x7F) | static_cast<std::uint32_t>(c - U'A' <= U'Z' - U'A');
}

std::uint32_t when(bool has, std::uint32_t traits) noexcept { return has ? traits : 0; }

std::uint32_t traits_of(const NormalForm& form) noexcept {
    const CreditForm& credits = form.credits;
    return when(!form.title.sorted.empty(), Outline::sorted_title) |
           when(!credits.line.sorted.empty(), Outline::sorted_line) |
           when(!form.album.sorted.empty(), Outline::sorted_album) |
           when(credits.names.size() == 1 && credits.names[0] == credits.line.text, Outline::one_name) |
           when(!form.names_in_scripts.empty(), Outline::names_in_scripts) |
           when(!form.romanized_title.empty(), Outline::romanized_title) |
           when(!form.segments.empty(), Outline::sections) | when(!form.pieces.empty(), Outline::pieces) |
           when(form.part || form.ending_number || !form.numbers.empty(), Outline::numbers) |
           when(!form.work.numbers.empty(), Outline::work) |
           when(!form.versions.empty() || !form.album_versions.empty(), Outline::versions) |
           when(form.wildcards, Outline::wildcards) | when(credits.guests > 0, Outline::guests) |
           when(form.album.text == form.title.text, Outline::album_is_title) |
           when(!form.joined.empty(), Outline::joined);
}

class Writer {
  public:
    Writer(Outline& out, std::uint8_t* bytes) noexcept : out_(out), bytes_(bytes) {}

    // The text in order and by word, which are one where its words are sorted.
    void add(std::size_t which, const TextForm& form) noexcept {
        add_text(which, form.text);
        if (!form.sorted.empty()) return add_text(which + 1, form.sorted);
        out_.sizes[which + 1] = out_.sizes[which];
        out_.begins[which + 1] = out_.begins[which];
        out_.plain = static_cast<std::uint8_t>(out_.plain | (((out_.plain >> which) & 1U) << (which + 1)));
    }
    [[nodiscard]] std::size_t written() const noexcept { return size_; }

  private:
    void add_text(std::size_t which, std::u32string_view text) noexcept {
        out_.sizes[which] = static_cast<std::uint16_t>(text.size());
        std::uint32_t others = 0;
        for (const char32_t c : text) others |= is_other_symbol(c);
        if (others != 0) return;
        std::transform(text.begin(), text.end(), bytes_ + size_,
                       [](char32_t c) { return static_cast<std::uint8_t>(c); });
        out_.plain = static_cast<std::uint8_t>(out_.plain | (1U << which));
        out_.begins[which] = static_cast<std::uint16_t>(size_);
        size_ += text.size();
    }

    Outline& out_;
    std::uint8_t* bytes_;
    std::size_t size_ = 0;
};

}  // namespace

TextSets::TextSets(const TextForm& form) noexcept {
    for (const Word& word : form.words) {
        words |= std::uint64_t{1} << (word.hash % 64);
        symbols |= word.symbols;
    }
}

WordSet::WordSet(std::span<const std::uint32_t> hashes) noexcept : size_(static_cast<std::uint16_t>(hashes.size())) {
    for (const std::uint32_t hash : hashes) {
        std::uint64_t& bits = bits_[(hash / 64) % bits_.size()];
        const std::uint64_t bit = std::uint64_t{1} << (hash % 64);
        repeats_ = static_cast<std::uint16_t>(repeats_ + ((bits & bit) != 0 ? 1 : 0));
        bits |= bit;
    }
}

Outline::Outline(const NormalForm& form, std::pmr::memory_resource* memory)
    : traits(traits_of(form)),
      whole(word_hash(form.whole)),
      letters(hash_without_spaces(form.title.text)),
      credits(static_cast<std::uint16_t>(form.credits.names.size())),
      title_sets(form.title),
      line_sets(form.credits.line),
      telling_sets(form.credits.telling),
      words(form.word_hashes) {
    const std::size_t most = 2 * (form.title.text.size() + form.credits.line.text.size() + form.album.text.size());
    auto* const room = static_cast<std::uint8_t*>(memory->allocate(most, 1));
    Writer writer(*this, room);
    writer.add(title, form.title);
    writer.add(line, form.credits.line);
    writer.add(album, form.album);
    bytes = {room, writer.written()};
}

}  // namespace musicsync
