#include "catalog/index.hpp"

#include "catalog/classic_search.hpp"
#include "catalog/standard_search.hpp"
#include "rank/top_ranked.hpp"
#include "score/evidence.hpp"

namespace musicsync::catalog {

std::vector<Ranked> Index::search(const Profile& profile, const Track& query, std::size_t k, double cutoff,
                                  std::span<const std::size_t> equal_codes) const {
    if (k == 0) return {};
    if (profile.rules == Profile::Rules::classic) {
        std::call_once(classic_made_, [this] { classic_.emplace(classic_rows(tracks_)); });
        ClassicSearch search(profile, *classic_, tracks_, query, k, cutoff, equal_codes);
        search.scan(0, classic_->size());
        return search.take();
    }
    // Of a query that is compared in other ways too nothing is known without comparing.
    if (!is_plain_row(query)) return std::move((*matrix_top_k(profile, {&query, 1}, tracks_, k, cutoff)).front());
    std::call_once(standard_made_, [this] { standard_.emplace(tracks_); });
    StandardSearch search(profile, *standard_, tracks_, query, k, cutoff);
    search.scan(0, standard_->rows.size());
    std::vector<Ranked> hits = search.take();
    add_probabilities(profile, search.query(), tracks_, hits);
    return hits;
}

}  // namespace musicsync::catalog
