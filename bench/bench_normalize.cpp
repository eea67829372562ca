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

// Appends to `out`.
bool case_fold(const icu::Normalizer2& folder, std::string_view text, std::string& out) {
    UErrorCode status = U_ZERO_ERROR;
    icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
    folder.normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr, status);
    return U_SUCCESS(status) != 0;
}

void count_titles(benchmark::State& state, std::size_t count) {
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

constexpr std::size_t many = 10'000;

std::string small(std::string title) {
    std::transform(title.begin(), title.end(), title.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return title;
}

// Both sides write the same titles back to back, into memory that they use again.
void ours_ascii_titles(benchmark::State& state) {
    const std::vector<std::string> all = titles(many, false);
    const std::vector<std::string_view> views(all.begin(), all.end());
    musicsync::NormalTexts forms;
    for (auto _ : state) {
        forms.assign(views);
        benchmark::DoNotOptimize(forms);
        benchmark::ClobberMemory();
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::string expected = small(all[i]);
        std::erase(expected, '\'');
        if (forms[i] != expected) state.SkipWithError("a title is not in its normal form");
    }
    count_titles(state, all.size());
}

void ours_one_by_one(benchmark::State& state) {
    const std::vector<std::string> all = titles(many, false);
    for (auto _ : state) {
        for (const std::string& title : all) benchmark::DoNotOptimize(musicsync::normalize(title));
    }
    count_titles(state, all.size());
}

void icu_nfkc_casefold(benchmark::State& state) {
    const std::vector<std::string> all = titles(many, false);
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* folder = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status)) return state.SkipWithError("ICU does not fold");
    std::string forms;
    bool folded = true;
    for (auto _ : state) {
        forms.clear();
        for (const std::string& title : all) folded &= case_fold(*folder, title, forms);
        benchmark::DoNotOptimize(forms);
        benchmark::ClobberMemory();
    }
    std::string expected;
    for (const std::string& title : all) expected += small(title);
    if (!folded || forms != expected) state.SkipWithError("ICU does not fold");
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
BENCHMARK(ours_one_by_one);
BENCHMARK(icu_nfkc_casefold);
BENCHMARK(parse_plain_titles);
BENCHMARK(parse_titles_with_versions);
BENCHMARK(make_plain_tracks);
BENCHMARK(make_tracks_with_versions);

}  // namespace
