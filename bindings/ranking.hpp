// What ranking gives to Python: numbers for all hits, and a Match for each one that somebody looks at.
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "convert.hpp"
#include "musicsync/rank.hpp"

namespace musicsync::bindings {

// The candidates of a ranking: tracks, or the columns that the texts came in.
using Candidates = std::variant<std::shared_ptr<const std::vector<Track>>, py::dict>;

// A sequence of Match, best first.
struct Ranking {
    std::vector<Ranked> hits;
    Candidates candidates;

    [[nodiscard]] Match at(std::size_t place) const;
};

// Rankings of many queries: one after the other in `hits`, that of query i from starts[i] to starts[i + 1].
struct Rankings {
    std::vector<Ranked> hits;
    std::vector<std::size_t> starts;
    std::vector<std::shared_ptr<const std::vector<Track>>> candidates;

    [[nodiscard]] std::size_t size() const noexcept { return candidates.size(); }
    [[nodiscard]] Ranking at(std::size_t query) const;
};

[[nodiscard]] Ranking rank_for(const Profile& profile, py::handle query, py::handle candidates, py::handle limit,
                               py::handle cutoff);

[[nodiscard]] Rankings rank_batch_for(const Profile& profile, py::handle queries, py::handle candidates,
                                      py::handle limit, py::handle cutoff, py::handle threads, py::handle progress);

}  // namespace musicsync::bindings
