// One pair, normal forms at hand: evidence, features and model; and the score that ranks.
#include <benchmark/benchmark.h>

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

void probabilities(benchmark::State& state, const std::vector<Track>& tracks) {
    const auto profile = musicsync::Profile::standard();
    const auto warm = musicsync::rank(profile, tracks[0], tracks);
    if (warm.empty() || warm[0].index != 0) state.SkipWithError("the query itself is not first");
    for (auto _ : state) {
        for (const Track& track : tracks) benchmark::DoNotOptimize(musicsync::rank(profile, tracks[0], {&track, 1}));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(tracks.size()));
}

void prepared(benchmark::State& state, const std::vector<Track>& tracks) {
    const auto profile = musicsync::Profile::standard();
    std::vector<Track> many;
    while (many.size() < 1000) many.insert(many.end(), tracks.begin(), tracks.end());
    for (auto _ : state) {
        const auto ranked = musicsync::rank(profile, tracks[0], many, {.limit = 1});
        if (ranked[0].index % tracks.size() != 0) state.SkipWithError("the query itself is not first");
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(many.size()));
}

void score_one_by_one(benchmark::State& state) { probabilities(state, candidates()); }
void score_prepared_near(benchmark::State& state) { prepared(state, candidates()); }
void score_prepared_unlike(benchmark::State& state) { prepared(state, musicsync::bench::tracks(500)); }
BENCHMARK(score_one_by_one);
BENCHMARK(score_prepared_near);
BENCHMARK(score_prepared_unlike);

}  // namespace
