#include "musicsync/error.hpp"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace musicsync {
namespace {

using Texts = std::vector<std::string>;

Result<Texts> two() { return Texts{"a text too long to be kept inside of a std::string", "another"}; }

TEST(Result, holds_a_value_or_an_error) {
    const Result<int> value = 7;
    ASSERT_TRUE(value);
    EXPECT_EQ(*value, 7);
    const Result<int> failed = Error{Errc::io, "no such file"};
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, Errc::io);
    EXPECT_EQ(failed.error().message, "no such file");
}

// In a `for`, the result would be gone before the first round.
TEST(Result, gives_away_the_value_of_a_temporary) {
    static_assert(std::is_same_v<decltype(*two()), Texts>);
    std::size_t letters = 0;
    for (const std::string& text : *two()) letters += text.size();
    EXPECT_EQ(letters, 57U);
}

TEST(Result, moves_its_value_out) {
    Result<Texts> result = two();
    const char* const letters = (*result)[0].data();
    const Texts moved = *std::move(result);
    EXPECT_EQ(moved[0].data(), letters);
}

}  // namespace
}  // namespace musicsync
