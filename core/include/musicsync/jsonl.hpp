// Tracks out of JSON Lines: one object a line, UTF-8.
//
//   musicsync::Result<musicsync::TrackFile> file = musicsync::read_jsonl("tracks.jsonl");
//   for (const musicsync::RejectedLine& bad : file->rejected) std::puts(bad.message().c_str());
//
// Keys: id, title (or track_name), artists (a list) or artist (one credit), album, isrc, duration_ms or duration_s,
// release_year (or year), explicit, title_reading, artist_reading. Other keys are passed over; null, "" and a missing
// key are unknown. A bad line is reported and costs no other line. A byte order mark, CRLF, blank lines and a last line
// without its line feed are read.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/columns.hpp"
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

// Some lines of a file: the tracks as columns, already clean (trimmed, ISRCs canonical, what is unknown is null), and
// the lines that are none. Columns that no line had are absent.
struct TrackBatch {
    TrackColumns columns;
    std::vector<RejectedLine> rejected;
    std::size_t first_line = 1;         // 1-based, of the file
    std::vector<std::size_t> passed{};  // the lines from there on that are no row: blank or rejected, in order
    [[nodiscard]] std::vector<std::size_t> lines() const;  // 1-based line of each row
};

// A file batch by batch, in the memory of one: for files of any length.
class TrackReader {
  public:
    static constexpr std::size_t default_block = std::size_t{8} << 20;
    static constexpr std::size_t longest_line = std::size_t{1} << 30;  // a longer one is rejected: Errc::too_long

    // A batch takes about `block_bytes` of the file, more only where one line is longer. Errc::io.
    [[nodiscard]] static Result<TrackReader> open(const std::string& path, std::size_t block_bytes = default_block);

    // The same of text in memory, which must outlive the reader; `name` stands for the file in messages.
    [[nodiscard]] static TrackReader over(std::string_view text, std::string_view name,
                                          std::size_t block_bytes = default_block);

    // The next batch; nothing at the end of the file. Errc::io where reading fails. Cost: about 2 ns a byte.
    [[nodiscard]] Result<std::optional<TrackBatch>> next();
    // Of the file so far.
    [[nodiscard]] std::size_t bytes_read() const noexcept;

    TrackReader(TrackReader&&) noexcept;
    TrackReader& operator=(TrackReader&&) noexcept;
    ~TrackReader();

  private:
    struct State;
    explicit TrackReader(std::unique_ptr<State> state) noexcept;
    std::unique_ptr<State> state_;
};

}  // namespace musicsync
