#include "score/outline.hpp"

#include <algorithm>
#include <string_view>

#include "score/evidence.hpp"
#include "score/normal_form.hpp"
#include "score/outline_writer.hpp"
#include "score/said_versions.hpp"
#include "similarity/code_points.hpp"
#include "similarity/room.hpp"

namespace musicsync {
namespace {

std::uint32_t hash_without_spaces(std::u32string_view text) noexcept {
    std::uint32_t hash = hash_of_nothing;
    for (const char32_t c : text) {
        if (c != U' ') hash = with_symbol(hash, c);
    }
    return hash;
}

std::uint32_t traits_of(const NormalForm& form, const Track::Fields& fields) noexcept {
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
           when(form.wildcards, Outline::wildcards) |
           when(form.album.text == form.title.text, Outline::album_is_title) |
           when(!form.joined.empty(), Outline::title_or_names) | when(!fields.isrc.empty(), Outline::isrc) |
           when(!fields.id.empty(), Outline::id) | when(form.compilation, Outline::compilation) |
           when(says_it_is_older(form.versions, form.album_versions, form.compilation), Outline::older) |
           when(form.credits_given, Outline::credits_given) | when(form.part.has_value(), Outline::part) |
           when(form.in_sections, Outline::in_sections) | when(form.ending_number.has_value(), Outline::ending_number);
}

}  // namespace

WordSet::WordSet(std::span<const std::uint32_t> hashes) noexcept : size_(static_cast<std::uint16_t>(hashes.size())) {
    for (const std::uint32_t hash : hashes) {
        std::uint64_t& bits = bits_[(hash / 64) % bits_.size()];
        const std::uint64_t bit = std::uint64_t{1} << (hash % 64);
        repeats_ = static_cast<std::uint16_t>(repeats_ + ((bits & bit) != 0 ? 1 : 0));
        bits |= bit;
    }
}

Outline::Outline(const Track::Fields& fields) noexcept
    : duration_ms(fields.duration ? fields.duration->count() : unknown_duration),
      year(static_cast<std::int16_t>(fields.release_year.value_or(0))),
      explicit_(fields.explicit_) {}

Outline::Outline(const NormalForm& form, const Track::Fields& fields, std::pmr::memory_resource* memory)
    : Outline(fields) {
    traits = traits_of(form, fields);
    whole = word_hash(form.whole);
    letters = hash_without_spaces(form.title.text);
    credits = static_cast<std::uint16_t>(form.credits.names.size());
    guests = static_cast<std::uint16_t>(form.credits.guests);
    title_versions = form.versions;
    album_versions = form.album_versions;
    title_scripts = form.scripts;
    explicit_ = form.explicit_;
    title_script = form.script;
    credit_script = form.credits.script;
    title_sets = TextSets(form.title.words);
    line_sets = TextSets(form.credits.line.words);
    telling_sets = TextSets(form.credits.telling.words);
    words = WordSet(form.word_hashes);
    joined_bag = Bag(form.joined);
    title_words = form.title.words;
    telling_words = form.credits.telling.words;
    hashes = form.word_hashes;
    const std::size_t most = 2 * (form.title.text.size() + form.credits.line.text.size() + form.album.text.size()) +
                             form.credits.telling.text.size() + form.credits.names.size();
    OutlineWriter writer(*this, room_for<std::uint8_t>(most, memory).data());
    writer.add(title, form.title.text, form.title.sorted);
    writer.add(line, form.credits.line.text, form.credits.line.sorted);
    writer.add(album, form.album.text, form.album.sorted);
    writer.add_telling(form.credits.telling.text);
    if (is_short(line)) {
        for (const std::u32string_view name : form.credits.names) writer.add_size(name.size());
    }
    bytes = writer.written();
}

}  // namespace musicsync
