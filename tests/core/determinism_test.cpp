// The same bits from every kernel, any number of threads, every build type and every CPU: one number stands for all of
// them. The suites under sanitizers, in a release build and under an emulated old CPU run this file too.
#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "kernel_texts.hpp"
#include "musicsync/catalog.hpp"
#include "musicsync/decide.hpp"
#include "musicsync/matrix.hpp"
#include "musicsync/similarity.hpp"
#include "parallel/for_blocks.hpp"
#include "random_tracks.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::testing_support;

// FNV-1a over the bits of numbers.
class Hash {
  public:
    void add(std::uint64_t bits) {
        for (int byte = 0; byte < 8; ++byte) {
            value_ = (value_ ^ ((bits >> (8 * byte)) & 0xFF)) * 0x100000001B3U;
        }
    }
    void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
    void add(const std::vector<Ranked>& hits) {
        for (const Ranked& hit : hits) {
            add(std::uint64_t{hit.index});
            add(hit.score);
            add(hit.probability.value_or(-1.0));
        }
    }
    [[nodiscard]] std::uint64_t value() const { return value_; }

  private:
    std::uint64_t value_ = 0xCBF29CE484222325U;
};

struct Setting {
    const kernel::Kernel* kernel;
    int threads;
};

// Calls `work(hash)` under every setting; a setting's hash goes on from call to call.
class EverySetting {
  public:
    EverySetting() {
        for (const kernel::Kernel* kernel : every_kernel()) {
            for (const int threads : a_tenth() ? std::vector{1, 4} : std::vector{1, 2, 4, 16})
                hashes_.push_back({{kernel, threads}, {}});
        }
    }
    template <class Work>
    void hash(Work&& work) {
        for (auto& [setting, hash] : hashes_) {
            kernel::select(setting.kernel->name);
            parallel::set_threads(setting.threads);
            work(hash);
        }
        kernel::select("auto");
        parallel::set_threads(0);
    }
    void expect(std::uint64_t value) const {
        for (const auto& [setting, hash] : hashes_)
            EXPECT_EQ(hash.value(), value) << setting.kernel->name << " on " << setting.threads << " threads";
    }
    [[nodiscard]] std::uint64_t first() const { return hashes_.front().second.value(); }

  private:
    std::vector<std::pair<Setting, Hash>> hashes_;
};

std::vector<std::u32string> texts(std::uint64_t seed, std::size_t count) {
    KernelTexts random(seed);
    std::vector<std::u32string> out(count);
    for (std::u32string& text : out) text = random.text(random.length(80), random.below(KernelTexts::alphabets));
    return out;
}

std::vector<Symbols> views(const std::vector<std::u32string>& texts) {
    std::vector<Symbols> out;
    out.reserve(texts.size());
    for (const std::u32string& text : texts) out.push_back({text.data(), text.size(), 4});
    return out;
}

template <class Out>
void add_matrix(Hash& hash, const std::vector<Symbols>& queries, const std::vector<Symbols>& choices, double cutoff) {
    MatrixOptions options;
    options.scale = 100.0;
    options.cutoff = cutoff;
    options.work.threads = 0;
    std::vector<Out> out(queries.size() * choices.size());
    ratio_matrix(queries, choices, options, out.data());
    for (const Out value : out) hash.add(static_cast<double>(value));
}

TEST(Determinism, of_a_matrix_of_ratios) {
    const auto queries = texts(1, 60);
    const auto choices = texts(2, 9000);
    EverySetting settings;
    settings.hash([&](Hash& hash) {
        add_matrix<float>(hash, views(queries), views(choices), 0.0);
        add_matrix<double>(hash, views(queries), views(choices), 40.0);
        add_matrix<std::uint8_t>(hash, views(queries), views(choices), 30.5);
    });
    settings.expect(10221325452996740703U);
}

struct Songs {
    std::vector<Track> left;
    std::vector<Track> right;
    Catalog catalog;

    explicit Songs(std::uint64_t seed) {
        RandomTracks random(seed);
        while (left.size() < count) {
            auto [a, b] = random.pair();
            left.push_back(std::move(a));
            right.push_back(std::move(b));
        }
        catalog = *Catalog::build(right);
    }
    static constexpr std::size_t count = 5000;
};

void add_songs(Hash& hash, const Profile& profile, const Songs& songs) {
    const std::vector<double> scores = *score_pairs(profile, songs.left, songs.right);
    for (const double score : scores) hash.add(score);
    const std::vector<Decision> decisions = *decide_pairs(profile, songs.left, songs.right);
    for (const Decision& decision : decisions) {
        hash.add(static_cast<std::uint64_t>(decision.verdict));
        hash.add(decision.probability.value_or(-1.0));
    }
    const std::span<const Track> queries = std::span(songs.left).first(12);
    for (const Track& query : queries) hash.add(songs.catalog.search(profile, query, 10, 0.2));
    const auto found = songs.catalog.search_batch(profile, queries, 7);
    for (const auto& hits : *found) hash.add(hits);
    hash.add(rank(profile, queries[0], songs.right));
}

// 10⁴ pairs of songs are held against the number, the 10⁶ of the long run against each other.
void expect_of_songs(const Profile& profile, std::uint64_t value) {
    constexpr std::uint64_t parts = 2;
    EverySetting settings;
    for (std::uint64_t part = 0; part < parts * (all_of_it() ? 100 : 1); ++part) {
        const Songs songs(20'261'126 + part);
        settings.hash([&](Hash& hash) { add_songs(hash, profile, songs); });
        if (part + 1 == parts) settings.expect(value);
    }
    settings.expect(settings.first());
}

TEST(Determinism, of_the_profile_classic) { expect_of_songs(Profile::classic(), 8332608761872744985U); }

// Changes with the vocabulary, the rules of matching and the model, on purpose. Then every setting gives the same new
// number, which is the one to write here.
TEST(Determinism, of_the_profile_standard) { expect_of_songs(Profile::standard(), 157366891433762321U); }

}  // namespace
