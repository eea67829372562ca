#include "catalog/changes.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "catalog/change.hpp"
#include "catalog/shard_files.hpp"

namespace musicsync::catalog {
namespace {

using Words = std::unordered_map<std::string_view, bool>;  // whether a track has it

// What stands there now.
CatalogChange change_to(const Manifest& manifest) {
    CatalogChange out;
    out.tracks = manifest.tracks();
    out.shards = manifest.shards.size();
    return out;
}

std::size_t count_removed(const Manifest& manifest) {
    std::size_t out = 0;
    for (const Manifest::Shard& shard : manifest.shards) out += shard.removed.size();
    return out;
}

// Which word of a list a track has, to be marked; the empty one is none.
bool marks(Words& words, std::string_view word) {
    const auto found = word.empty() ? words.end() : words.find(word);
    if (found == words.end()) return false;
    found->second = true;
    return true;
}

// Removes tracks with one of the ids or codes from all shards of what stands at a path.
std::optional<Error> remove_from(Manifest& manifest, const std::string& path, Words& ids, Words& codes) {
    const Result<Opened> opened = open_path(path, Catalog::Memory::mapped);  // as `manifest` has it, under its lock
    if (!opened) return opened.error();
    for (std::size_t i = 0; i < manifest.shards.size(); ++i) {
        Manifest::Shard& entry = manifest.shards[i];
        const Shard& shard = opened->shards[i];
        const Records& records = shard.index->records();
        std::vector<std::uint32_t> removed;
        for (std::uint32_t place = 0; place < records.size(); ++place) {
            const bool gone = shard.removed.has(place);
            const bool by_id = !gone && marks(ids, records.id(place));
            const bool by_code = !gone && marks(codes, text_of(records.codes[place]));
            if (gone || by_id || by_code) removed.push_back(place);
        }
        entry.removed = std::move(removed);
    }
    return std::nullopt;
}

// Shards from the first to before the last.
struct Run {
    std::size_t first;
    std::size_t last;
};

// Shards that are better one: the first that those behind it together are as many as, and they; or one of which a
// quarter is removed. So each track is written again some log(tracks) times, and there are as many shards at most.
std::optional<Run> worth_merging(const Manifest& manifest) {
    const auto size_of = [](const Manifest::Shard& shard) { return shard.tracks - shard.removed.size(); };
    const std::size_t count = manifest.shards.size();
    std::optional<Run> out;
    std::size_t behind = 0;
    for (std::size_t i = count; i-- > 0;) {
        const std::size_t size = size_of(manifest.shards[i]);
        if (i + 1 < count && behind >= size) out = Run{i, count};
        behind += size;
    }
    for (std::size_t i = 0; !out && i < count; ++i) {
        const Manifest::Shard& shard = manifest.shards[i];
        if (!shard.removed.empty() && shard.removed.size() >= shard.tracks / 4) out = Run{i, i + 1};
    }
    return out;
}

// All shards, where that changes anything.
std::optional<Run> whole_of(const Manifest& manifest) {
    if (manifest.shards.size() < 2 && count_removed(manifest) == 0) return std::nullopt;
    return Run{0, manifest.shards.size()};
}

// Where the shards of a run are in a later manifest; nothing where they are not all there, side by side.
std::optional<std::size_t> find_run(const Manifest& later, const Manifest& seen, Run run) {
    const auto begin = seen.shards.begin();
    const auto same = [](const Manifest::Shard& a, const Manifest::Shard& b) { return a.name == b.name; };
    const auto found =
        std::search(later.shards.begin(), later.shards.end(), begin + static_cast<std::ptrdiff_t>(run.first),
                    begin + static_cast<std::ptrdiff_t>(run.last), same);
    if (found == later.shards.end()) return std::nullopt;
    return static_cast<std::size_t>(found - later.shards.begin());
}

// Places in the merged shard of tracks that were removed while it was made.
std::vector<std::uint32_t> removed_since(std::span<const Manifest::Shard> seen, std::span<const Manifest::Shard> now) {
    std::vector<std::uint32_t> out;
    std::size_t first = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const Removed before(seen[i].removed);
        for (const std::uint32_t place : now[i].removed) {
            if (!before.has(place)) out.push_back(static_cast<std::uint32_t>(first + before.rank_of(place)));
        }
        first += seen[i].tracks - seen[i].removed.size();
    }
    return out;
}

// Makes the shards of a run one. False where another process was faster.
Result<bool> merge(const std::string& path, Opened seen, Run run, const Work& work, Disk& disk) {
    const auto part = [run](auto& shards) { return std::span(shards).subspan(run.first, run.last - run.first); };
    const auto merging = part(seen.shards);
    // Seconds to minutes, while others may read and change the catalogue.
    const Shards shards({merging.begin(), merging.end()});
    const Result<Parts> parts = shards.merged(work);
    if (!parts) return parts.error();
    Result<Change> begun = Change::begin(path, work, disk);
    if (!begun) return begun.error();
    Change change = *std::move(begun);
    Manifest next = change.before();
    const std::optional<std::size_t> at = find_run(next, *seen.manifest, run);
    if (!at) return false;
    const auto now = std::span(next.shards).subspan(*at, run.last - run.first);
    std::vector<std::uint32_t> removed = removed_since(part(seen.manifest->shards), now);
    const auto begin = next.shards.begin() + static_cast<std::ptrdiff_t>(*at);
    const auto behind = next.shards.erase(begin, begin + static_cast<std::ptrdiff_t>(now.size()));
    if (parts->records.size() > removed.size()) {
        Result<Manifest::Shard> written = change.write(*parts, {});
        if (!written) return written.error();
        next.shards.insert(behind, *std::move(written))->removed = std::move(removed);
    }
    if (std::optional<Error> error = change.publish(std::move(next))) return *std::move(error);
    return true;
}

}  // namespace

Result<std::size_t> replace(const std::string& path, const Parts& parts, const Work& work, Disk& disk) {
    if (!identity_of(folder_of_shards(path)) || !identity_of(path)) {
        const Result<Saved> saved = save(parts, path, work, disk);
        if (!saved) return saved.error();
        return saved->bytes;
    }
    Result<Change> begun = Change::begin(path, work, disk);
    if (!begun) return begun.error();
    Change change = *std::move(begun);
    return change.replace(parts, work);
}

Result<CatalogChange> add(const std::string& path, const Shards& more, bool replace_ids, const Work& work, Disk& disk) {
    std::optional<Parts> made;
    if (more.only_parts() == nullptr) {
        Result<Parts> merged = more.merged(work);
        if (!merged) return merged.error();
        made = *std::move(merged);
    }
    Result<Change> begun = Change::begin(path, work, disk);
    if (!begun) return begun.error();
    Change change = *std::move(begun);
    Manifest next = change.before();
    if (more.size() == 0) return change_to(next);
    if (next.tracks() + more.size() > std::numeric_limits<std::uint32_t>::max())
        return Error{Errc::too_long, path + ": a catalogue has 4,294,967,295 tracks at most", "tracks"};
    if (replace_ids) {
        Words ids;
        Words codes;
        for (std::size_t i = 0; i < more.size(); ++i) ids.emplace(more.id(i), false);
        if (std::optional<Error> error = remove_from(next, path, ids, codes)) return *std::move(error);
    }
    Result<Manifest::Shard> written = change.write(made ? *made : *more.only_parts(), work);
    if (!written) return written.error();
    next.shards.push_back(*std::move(written));
    CatalogChange out = change_to(next);
    out.added = more.size();
    out.removed = count_removed(next) - count_removed(change.before());
    if (std::optional<Error> error = change.publish(std::move(next))) return *std::move(error);
    return out;
}

Result<CatalogChange> remove(const std::string& path, std::span<const std::string> ids,
                             std::span<const std::string> codes, const Work& work, Disk& disk) {
    Result<Change> begun = Change::begin(path, work, disk);
    if (!begun) return begun.error();
    Change change = *std::move(begun);
    Manifest next = change.before();
    Words wanted_ids;
    Words wanted_codes;
    for (const std::string& id : ids) wanted_ids.emplace(id, false);
    for (const std::string& code : codes) wanted_codes.emplace(code, false);
    if (std::optional<Error> error = remove_from(next, path, wanted_ids, wanted_codes)) return *std::move(error);
    CatalogChange out = change_to(next);
    out.removed = count_removed(next) - count_removed(change.before());
    for (const std::string& id : ids) {
        if (!wanted_ids.at(id)) out.missing.push_back(id);
    }
    for (const std::string& code : codes) {
        if (!wanted_codes.at(code)) out.missing.push_back(code);
    }
    if (out.removed == 0) return out;
    if (std::optional<Error> error = change.publish(std::move(next))) return *std::move(error);
    return out;
}

Result<CatalogChange> compact(const std::string& path, bool whole, const Work& work, Disk& disk) {
    while (true) {
        Result<Opened> seen = open_path(path, Catalog::Memory::mapped);
        if (!seen) return seen.error();
        if (!seen->manifest) return CatalogChange{0, 0, seen->shards.front().size(), 1, {}};
        const std::optional<Run> run = whole ? whole_of(*seen->manifest) : worth_merging(*seen->manifest);
        if (!run) return change_to(*seen->manifest);
        const Result<bool> merged = merge(path, *std::move(seen), *run, work, disk);
        if (!merged) return merged.error();
        if (*merged) whole = false;  // what others added meanwhile is small
    }
}

}  // namespace musicsync::catalog
