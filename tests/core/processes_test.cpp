// Many threads and forked processes get the results of one.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "kernel_texts.hpp"
#include "musicsync/catalog.hpp"
#include "musicsync/cpu.hpp"
#include "musicsync/decide.hpp"
#include "musicsync/normalize.hpp"
#include "parallel/for_blocks.hpp"
#include "random_tracks.hpp"

namespace {

using namespace musicsync;
using musicsync::testing_support::RandomTracks;

struct World {
    Profile profile = Profile::standard();
    std::vector<Track> queries;
    std::vector<Track> tracks;
    Catalog catalog;

    World() {
        RandomTracks random(64);
        for (int i = 0; i < 3000; ++i) {
            auto [a, b] = random.pair();
            if (queries.size() < 64) queries.push_back(a);
            tracks.push_back(std::move(b));
        }
        catalog = *Catalog::build(tracks);
    }

    [[nodiscard]] std::vector<double> answer(std::size_t query) const {
        std::vector<double> out;
        for (const Ranked& hit : catalog.search(profile, queries[query], 5)) {
            out.push_back(static_cast<double>(hit.index));
            out.push_back(hit.score);
            out.push_back(*hit.probability);
        }
        const Decision decision = decide(profile, queries[query], std::span(tracks).first(20));
        out.push_back(decision.score);
        out.push_back(static_cast<double>(parse_title(queries[query].title()).base.size()));
        return out;
    }
};

// Kernels change and vocabularies come and go while the others compute: no result may notice.
TEST(Processes, sixty_four_threads_get_what_one_gets) {
    const World world;
    std::vector<std::vector<double>> expected;
    for (std::size_t q = 0; q < world.queries.size(); ++q) expected.push_back(world.answer(q));
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 64; ++t) {
        threads.emplace_back([&, t] {
            if (t % 16 == 0) {
                for (const std::string& kernel : kernels()) (void)set_kernel(kernel);
                reset_vocabulary();
            }
            for (std::size_t i = 0; i < 4; ++i) {
                const std::size_t q = (t + i * 17) % world.queries.size();
                if (world.answer(q) != expected[q]) ++wrong;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    ASSERT_TRUE(set_kernel("auto"));
    EXPECT_EQ(wrong.load(), 0);
}

// A child has what its parent's other threads were holding, and nobody who knows of it: a leak to AddressSanitizer.
#ifdef __SANITIZE_ADDRESS__
constexpr auto exit_without_threads = &std::_Exit;
#else
constexpr auto exit_without_threads = &std::exit;
#endif

// What a child ends with: 0 where `body` holds there.
template <class Body>
int in_a_child(Body&& body, void (*exit)(int) = &std::exit) {
    const pid_t child = fork();
    if (child == 0) {
        alarm(60);  // a child that waits for threads it does not have
        exit(body() ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

TEST(Processes, a_fork_after_use_gets_what_its_parent_gets) {
    parallel::set_threads(4);
    const World world;
    const std::vector<double> expected = world.answer(3);
    EXPECT_EQ(in_a_child([&] { return world.answer(3) == expected; }), 0);
    EXPECT_EQ(in_a_child([&] {  // and a child of a child
                  return in_a_child([&] { return world.answer(3) == expected; }) == 0;
              }),
              0);
    EXPECT_EQ(world.answer(3), expected);
    parallel::set_threads(0);
}

// Another thread is in the middle of a loop while this one forks.
TEST(Processes, a_fork_during_use_works) {
    parallel::set_threads(4);
    const World world;
    const std::vector<double> expected = world.answer(7);
    std::atomic<bool> stop{false};
    std::thread busy([&] {
        while (!stop) (void)world.catalog.search_batch(world.profile, world.queries, 3);
    });
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(in_a_child([&] { return world.answer(7) == expected; }, exit_without_threads), 0);
    stop = true;
    busy.join();
    parallel::set_threads(0);
}

}  // namespace
