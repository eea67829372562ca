// A track as somebody's catalogue tells it: immutable, every field may be unknown.
//
//   musicsync::Track::Fields fields;
//   fields.title = "Africa";
//   fields.artists = {"Toto"};
//   fields.duration = std::chrono::milliseconds{295'893};
//   musicsync::Result<musicsync::Track> track = musicsync::Track::make(std::move(fields));
//
// Blank text, an empty list, no value and a number of 0 are the same: unknown, which is never "different" and never
// "equal". A track keeps the normal form that comparing needs; copies share it, in any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/error.hpp"

namespace musicsync {

struct NormalForm;
struct Outline;

class Track {
  public:
    // The longest text a field may have, in bytes of UTF-8.
    static constexpr std::size_t max_text_bytes = std::size_t{1} << 20;

    struct Fields {
        std::string id;
        std::string title;
        std::vector<std::string> artists;  // credited names in order, main artist first
        std::string album;
        std::string isrc;  // any spelling; text that is not an ISRC is kept as unknown
        std::optional<std::chrono::milliseconds> duration;
        std::optional<int> release_year;
        std::optional<bool> explicit_;
        // Latin spellings of title and credits by somebody who knows how they are read ("yoru ni kakeru"), compared
        // where the other side is in another script. Empty: the engine spells what it can (romanize()).
        std::string title_reading{};
        std::string artist_reading{};
        friend bool operator==(const Fields&, const Fields&) = default;
    };

    // A track of valid fields: text is trimmed, blank names are dropped, the ISRC is in its canonical form or empty.
    // Errc::invalid_utf8, Errc::too_long (a text beyond max_text_bytes) or Errc::invalid_value (U+0000 in a text, a
    // negative duration or one beyond 1,000 hours, a year outside 1–9999), each with the field's name.
    // Cost: microseconds; text that is not Latin is romanised once, here.
    [[nodiscard]] static Result<Track> make(Fields fields);

    // A track in the making, whose fields are written where they stay: what make() does, without moving them.
    class Draft;

    // What make() does to the fields first, with the same errors; without the normal form, so in nanoseconds.
    [[nodiscard]] static std::optional<Error> clean(Fields& fields);

    [[nodiscard]] const std::string& id() const noexcept;
    [[nodiscard]] const std::string& title() const noexcept;
    [[nodiscard]] const std::vector<std::string>& artists() const noexcept;
    [[nodiscard]] const std::string& album() const noexcept;
    [[nodiscard]] const std::string& isrc() const noexcept;
    [[nodiscard]] std::optional<std::chrono::milliseconds> duration() const noexcept;
    [[nodiscard]] std::optional<int> release_year() const noexcept;
    [[nodiscard]] std::optional<bool> explicit_() const noexcept;
    [[nodiscard]] const std::string& title_reading() const noexcept;
    [[nodiscard]] const std::string& artist_reading() const noexcept;
    [[nodiscard]] const Fields& fields() const noexcept;
    // The engine's views of the texts, which live as long as a copy of the track: what tells most tracks apart
    // (core/src/score/outline.hpp), and all of it (normal_form.hpp), which a plain track makes when it is first asked.
    [[nodiscard]] const Outline& outline() const noexcept { return *outline_; }
    [[nodiscard]] const NormalForm& normal() const;

    friend bool operator==(const Track& a, const Track& b) noexcept { return a.fields() == b.fields(); }

  private:
    struct State;  // an outline and all behind it
    explicit Track(std::shared_ptr<const State> state) noexcept;
    [[nodiscard]] const State& state() const noexcept;
    std::shared_ptr<const Outline> outline_;
};

class Track::Draft {
  public:
    Draft();
    explicit Draft(Fields&& fields);
    [[nodiscard]] Fields& fields() noexcept;
    [[nodiscard]] Result<Track> finish() &&;

  private:
    std::shared_ptr<State> state_;
};

}  // namespace musicsync
