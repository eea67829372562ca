// What a catalogue knows of its tracks, in memory or in a file: their records, and the rows that searches look them up
// in.
//
//   PartsBuilder builder;
//   builder.add(tracks);
//   const Result<Parts> parts = std::move(builder).build();
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "catalog/records.hpp"
#include "catalog/records_builder.hpp"
#include "catalog/rows.hpp"
#include "catalog/standard_rows.hpp"
#include "musicsync/error.hpp"
#include "musicsync/track.hpp"
#include "musicsync/work.hpp"

namespace musicsync::catalog {

// Of fewer tracks each is compared: nothing has to be made ready for that.
inline constexpr std::size_t worth_rows = 2048;

// How this engine reads titles and credits now, as a number: rows of another number are not those that it would make.
[[nodiscard]] std::uint64_t reading() noexcept;

// What is kept in memory or in a file.
struct Parts {
    Records records;
    std::optional<Rows> classic;  // both or none
    std::optional<StandardRows> standard;
    std::uint64_t read_as = 0;            // reading() when the rows of `standard` were made
    std::shared_ptr<const void> owner{};  // of memory that the columns lie in

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        Records::columns(self.records, visit.inside("track"));
        if (self.classic) {
            const Visit rows = visit.inside("classic");
            Rows::columns(*self.classic, rows);
            SignatureColumns::columns(self.classic->credits.signatures, rows.inside("credits").inside("signatures"));
        }
        if (self.standard) StandardRows::columns(*self.standard, visit.inside("standard"));
    }
};

// Takes tracks as they come; they need not stay.
class PartsBuilder {
  public:
    // False where `work.progress` stopped it.
    [[nodiscard]] bool add(std::span<const Track> tracks, const Work& work = {});
    // Of clean fields.
    void add(std::span<const Track::Fields> tracks, int threads) { records_.add(tracks, threads); }
    void add(const TrackColumns& tracks, int threads) { records_.add(tracks, threads); }
    [[nodiscard]] std::size_t size() const noexcept { return records_.size(); }
    // As titles and credits are read now. Errc::too_long.
    [[nodiscard]] Result<Parts> build(std::size_t least_for_rows = worth_rows) &&;

  private:
    RecordsBuilder records_;
};

}  // namespace musicsync::catalog
