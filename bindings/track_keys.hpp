// The keys that tell of a track in a mapping, and the values that a dict has for them.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include "bind.hpp"

namespace musicsync::bindings {

// Those that most mappings have come first.
enum Key : std::uint8_t {
    key_title,
    key_artist,
    key_album,
    key_artists,
    key_id,
    key_isrc,
    key_duration_ms,
    key_release_year,
    key_explicit,
    key_track_name,
    key_duration_s,
    key_year,
    key_title_reading,
    key_artist_reading,
    key_count,
};

// Each ends with a 0, as Python wants it.
inline constexpr std::array<std::string_view, key_count> key_names{
    "title",        "artist",   "album",      "artists",    "id",   "isrc",          "duration_ms",
    "release_year", "explicit", "track_name", "duration_s", "year", "title_reading", "artist_reading"};

// The keys as Python strings that live as long as the program: a look-up then makes no string.
[[nodiscard]] const std::array<PyObject*, key_count>& interned_keys();

// The values of an exact dict that are not None, found in one walk through it.
class DictValues {
  public:
    DictValues() = default;
    DictValues(const DictValues&) = delete;
    DictValues& operator=(const DictValues&) = delete;
    ~DictValues() {
        for (std::uint32_t left = known_; left != 0; left &= left - 1)
            Py_DECREF(values_[static_cast<std::size_t>(std::countr_zero(left))]);
    }

    // Once. False for a dict with many keys, or with one that may equal one of ours in a way of its own.
    [[nodiscard]] bool read(py::handle dict);

    // A null handle for what is not there.
    [[nodiscard]] py::handle operator()(Key key) const noexcept {
        return ((known_ >> key) & 1U) != 0 ? values_[key] : nullptr;
    }

  private:
    std::array<PyObject*, key_count> values_;  // of the keys in known_
    std::uint32_t known_ = 0;                  // a bit for each key
};

}  // namespace musicsync::bindings
