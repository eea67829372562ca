// ratio of two texts, by length and kernel; checked against the textbook table before it is timed.
#include <random>

#include "kernels.hpp"
#include "musicsync/similarity.hpp"
#include "reference/lcs.hpp"

namespace {

constexpr std::size_t texts = 64;

std::vector<std::string> random_texts(std::size_t length, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<std::string> out(texts);
    for (std::string& text : out) {
        while (text.size() < length) text += static_cast<char>('a' + random() % 26);
    }
    return out;
}

std::u32string wide(const std::string& ascii) { return {ascii.begin(), ascii.end()}; }

void ratio_of_texts(benchmark::State& state) {
    const auto length = static_cast<std::size_t>(state.range(0));
    const auto left = random_texts(length, 1);
    const auto right = random_texts(length, 2);
    for (std::size_t i = 0; i < texts; ++i) {
        if (musicsync::ratio(left[i], right[i]) != musicsync::reference::ratio(wide(left[i]), wide(right[i])))
            return state.SkipWithError("another ratio than the textbook's");
    }
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(musicsync::ratio(left[next], right[next]));
        next = (next + 1) % texts;
    }
    state.SetItemsProcessed(state.iterations());
}

const int registered =
    musicsync::bench::on_every_kernel("ratio", ratio_of_texts, {{4}, {8}, {20}, {64}, {128}, {200}, {512}});

}  // namespace
