#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <vector>

#include "catalog/state.hpp"
#include "musicsync/catalog.hpp"
#include "parallel/for_blocks.hpp"

namespace musicsync {

struct CatalogBuilder::State {
    catalog::PartsBuilder parts;
};

CatalogBuilder::CatalogBuilder() : state_(std::make_unique<State>()) {}
CatalogBuilder::CatalogBuilder(CatalogBuilder&&) noexcept = default;
CatalogBuilder& CatalogBuilder::operator=(CatalogBuilder&&) noexcept = default;
CatalogBuilder::~CatalogBuilder() = default;

std::size_t CatalogBuilder::size() const noexcept { return state_->parts.size(); }

Result<std::size_t> CatalogBuilder::add(std::span<const Track> tracks, const Work& work) {
    if (!state_->parts.add(tracks, work)) return parallel::cancelled();
    return tracks.size();
}

Result<std::size_t> CatalogBuilder::add(const Catalog& catalog, const Work& work) {
    if (!catalog.state_->shards.add_to(state_->parts, work)) return parallel::cancelled();
    return catalog.size();
}

Result<std::vector<RejectedLine>> CatalogBuilder::add_jsonl(const std::string& path, const Work& work) {
    Result<TrackReader> opened = TrackReader::open(path);
    if (!opened) return opened.error();
    TrackReader reader = *std::move(opened);
    std::error_code unknown;
    const std::uintmax_t size = std::filesystem::file_size(path, unknown);
    const std::size_t total = unknown ? 0 : static_cast<std::size_t>(size);
    std::vector<RejectedLine> rejected;
    // The next part of the file is read while the one before is added.
    Result<std::optional<TrackBatch>> next = reader.next();
    while (next && next->has_value()) {
        if (work.progress && !work.progress(reader.bytes_read(), std::max(total, reader.bytes_read())))
            return parallel::cancelled();
        const Result<std::optional<TrackBatch>> batch = std::exchange(next, std::optional<TrackBatch>());
        parallel::together({[&] { next = reader.next(); }, [&] { state_->parts.add((*batch)->columns, work.threads); }},
                           work.threads);
        const std::vector<RejectedLine>& bad = (*batch)->rejected;
        rejected.insert(rejected.end(), bad.begin(), bad.end());
    }
    if (!next) return next.error();
    return rejected;
}

Result<Catalog> CatalogBuilder::build() && {
    Result<catalog::Parts> parts = std::move(std::exchange(state_, std::make_unique<State>())->parts).build();
    if (!parts) return parts.error();
    return Catalog(std::make_shared<const Catalog::State>(*std::move(parts)));
}

Result<Catalog> Catalog::build(std::span<const Track> tracks, const Work& work) {
    CatalogBuilder builder;
    if (Result<std::size_t> added = builder.add(tracks, work); !added) return added.error();
    return std::move(builder).build();
}

}  // namespace musicsync
