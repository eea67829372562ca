// What the engine knows as plain Python values.
#include "convert.hpp"

namespace musicsync::bindings {

std::string credit_of(const Track& track) {
    std::string out;
    for (const std::string& name : track.artists()) out += (out.empty() ? "" : ", ") + name;
    return out;
}

py::dict to_dict(const Track& track) {
    const auto known = [](const std::string& text) {
        return text.empty() ? py::object(py::none()) : py::object(py::str(text));
    };
    py::dict out;
    out["id"] = known(track.id());
    out["title"] = known(track.title());
    out["artists"] = py::cast(track.artists());
    out["album"] = known(track.album());
    out["isrc"] = known(track.isrc());
    out["duration_ms"] = track.duration() ? py::object(py::int_(track.duration()->count())) : py::object(py::none());
    out["release_year"] = py::cast(track.release_year());
    out["explicit"] = py::cast(track.explicit_());
    if (!track.title_reading().empty()) out["title_reading"] = track.title_reading();
    if (!track.artist_reading().empty()) out["artist_reading"] = track.artist_reading();
    return out;
}

py::dict to_dict(const VersionToken& token) {
    py::dict out;
    out["kind"] = std::string(name(token.kind));
    out["detail"] = token.detail;
    out["year"] = py::cast(token.year);
    return out;
}

py::dict to_dict(const Match& match) {
    py::dict out;
    out["index"] = match.ranked.index;
    out["score"] = match.ranked.score;
    out["probability"] = py::cast(match.ranked.probability);
    out["track"] = to_dict(match.track);
    return out;
}

}  // namespace musicsync::bindings
