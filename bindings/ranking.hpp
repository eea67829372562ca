// What ranking gives to Python: numbers for all hits, and a Match for each one that somebody looks at.
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "convert.hpp"
#include "light_type.hpp"
#include "musicsync/rank.hpp"

namespace musicsync::bindings {

// The candidates of a ranking: tracks, the objects of Python that hold them, or the columns that the texts came in.
using Candidates = std::variant<std::shared_ptr<const std::vector<Track>>, std::vector<py::object>, py::dict>;

// A sequence of Match, best first.
struct Ranking {
    std::vector<Ranked> hits;
    Candidates candidates;

    [[nodiscard]] Match at(std::size_t place) const;
};

// Rankings of many queries: one after the other in `hits`, that of query i from starts[i] to starts[i + 1].
struct Rankings {
    std::vector<Ranked> hits;
    std::vector<std::size_t> starts{0};
    std::vector<Candidates> candidates;

    [[nodiscard]] std::size_t size() const noexcept { return candidates.size(); }
    [[nodiscard]] Ranking at(std::size_t query) const;
    void add(const std::vector<std::vector<Ranked>>& rankings);
};

[[nodiscard]] RankOptions rank_options(py::handle limit, py::handle cutoff);

[[nodiscard]] Ranking rank_for(const Profile& profile, py::handle query, py::handle candidates,
                               const RankOptions& options);

[[nodiscard]] Rankings rank_batch_for(const Profile& profile, py::handle queries, py::handle candidates,
                                      py::handle limit, py::handle cutoff, py::handle threads, py::handle progress);

[[nodiscard]] Rankings matrix_top_k_for(const Profile& profile, py::handle queries, py::handle choices, py::handle k,
                                        py::handle cutoff, py::handle threads, py::handle progress);

}  // namespace musicsync::bindings

namespace pybind11::detail {
template <>
struct type_caster<musicsync::bindings::Ranking> : musicsync::bindings::LightCaster<musicsync::bindings::Ranking> {
    static constexpr auto name = const_name("musicsync._core.Ranking");
};
}  // namespace pybind11::detail
