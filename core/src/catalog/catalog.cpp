#include "musicsync/catalog.hpp"

#include <string>

#include "catalog/file.hpp"
#include "catalog/state.hpp"
#include "musicsync/normalize.hpp"
#include "parallel/for_blocks.hpp"

namespace musicsync {
namespace {

// Of a catalogue without rows.
Result<std::vector<std::vector<Ranked>>> search_few(const catalog::Index& index, const Profile& profile,
                                                    std::span<const Track> queries, std::size_t k, double cutoff,
                                                    const Work& work, const Filter& filter) {
    if (filter == Filter{}) return matrix_top_k(profile, queries, index.few(), k, cutoff, work);
    std::vector<Track> tracks;
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < index.few().size(); ++i) {
        if (!index.records().pass(i, filter)) continue;
        tracks.push_back(index.few()[i]);
        positions.push_back(i);
    }
    Result<std::vector<std::vector<Ranked>>> found = matrix_top_k(profile, queries, tracks, k, cutoff, work);
    if (!found) return found;
    std::vector<std::vector<Ranked>> out = *std::move(found);
    for (std::vector<Ranked>& hits : out) {
        for (Ranked& hit : hits) hit.index = positions[hit.index];
    }
    return out;
}

}  // namespace

Catalog::Catalog() : Catalog(std::make_shared<const State>(catalog::Parts{})) {}

Result<Catalog> Catalog::open(const std::string& path, Memory memory) {
    Result<catalog::FileBytes> file = memory == Memory::mapped ? catalog::map_file(path) : catalog::read_file(path);
    if (!file) return file.error();
    Result<catalog::Parts> parts = catalog::open(*std::move(file), path);
    if (!parts) return parts.error();
    return Catalog(std::make_shared<const State>(*std::move(parts)));
}

Result<Catalog> Catalog::from_bytes(std::span<const std::byte> bytes, const std::string& name) {
    Result<catalog::Parts> parts = catalog::open(catalog::copied(bytes), name);
    if (!parts) return parts.error();
    return Catalog(std::make_shared<const State>(*std::move(parts)));
}

Result<std::vector<std::string>> Catalog::verify(const std::string& path) {
    Result<catalog::FileBytes> file = catalog::map_file(path);
    if (!file) return file.error();
    return catalog::faults(file->bytes, path);
}

Result<CatalogInfo> Catalog::info(const std::string& path) {
    Result<catalog::FileBytes> file = catalog::map_file(path);
    if (!file) return file.error();
    return catalog::info(file->bytes, path);
}

Result<std::size_t> Catalog::save(const std::string& path, const Work& work) const {
    return catalog::save(state_->index.parts(), path, work);
}

std::vector<std::byte> Catalog::bytes() const { return catalog::as_bytes(state_->index.parts()); }

std::size_t Catalog::size() const noexcept { return state_->index.records().size(); }

Track Catalog::operator[](std::size_t index) const { return state_->index.track(index); }

std::vector<Ranked> Catalog::search(const Profile& profile, const Track& query, std::size_t k, double cutoff,
                                    const Filter& filter) const {
    return std::move((*search_batch(profile, {&query, 1}, k, cutoff, {}, filter)).front());  // nobody stops it
}

Result<std::vector<std::vector<Ranked>>> Catalog::search_batch(const Profile& profile, std::span<const Track> queries,
                                                               std::size_t k, double cutoff, const Work& work,
                                                               const Filter& filter) const {
    const catalog::Index& index = state_->index;
    if (!index.parts().standard) return search_few(index, profile, queries, k, cutoff, work, filter);
    std::vector<std::vector<Ranked>> out(queries.size());
    const bool done = parallel::for_blocks(queries.size(), 1, work, [&](std::size_t begin, std::size_t end) {
        for (std::size_t q = begin; q < end; ++q) out[q] = index.search(profile, queries[q], {k, cutoff, filter});
    });
    if (!done) return parallel::cancelled();
    return out;
}

Result<std::vector<std::size_t>> Catalog::lookup_isrc(std::string_view code) const {
    Result<std::string> canonical = parse_isrc(code);
    if (!canonical) return canonical.error();
    const auto found = state_->index.records().with_code(*canonical);
    return std::vector<std::size_t>(found.begin(), found.end());
}

}  // namespace musicsync
