// Tracks to search in, in memory or out of a file.
//
//   auto catalog = musicsync::Catalog::build(tracks);
//   for (const musicsync::Ranked& hit : catalog->search(profile, query, 10)) use((*catalog)[hit.index]);
//   catalog->save("songs.msc");
//   auto later = musicsync::Catalog::open("songs.msc", musicsync::Catalog::Memory::mapped);
//
// Every search is exact: the tracks, scores and order of comparing with all of them (ties by id, then by position),
// whatever the number of threads. A catalogue is immutable and may be used from many threads; copies share all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "musicsync/decide.hpp"
#include "musicsync/filter.hpp"
#include "musicsync/jsonl.hpp"
#include "musicsync/rank.hpp"
#include "musicsync/work.hpp"

namespace musicsync {

// What a catalogue's file says of itself.
struct CatalogInfo {
    struct Section {
        std::string name;
        std::uint64_t items = 0;
        std::uint64_t bytes = 0;
    };
    std::uint64_t tracks = 0;
    std::uint64_t bytes = 0;
    std::uint32_t format = 0;  // its version
    bool has_rows = false;     // false: it is so small that a search compares all tracks
    // Its titles and credits were read as this engine would read them now. False: after a change of the engine or of
    // the vocabulary, searches by `standard` compare with every track until it is built again.
    bool read_as_now = false;
    std::vector<Section> sections;
    // Of a catalogue in several files, of which `bytes` and `sections` are the sums.
    struct Shard {
        std::string name;
        std::uint64_t tracks = 0;  // with those that are removed
        std::uint64_t removed = 0;
        std::uint64_t bytes = 0;
    };
    std::vector<Shard> shards;
};

// What a change of a catalogue's file did, and what stands there now.
struct CatalogChange {
    std::size_t added = 0;
    std::size_t removed = 0;
    std::size_t tracks = 0;
    std::size_t shards = 0;            // files that hold them
    std::vector<std::string> missing;  // what was to be removed, and is not there
};

// Which tracks of a catalogue a query is decided among: its best ones, and those that carry its ISRC.
struct JoinOptions {
    std::size_t limit = 20;        // of each kind
    double cutoff = 0.5;           // the best ones have this score or more
    std::optional<double> accept;  // in the place of the profile's threshold
};

// Positions of two tracks, the lower one first.
struct SamePair {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    friend bool operator==(const SamePair&, const SamePair&) = default;
};

// For each of `count` positions the lowest one that pairs link it with, over however many.
[[nodiscard]] std::vector<std::uint32_t> groups_of(std::size_t count, std::span<const SamePair> pairs);

class Catalog {
  public:
    enum class Memory : std::uint8_t {
        owned,   // the file is read: it may change or go afterwards
        mapped,  // its pages are read when they are asked for, and shared by all processes that do; it must not change
    };

    Catalog();  // without tracks
    // Seconds for a million tracks. Errc::too_long where the texts of one field have more than 4 GiB; Errc::cancelled.
    [[nodiscard]] static Result<Catalog> build(std::span<const Track> tracks, const Work& work = {});

    // A catalogue's file, whose structure is checked but not its checksums (verify()). Errc::io, Errc::damaged for what
    // is no catalogue or a damaged one, Errc::newer_format for one that a newer version of this library wrote.
    [[nodiscard]] static Result<Catalog> open(const std::string& path, Memory memory = Memory::owned);
    // The same of what bytes() gave; `name` stands for the file in messages.
    [[nodiscard]] static Result<Catalog> from_bytes(std::span<const std::byte> bytes, const std::string& name);
    // All that is wrong with a file, each as a sentence that names it; nothing for a good one. Errc::io.
    [[nodiscard]] static Result<std::vector<std::string>> verify(const std::string& path);
    // The errors of open().
    [[nodiscard]] static Result<CatalogInfo> info(const std::string& path);

    // Changes of the catalogue at a path, which others may read and change at the same time: changes come one after the
    // other, a reader sees all of one or nothing, and keeps what it has opened. A killed one leaves the old catalogue.
    // With the first, the tracks of the file lie in a folder beside it, PATH.shards, and in PATH what makes one
    // catalogue of them; positions count them in their order. All give the errors of open(), Errc::cancelled and
    // Errc::io.
    //
    // Puts tracks behind the others; `replace_ids`: in the place of those that have their ids.
    [[nodiscard]] static Result<CatalogChange> add(const std::string& path, const Catalog& more,
                                                   bool replace_ids = false, const Work& work = {});
    // Removes all tracks with one of the ids or ISRCs. Errc::invalid_isrc.
    [[nodiscard]] static Result<CatalogChange> remove(const std::string& path, std::span<const std::string> ids,
                                                      std::span<const std::string> isrcs, const Work& work = {});
    // Makes few files of many, and forgets what is removed; `whole`: one file of all. Changes no search, and no
    // position. It takes as long as building what it merges; others go on meanwhile.
    [[nodiscard]] static Result<CatalogChange> compact(const std::string& path, bool whole = false,
                                                       const Work& work = {});

    // Writes a file beside the one at `path` and puts it in its place when all of it is on the disk: whatever happens,
    // the old or the new one stands there. How many bytes it has. `work.progress` is told of them. Errc::io,
    // Errc::cancelled.
    [[nodiscard]] Result<std::size_t> save(const std::string& path, const Work& work = {}) const;
    [[nodiscard]] Result<std::vector<std::byte>> bytes() const;  // of such a file. Errc::too_long

    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] Track operator[](std::size_t index) const;  // microseconds

    // The `k` best tracks with a score of `cutoff` or more, best first. Cost: a look at a few bytes of each track, and
    // a comparison of those that may be among them (docs/catalogue.md).
    [[nodiscard]] std::vector<Ranked> search(const Profile& profile, const Track& query, std::size_t k,
                                             double cutoff = 0.0, const Filter& filter = {}) const;

    // The `k` best recordings, each with its releases, best first: those that stand before the first release of another
    // recording in the ranking of all tracks. A track is a release of the first recording whose best one
    // same_recording() takes for the same.
    [[nodiscard]] std::vector<std::vector<Ranked>> search_recordings(const Profile& profile, const Track& query,
                                                                     std::size_t k, double cutoff = 0.0,
                                                                     const Filter& filter = {}) const;

    // search() for many queries at once. Errc::cancelled where `work.progress` stopped it.
    [[nodiscard]] Result<std::vector<std::vector<Ranked>>> search_batch(const Profile& profile,
                                                                        std::span<const Track> queries, std::size_t k,
                                                                        double cutoff = 0.0, const Work& work = {},
                                                                        const Filter& filter = {}) const;

    // For each query: which track is the recording that was asked for, decided as decide() does among the tracks that
    // `options` names. `best`, `rival` and the candidates' indices are positions in the catalogue. Errc::cancelled.
    [[nodiscard]] Result<std::vector<Decision>> join(const Profile& profile, std::span<const Track> queries,
                                                     const JoinOptions& options = {}, const Work& work = {}) const;

    // Pairs of one recording: each of the tracks from `first` to `last` and those behind it that decide() accepts with
    // nothing beside them, among those that `options` names (its `accept` is not used). By position; a long run can be
    // made in parts. Errc::cancelled.
    [[nodiscard]] Result<std::vector<SamePair>> duplicates(const Profile& profile, std::size_t first, std::size_t last,
                                                           const JoinOptions& options = {},
                                                           const Work& work = {}) const;
    // For each track the position of the first one of its recording: those that duplicates() links, one by one.
    // Errc::cancelled.
    [[nodiscard]] Result<std::vector<std::uint32_t>> deduplicate(const Profile& profile,
                                                                 const JoinOptions& options = {},
                                                                 const Work& work = {}) const;

    // Positions of the tracks that carry the code, in order; any spelling of it. Errc::invalid_isrc.
    [[nodiscard]] Result<std::vector<std::size_t>> lookup_isrc(std::string_view code) const;

  private:
    friend class CatalogBuilder;
    struct State;
    explicit Catalog(std::shared_ptr<const State> state) noexcept : state_(std::move(state)) {}
    std::shared_ptr<const State> state_;
};

// Makes a catalogue of tracks that come one part after the other, which need not stay:
//
//   musicsync::CatalogBuilder builder;
//   auto rejected = builder.add_jsonl("tracks.jsonl");
//   auto catalog = std::move(builder).build();
class CatalogBuilder {
  public:
    CatalogBuilder();
    CatalogBuilder(CatalogBuilder&&) noexcept;
    CatalogBuilder& operator=(CatalogBuilder&&) noexcept;
    ~CatalogBuilder();

    // Behind those that were added before. Errc::cancelled, with some of them added.
    [[nodiscard]] Result<std::size_t> add(std::span<const Track> tracks, const Work& work = {});
    [[nodiscard]] Result<std::size_t> add(const Catalog& catalog, const Work& work = {});
    // The tracks of a file, and the lines that are none. `work.progress` is told of bytes. Errc::io, Errc::cancelled.
    [[nodiscard]] Result<std::vector<RejectedLine>> add_jsonl(const std::string& path, const Work& work = {});
    [[nodiscard]] std::size_t size() const noexcept;
    // As Catalog::build(); leaves nothing behind.
    [[nodiscard]] Result<Catalog> build() &&;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace musicsync
