// What is made late is made once, also when many threads ask first.
#include "catalog/late.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace musicsync::catalog {
namespace {

TEST(Late, is_made_once_for_all_threads) {
    constexpr std::size_t threads = 8;
    for (int round = 0; round < 50; ++round) {
        const Late<int> late;
        std::atomic<int> made = 0;
        std::vector<const int*> seen(threads);
        {
            std::vector<std::jthread> running;
            for (std::size_t i = 0; i < threads; ++i)
                running.emplace_back([&, i] { seen[i] = &late.get([&made] { return ++made; }); });
        }
        ASSERT_EQ(made, 1);
        for (const int* one : seen) {
            ASSERT_EQ(one, seen[0]);
            ASSERT_EQ(*one, 1);
        }
    }
}

TEST(Late, is_made_by_the_next_who_asks_where_making_failed) {
    const Late<int> late;
    EXPECT_THROW(static_cast<void>(late.get([]() -> int { throw std::runtime_error("no memory"); })),
                 std::runtime_error);
    EXPECT_EQ(late.get([] { return 7; }), 7);
}

}  // namespace
}  // namespace musicsync::catalog
