// The fields of a catalogue's tracks in columns: as they were given, cleaned.
//
//   const Records records = std::move(builder).build();    // records_builder.hpp
//   records.track(3)
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/column.hpp"
#include "catalog/packed.hpp"
#include "catalog/texts.hpp"
#include "musicsync/filter.hpp"
#include "musicsync/track.hpp"

namespace musicsync::catalog {

// A canonical ISRC as a number: one more than how many stand before it in their order; 0 for none.
using Code = std::uint64_t;
[[nodiscard]] Code code_of(std::string_view isrc) noexcept;  // 0 for what is no canonical one
[[nodiscard]] std::string text_of(Code code);

// Names of a credit stand apart by it: no name has one.
inline constexpr char between_names = '\0';

struct Records {
    Strings ids;  // of each track
    Strings titles;
    Packed<std::uint32_t> title_of;
    Strings credits;  // names, each behind U+0000 but the first
    Packed<std::uint32_t> credit_of;
    Strings albums;
    Packed<std::uint32_t> album_of;
    Packed<Code> codes;
    Packed<std::uint32_t> durations;  // milliseconds; 0 for unknown, as of the others
    Packed<std::uint16_t> years;
    Packed<std::uint8_t> explicit_;  // 1 for no, 2 for yes
    // Of the few tracks that have one, in their order.
    Column<std::uint32_t> read;
    Strings title_readings;
    Strings artist_readings;
    Packed<std::uint32_t> by_code;  // tracks with an ISRC, by that and then in their order

    [[nodiscard]] std::size_t size() const noexcept { return title_of.size(); }
    [[nodiscard]] Track::Fields fields(std::size_t i) const;
    // Of fields that no track can have, which only a damaged file has, one of which nothing is known.
    [[nodiscard]] Track track(std::size_t i) const;
    [[nodiscard]] std::vector<std::string> names(std::size_t credit) const;
    [[nodiscard]] std::string_view id(std::size_t i) const noexcept { return ids[i]; }
    [[nodiscard]] bool pass(std::size_t i, const Filter& filter) const noexcept;
    // Tracks with a canonical ISRC, in their order; none for an empty one.
    [[nodiscard]] std::vector<std::uint32_t> with_code(std::string_view isrc) const;

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        Strings::columns(self.ids, visit.inside("ids"));
        Strings::columns(self.titles, visit.inside("titles"));
        visit("title_of", self.title_of);
        Strings::columns(self.credits, visit.inside("credits"));
        visit("credit_of", self.credit_of);
        Strings::columns(self.albums, visit.inside("albums"));
        visit("album_of", self.album_of);
        visit("codes", self.codes);
        visit("durations", self.durations);
        visit("years", self.years);
        visit("explicit", self.explicit_);
        visit("read", self.read);
        Strings::columns(self.title_readings, visit.inside("title_readings"));
        Strings::columns(self.artist_readings, visit.inside("artist_readings"));
        visit("by_code", self.by_code);
    }
};

}  // namespace musicsync::catalog
