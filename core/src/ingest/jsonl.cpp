#include "musicsync/jsonl.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <utility>

#include "ingest/lines.hpp"

namespace musicsync {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t piece_bytes = std::size_t{128} << 10;  // of a file, read at once

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

Error io_error(const std::string& path) { return {Errc::io, path + ": " + std::strerror(errno), "path"}; }

void append(TrackBatch batch, TrackFile& out) {
    for (std::size_t row = 0; row < batch.columns.rows; ++row) {
        Result<Track> track = track_at(batch.columns, row);
        if (track) out.tracks.push_back(*std::move(track));  // always: its fields are clean
    }
    const std::vector<std::size_t> lines = batch.lines();
    out.lines.insert(out.lines.end(), lines.begin(), lines.end());
    std::move(batch.rejected.begin(), batch.rejected.end(), std::back_inserter(out.rejected));
}

Result<TrackFile> read_all(TrackReader reader) {
    TrackFile out;
    while (true) {
        Result<std::optional<TrackBatch>> batch = reader.next();
        if (!batch) return batch.error();
        if (!batch->has_value()) return out;
        append(**std::move(batch), out);
    }
}

}  // namespace

std::vector<std::size_t> TrackBatch::lines() const {
    std::vector<std::size_t> out;
    out.reserve(columns.rows);
    auto next = passed.begin();
    for (std::size_t line = first_line; out.size() < columns.rows; ++line) {
        if (next != passed.end() && *next == line) {
            ++next;
        } else {
            out.push_back(line);
        }
    }
    return out;
}

struct TrackReader::State {
    State(std::string_view name, File opened, std::string_view rest, std::size_t block)
        : path(name), file(std::move(opened)), text(rest), block_bytes(std::max<std::size_t>(block, 1)), lines(name) {}

    std::string path;
    File file;              // or
    std::string_view text;  // what is left of a text in memory
    std::size_t block_bytes;
    json::LineReader lines;
    std::vector<char> buffer{};  // what was read, and room for simdjson's padding
    std::size_t filled = 0;
    std::size_t bytes_read = 0;
    bool started = false;
    bool ended = false;

    // At most `wanted` bytes; fewer only at the end.
    std::size_t read(char* out, std::size_t wanted) {
        const std::size_t got = file ? std::fread(out, 1, wanted, file.get()) : text.copy(out, wanted);
        if (!file) text.remove_prefix(got);
        bytes_read += got;
        return got;
    }

    // Reads until there is a line feed or the file ends. The size of the whole lines in the buffer, which is small
    // enough to stay in the cache from here to the columns.
    Result<std::size_t> fill() {
        const std::size_t usual = std::min(block_bytes, piece_bytes);
        for (std::size_t searched = 0;; searched = filled) {
            const std::size_t wanted = filled < usual ? usual - filled : filled;
            buffer.resize(std::max(buffer.size(), filled + wanted + simdjson::SIMDJSON_PADDING));
            const std::size_t got = read(buffer.data() + filled, wanted);
            if (got < wanted && file && std::ferror(file.get()) != 0) return io_error(path);
            filled += got;
            ended = got < wanted;
            if (ended) return filled;
            const std::size_t feed = std::string_view(buffer.data(), filled).substr(searched).rfind('\n');
            if (feed != std::string_view::npos) return searched + feed + 1;
        }
    }
};

TrackReader::TrackReader(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
TrackReader::TrackReader(TrackReader&&) noexcept = default;
TrackReader& TrackReader::operator=(TrackReader&&) noexcept = default;
TrackReader::~TrackReader() = default;
std::size_t TrackReader::bytes_read() const noexcept { return state_->bytes_read; }

Result<TrackReader> TrackReader::open(const std::string& path, std::size_t block_bytes) {
    File file(std::fopen(path.c_str(), "rb"), &std::fclose);
    if (!file) return io_error(path);
    std::setvbuf(file.get(), nullptr, _IONBF, 0);  // blocks are read whole
    return TrackReader(std::make_unique<State>(path, std::move(file), std::string_view(), block_bytes));
}

TrackReader TrackReader::over(std::string_view text, std::string_view name, std::size_t block_bytes) {
    return TrackReader(std::make_unique<State>(name, File(nullptr, &std::fclose), text, block_bytes));
}

Result<std::optional<TrackBatch>> TrackReader::next() {
    State& self = *state_;
    if (self.ended) return std::optional<TrackBatch>();
    for (std::size_t taken = 0; taken < self.block_bytes && !self.ended;) {
        const Result<std::size_t> whole = self.fill();
        if (!whole) return whole.error();
        std::string_view lines(self.buffer.data(), *whole);
        if (!std::exchange(self.started, true) && lines.starts_with(byte_order_mark)) lines.remove_prefix(3);
        self.lines.add(lines);
        taken += *whole;
        self.filled -= *whole;
        std::memmove(self.buffer.data(), self.buffer.data() + *whole, self.filled);
    }
    return std::optional(self.lines.finish());
}

TrackFile parse_jsonl(std::string_view text, std::string_view name) {
    return *read_all(TrackReader::over(text, name));  // memory does not fail
}

Result<TrackFile> read_jsonl(const std::string& path) {
    Result<TrackReader> reader = TrackReader::open(path);
    if (!reader) return reader.error();
    return read_all(*std::move(reader));
}

}  // namespace musicsync
