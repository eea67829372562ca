// Any bytes as a file of tracks: every line that is not blank is a track or a rejection, and none costs another.
#include "fuzz.hpp"
#include "musicsync/jsonl.hpp"

using namespace musicsync;
using fuzz::check;

namespace {

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

// The line as a file of its own gives what it gives among the others.
void check_alone(std::string_view line, const TrackFile& file, std::size_t number, std::size_t& track,
                 std::size_t& bad) {
    const TrackFile alone = parse_jsonl(line, "fuzz");
    check(alone.tracks.size() + alone.rejected.size() == (is_blank(line) ? 0 : 1), "a line is one track or none");
    if (!alone.tracks.empty()) {
        check(track < file.tracks.size() && file.lines[track] == number, "a track has its line");
        check(file.tracks[track++] == alone.tracks[0], "a track is the same alone");
    }
    if (!alone.rejected.empty()) {
        check(bad < file.rejected.size() && file.rejected[bad].line == number, "a rejection has its line");
        check(file.rejected[bad++].reason == alone.rejected[0].reason, "a reason is the same alone");
    }
}

}  // namespace

FUZZ(data, size) {
    const std::string_view text = fuzz::text_of(data, size);
    const TrackFile file = parse_jsonl(text, "fuzz");
    std::string_view rest = text;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    std::size_t number = 0;
    std::size_t track = 0;
    std::size_t bad = 0;
    for (const std::string_view line : fuzz::split(rest, '\n')) {
        ++number;
        if (line.starts_with("\xEF\xBB\xBF")) return 0;  // alone it would be a file with a byte order mark
        check_alone(line, file, number, track, bad);
    }
    check(track == file.tracks.size() && bad == file.rejected.size(), "nothing else is told");
    return 0;
}
