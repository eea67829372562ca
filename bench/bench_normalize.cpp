// Titles to their normal form, against ICU's own NFKC_Casefold, which folds less; and whole tracks. Every benchmark
// checks what it makes.
#include <benchmark/benchmark.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "musicsync/normalize.hpp"
#include "songs.hpp"

namespace {

using musicsync::Track;

// Titles of words as catalogues write them: capitals, an apostrophe or a bracket now and then.
std::vector<std::string> titles(std::size_t count, bool brackets) {
    constexpr std::array<const char*, 4> versions{" (Remastered 2011)", " (Live at Wembley)", " - Radio Edit",
                                                  " (feat. Jane Doe)"};
    std::mt19937 random(9);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i) {
        std::string title = musicsync::bench::words(random, 2 + random() % 4);
        for (std::size_t at = 0; at < title.size(); ++at) {
            if (at == 0 || title[at - 1] == ' ') title[at] = static_cast<char>(title[at] - 'a' + 'A');
        }
        if (i % 10 == 9) title.insert(title.size() - 1, "'");
        if (brackets) title += versions[i % versions.size()];
        out.push_back(std::move(title));
    }
    return out;
}

std::string case_folded(const icu::Normalizer2& folder, std::string_view text) {
    std::string out;
    UErrorCode status = U_ZERO_ERROR;
    icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
    folder.normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr, status);
    return U_SUCCESS(status) ? out : std::string();
}

void count_titles(benchmark::State& state, std::size_t count) {
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

void ours_ascii_titles(benchmark::State& state) {
    const std::vector<std::string> all = titles(1000, false);
    for (const std::string& title : all) {
        std::string expected = title;
        std::erase(expected, '\'');
        std::transform(expected.begin(), expected.end(), expected.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        if (musicsync::normalize(title) != expected) state.SkipWithError("a title is not in its normal form");
    }
    for (auto _ : state) {
        for (const std::string& title : all) benchmark::DoNotOptimize(musicsync::normalize(title));
    }
    count_titles(state, all.size());
}

void icu_nfkc_casefold(benchmark::State& state) {
    const std::vector<std::string> all = titles(1000, false);
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* folder = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status) || case_folded(*folder, "Don't Stop") != "don't stop") {
        state.SkipWithError("ICU does not fold");
        return;
    }
    for (auto _ : state) {
        for (const std::string& title : all) benchmark::DoNotOptimize(case_folded(*folder, title));
    }
    count_titles(state, all.size());
}

void parsed(benchmark::State& state, bool brackets) {
    const std::vector<std::string> all = titles(1000, brackets);
    for (const std::string& title : all) {
        const musicsync::TitleParts parts = musicsync::parse_title(title);
        if (parts.base.empty() || (parts.versions.size() + parts.featured.size() > 0) != brackets)
            state.SkipWithError("a title is not taken apart");
    }
    for (auto _ : state) {
        for (const std::string& title : all) benchmark::DoNotOptimize(musicsync::parse_title(title));
    }
    count_titles(state, all.size());
}

void made(benchmark::State& state, bool brackets) {
    const std::vector<std::string> all = titles(1000, brackets);
    std::vector<Track::Fields> fields;
    for (const std::string& title : all)
        fields.push_back({"1", title, {"Fire And The River"}, "Blue Night", "", {}, {}, {}});
    for (auto _ : state) {
        for (const Track::Fields& one : fields) {
            const auto track = Track::make(one);
            if (!track || track->title() != one.title) state.SkipWithError("no track");
            benchmark::DoNotOptimize(track);
        }
    }
    count_titles(state, all.size());
}

void parse_plain_titles(benchmark::State& state) { parsed(state, false); }
void parse_titles_with_versions(benchmark::State& state) { parsed(state, true); }
void make_plain_tracks(benchmark::State& state) { made(state, false); }
void make_tracks_with_versions(benchmark::State& state) { made(state, true); }
BENCHMARK(ours_ascii_titles);
BENCHMARK(icu_nfkc_casefold);
BENCHMARK(parse_plain_titles);
BENCHMARK(parse_titles_with_versions);
BENCHMARK(make_plain_tracks);
BENCHMARK(make_tracks_with_versions);

}  // namespace
