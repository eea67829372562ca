// One pair, normal forms at hand, by kernel: evidence, features and model; and the score that ranks.
#include <algorithm>

#include "kernels.hpp"
#include "musicsync/rank.hpp"
#include "musicsync/score.hpp"
#include "songs.hpp"

namespace {

using musicsync::Track;

// A song as a search finds it: itself, its versions, songs of like titles, others.
std::vector<Track> candidates() {
    std::vector<Track> out;
    const auto add = [&out](const char* title, std::vector<std::string> artists, const char* album, int ms) {
        Track::Fields fields;
        fields.id = std::to_string(out.size());
        fields.title = title;
        fields.artists = std::move(artists);
        fields.album = album;
        fields.duration = std::chrono::milliseconds(ms);
        out.push_back(*Track::make(std::move(fields)));
    };
    add("Africa", {"Toto"}, "Toto IV", 295'893);
    add("Africa - Remastered 2020", {"Toto"}, "Greatest Hits", 295'000);
    add("Africa (Live)", {"Toto"}, "40 Trips Around The Sun", 361'000);
    add("Africa (feat. Somebody) [Radio Edit]", {"Toto", "Somebody"}, "Africa", 210'000);
    add("Africa", {"Weezer"}, "Weezer (Teal Album)", 238'000);
    add("Out of Africa", {"The Toto Tribute Band"}, "A Tribute to Toto", 295'000);
    add("Afrika", {"Totto"}, "Toto 4", 296'000);
    add("Rosanna", {"Toto"}, "Toto IV", 331'000);
    add("Hold the Line", {"Toto"}, "Toto", 235'000);
    add("African Queen", {"2Baba"}, "Face 2 Face", 258'000);
    return out;
}

bool same(const std::vector<musicsync::Ranked>& a, const std::vector<musicsync::Ranked>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.index == y.index && x.score == y.score && x.probability == y.probability;
    });
}

// The pairs of the first with each, by `rank` on this kernel and on the scalar one, and by `score` and `probability`.
bool right(const musicsync::Profile& profile, const std::vector<Track>& tracks) {
    const auto compute = [&] { return musicsync::rank(profile, tracks[0], tracks); };
    const auto ranked = compute();
    if (ranked.empty() || ranked[0].index != 0 || !same(ranked, musicsync::bench::by_scalar(compute))) return false;
    return std::all_of(ranked.begin(), ranked.end(), [&](const musicsync::Ranked& hit) {
        return hit.score == musicsync::score(profile, tracks[0], tracks[hit.index]) &&
               hit.probability == musicsync::probability(profile, tracks[0], tracks[hit.index]);
    });
}

void one_by_one(benchmark::State& state) {
    const auto profile = musicsync::Profile::standard();
    const auto tracks = candidates();
    if (!right(profile, tracks)) return state.SkipWithError("another score than of the pair alone");
    for (auto _ : state) {
        for (const Track& track : tracks) benchmark::DoNotOptimize(musicsync::rank(profile, tracks[0], {&track, 1}));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(tracks.size()));
}

void prepared(benchmark::State& state, const std::vector<Track>& tracks) {
    const auto profile = musicsync::Profile::standard();
    if (!right(profile, tracks)) return state.SkipWithError("another score than of the pair alone");
    std::vector<Track> many;
    while (many.size() < 1000) many.insert(many.end(), tracks.begin(), tracks.end());
    for (auto _ : state) benchmark::DoNotOptimize(musicsync::rank(profile, tracks[0], many, {.limit = 1}));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(many.size()));
}

using musicsync::bench::on_every_kernel;
const int registered =
    on_every_kernel("score_one_by_one", one_by_one) +
    on_every_kernel("score_prepared_near", [](auto& state) { prepared(state, candidates()); }) +
    on_every_kernel("score_prepared_unlike", [](auto& state) { prepared(state, musicsync::bench::tracks(500)); });

}  // namespace
