#include "musicsync/catalog.hpp"

#include <string>

#include "catalog/changes.hpp"
#include "catalog/file.hpp"
#include "catalog/shard_files.hpp"
#include "catalog/state.hpp"
#include "musicsync/normalize.hpp"

namespace musicsync {

Catalog::Catalog() : Catalog(std::make_shared<const State>(catalog::Parts{})) {}

Result<Catalog> Catalog::open(const std::string& path, Memory memory) {
    Result<catalog::Opened> opened = catalog::open_path(path, memory);
    if (!opened) return opened.error();
    return Catalog(std::make_shared<const State>((*std::move(opened)).shards));
}

Result<Catalog> Catalog::from_bytes(std::span<const std::byte> bytes, const std::string& name) {
    Result<catalog::Parts> parts = catalog::open(catalog::copied(bytes), name);
    if (!parts) return parts.error();
    return Catalog(std::make_shared<const State>(*std::move(parts)));
}

Result<std::vector<std::string>> Catalog::verify(const std::string& path) { return catalog::faults_at(path); }

Result<CatalogInfo> Catalog::info(const std::string& path) { return catalog::info_at(path); }

Result<std::size_t> Catalog::save(const std::string& path, const Work& work) const {
    if (const catalog::Parts* parts = state_->shards.only_parts()) return catalog::replace(path, *parts, work);
    const Result<catalog::Parts> merged = state_->shards.merged(work);
    if (!merged) return merged.error();
    return catalog::replace(path, *merged, work);
}

Result<std::vector<std::byte>> Catalog::bytes() const {
    if (const catalog::Parts* parts = state_->shards.only_parts()) return catalog::as_bytes(*parts);
    const Result<catalog::Parts> merged = state_->shards.merged({});
    if (!merged) return merged.error();
    return catalog::as_bytes(*merged);
}

Result<CatalogChange> Catalog::add(const std::string& path, const Catalog& more, bool replace_ids, const Work& work) {
    return catalog::add(path, more.state_->shards, replace_ids, work);
}

Result<CatalogChange> Catalog::remove(const std::string& path, std::span<const std::string> ids,
                                      std::span<const std::string> isrcs, const Work& work) {
    std::vector<std::string> codes;
    for (const std::string& isrc : isrcs) {
        Result<std::string> canonical = parse_isrc(isrc);
        if (!canonical) return canonical.error();
        codes.push_back(*std::move(canonical));
    }
    return catalog::remove(path, ids, codes, work);
}

Result<CatalogChange> Catalog::compact(const std::string& path, bool whole, const Work& work) {
    return catalog::compact(path, whole, work);
}

std::size_t Catalog::size() const noexcept { return state_->shards.size(); }

Track Catalog::operator[](std::size_t index) const { return state_->shards.track(index); }

std::vector<Ranked> Catalog::search(const Profile& profile, const Track& query, std::size_t k, double cutoff,
                                    const Filter& filter) const {
    return state_->shards.search(profile, query, k, cutoff, filter);
}

Result<std::vector<std::vector<Ranked>>> Catalog::search_batch(const Profile& profile, std::span<const Track> queries,
                                                               std::size_t k, double cutoff, const Work& work,
                                                               const Filter& filter) const {
    return state_->shards.search_batch(profile, queries, k, cutoff, filter, work);
}

Result<std::vector<std::size_t>> Catalog::lookup_isrc(std::string_view code) const {
    const Result<std::string> canonical = parse_isrc(code);
    if (!canonical) return canonical.error();
    return state_->shards.with_code(*canonical);
}

}  // namespace musicsync
