// Python objects to the engine's types and back; what does not fit gets an exception that names field and row.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bind.hpp"
#include "musicsync/error.hpp"
#include "musicsync/explain.hpp"
#include "musicsync/rank.hpp"
#include "musicsync/track.hpp"

namespace musicsync::bindings {

// Thrown by the bindings only; becomes musicsync.EngineError.
struct EngineFailure {
    Error error;
};

// The value, or the error as an exception; `where` ("candidates[3]") is put before the message.
template <class T>
T value_or_throw(Result<T> result, std::string_view where = {}, std::size_t row = Error::npos) {
    if (result) return *std::move(result);
    Error error = result.error();
    if (!where.empty()) error.message = std::string(where) + ": " + error.message;
    if (error.row == Error::npos) error.row = row;
    throw EngineFailure{std::move(error)};
}

// str to UTF-8. TypeError for another type, EngineError (invalid_utf8) for a lone surrogate; both name `field`.
[[nodiscard]] std::string text_from(py::handle object, std::string_view field, std::string_view where = {},
                                    std::size_t row = Error::npos);

// The track inside of a Track; nullptr for any other object (one of a derived class too). It lives as long as that.
[[nodiscard]] const Track* native_track(py::handle object);

// A Track, a mapping, or any object with the attributes of one (a dataclass). TypeError and EngineError name the field.
[[nodiscard]] Track track_from(py::handle object, std::string_view where, std::size_t row = Error::npos);

// A track out of the values that `get(key)` gives; py::none() for what is not there.
[[nodiscard]] Track track_from_values(const std::function<py::object(const char*)>& get, std::string_view where,
                                      std::size_t row = Error::npos);

// Any iterable of what track_from takes, or columns of tracks (columns.hpp). Errors name `name[row]`.
[[nodiscard]] std::vector<Track> tracks_from(py::handle iterable, std::string_view name);

// A limit or k: a non-negative int, or None for `none`.
[[nodiscard]] std::size_t count_from(py::handle object, std::string_view field, std::size_t none);

// A number in [0, 1]; EngineError (invalid_value) for NaN or a number outside.
[[nodiscard]] double fraction_from(py::handle object, std::string_view field);

// A path: str, bytes or os.PathLike.
[[nodiscard]] std::string path_from(py::handle object);

// A profile by name or a Profile; None is "standard".
[[nodiscard]] Profile profile_from(py::handle object);

// All artists in one text, as `classic` joins them.
[[nodiscard]] std::string credit_of(const Track& track);

[[nodiscard]] py::dict to_dict(const Track& track);
[[nodiscard]] py::dict to_dict(const VersionToken& token);

// A candidate or a track of the catalogue with its score.
struct Match {
    Track track;
    Ranked ranked;
};

[[nodiscard]] py::dict to_dict(const Match& match);

}  // namespace musicsync::bindings
