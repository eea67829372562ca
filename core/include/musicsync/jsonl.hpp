// Tracks out of JSON Lines: one object a line, UTF-8.
//
//   musicsync::Result<musicsync::TrackFile> file = musicsync::read_jsonl("tracks.jsonl");
//   for (const musicsync::RejectedLine& bad : file->rejected) std::puts(bad.message().c_str());
//
// Keys: id, title (or track_name), artists (a list) or artist (one credit), album, isrc, duration_ms or duration_s,
// release_year (or year), explicit. Other keys are passed over; null, "" and a missing key are unknown.
// A bad line is reported and costs no other line. A byte order mark, CRLF, blank lines and a last line without its line
// feed are read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/error.hpp"
#include "musicsync/track.hpp"

namespace musicsync {

// A line that is no track: where, which field ("" for the line as a whole) and why.
struct RejectedLine {
    std::string file;
    std::size_t line = 0;  // 1-based
    Errc code{};
    std::string field;
    std::string reason;
    [[nodiscard]] std::string message() const { return file + ":" + std::to_string(line) + ": " + reason; }
};

struct TrackFile {
    std::vector<Track> tracks;
    std::vector<std::size_t> lines;  // 1-based line of each track
    std::vector<RejectedLine> rejected;
};

// Errc::io where the file cannot be read.
[[nodiscard]] Result<TrackFile> read_jsonl(const std::string& path);

// The same of text in memory; `name` stands for the file in messages.
[[nodiscard]] TrackFile parse_jsonl(std::string_view text, std::string_view name);

}  // namespace musicsync
