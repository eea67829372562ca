#include "ingest/lines.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "ingest/line.hpp"

namespace musicsync::json {
namespace {

// Lines whose structure is found at once: few enough to stay in the second-level cache, and to be read again without
// notice where one of them is broken.
constexpr std::size_t piece_bytes = std::size_t{128} << 10;

// The end of a piece of whole lines: behind the last line feed within reach, or the first beyond it.
std::size_t piece_end(std::string_view lines) noexcept {
    if (lines.size() <= piece_bytes) return lines.size();
    std::size_t feed = lines.rfind('\n', piece_bytes - 1);
    if (feed == std::string_view::npos) feed = lines.find('\n', piece_bytes);
    return feed == std::string_view::npos ? lines.size() : feed + 1;
}

bool is_blank(std::string_view line) noexcept { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

}  // namespace

void LineReader::add(std::string_view lines) {
    while (!lines.empty()) {
        const std::size_t end = piece_end(lines);
        add_piece(lines.substr(0, end));
        lines.remove_prefix(end);
    }
}

TrackBatch LineReader::finish() {
    auto next = ColumnBuilder::make();
    next->reserve_like(*builder_);
    TrackBatch batch = std::exchange(batch_, {});
    batch_.first_line = line_ + 1;
    batch.columns = ColumnBuilder::finish(std::exchange(builder_, std::move(next)));
    return batch;
}

void LineReader::add_piece(std::string_view piece) {
    const bool structured = piece.size() <= TrackReader::longest_line && structure_.find(piece);
    if (structured) fast_.start(piece, structure_.positions());
    for (std::size_t begin = 0; begin < piece.size();) {
        ++line_;
        if (const std::size_t next = structured ? add_known(piece, begin) : 0) {
            begin = next;
            continue;
        }
        const std::size_t end = std::min(piece.find('\n', begin), piece.size());
        const std::string_view line = piece.substr(begin, end - begin);
        const auto places = structured ? fast_.places(begin) : std::span<const std::uint32_t>();
        if (structured ? fast_.blank(begin, end) : is_blank(line)) {
            batch_.passed.push_back(line_);
        } else if (structured && fast_.read(begin, end, row_)) {
            builder_->put(row_);
            learn(piece, begin, end, places);
        } else {
            add_slowly(line);
        }
        begin = end + 1;
    }
}

// Where the next line begins; 0 for a line of another shape.
std::size_t LineReader::add_known(std::string_view piece, std::size_t begin) {
    const std::size_t next = known_.put(piece, begin, fast_.places(begin), fast_.escape(begin), *builder_);
    if (next == 0) return 0;
    fast_.skip(known_.places());
    unknown_ = 0;
    return next;
}

// A file may have lines of several shapes: another is learned only where the known one does not come again.
void LineReader::learn(std::string_view piece, std::size_t begin, std::size_t end,
                       std::span<const std::uint32_t> places) {
    constexpr std::size_t patience = 8;
    if (unknown_++ % patience == 0 && fast_.escape(begin) >= end) known_.learn(piece, begin, end, places);
}

void LineReader::add_slowly(std::string_view line) {
    const Result<Track::Fields> fields = line.size() > TrackReader::longest_line
                                             ? Error{Errc::too_long, "the line has more than 1 GiB"}
                                             : read_line(parser_, line);
    if (!fields) {
        const Error& error = fields.error();
        batch_.rejected.push_back({file_, line_, error.code, error.field, error.message});
        batch_.passed.push_back(line_);
        return;
    }
    row_.assign(*fields);
    builder_->put(row_);
}

}  // namespace musicsync::json
