#include "musicsync/catalog.hpp"

#include <utility>

#include "musicsync/normalize.hpp"
#include "musicsync/rank.hpp"

namespace musicsync {

Catalog Catalog::build(std::vector<Track> tracks) {
    Catalog catalog;
    catalog.tracks_ = std::move(tracks);
    for (std::size_t i = 0; i < catalog.tracks_.size(); ++i) {
        const std::string& code = catalog.tracks_[i].isrc();
        if (!code.empty()) catalog.by_isrc_[code].push_back(i);
    }
    return catalog;
}

std::vector<Ranked> Catalog::search(const Profile& profile, const Track& query, std::size_t k, double cutoff) const {
    return std::move(search_batch(profile, {&query, 1}, k, cutoff).front());
}

std::vector<std::vector<Ranked>> Catalog::search_batch(const Profile& profile, std::span<const Track> queries,
                                                       std::size_t k, double cutoff) const {
    return *matrix_top_k(profile, queries, tracks_, k, cutoff);  // nobody stops it
}

Result<std::vector<std::size_t>> Catalog::lookup_isrc(std::string_view code) const {
    Result<std::string> canonical = parse_isrc(code);
    if (!canonical) return canonical.error();
    const auto found = by_isrc_.find(*canonical);
    return found == by_isrc_.end() ? std::vector<std::size_t>{} : found->second;
}

}  // namespace musicsync
