#include "musicsync/similarity.hpp"

#include <gtest/gtest.h>

#include <string>

#include "similarity/code_points.hpp"

namespace {

using musicsync::ratio;
using musicsync::token_sort;

TEST(Ratio, is_twice_the_common_subsequence_over_both_lengths) {
    EXPECT_DOUBLE_EQ(ratio("kitten", "sitting"), 8.0 / 13.0);
    EXPECT_DOUBLE_EQ(ratio("abcd", "dcba"), 2.0 / 8.0);
    EXPECT_DOUBLE_EQ(ratio("africa", "africa"), 1.0);
    EXPECT_DOUBLE_EQ(ratio("abc", "xyz"), 0.0);
}

TEST(Ratio, of_two_empty_texts_is_one_and_of_one_is_zero) {
    EXPECT_DOUBLE_EQ(ratio("", ""), 1.0);
    EXPECT_DOUBLE_EQ(ratio("", "a"), 0.0);
}

TEST(Ratio, counts_code_points_and_not_bytes) { EXPECT_DOUBLE_EQ(ratio("née", "nee"), 4.0 / 6.0); }

TEST(Ratio, takes_bytes_that_are_not_utf8_as_replacement_characters) {
    EXPECT_DOUBLE_EQ(ratio("a\xFF", "a\xEF\xBF\xBD"), 1.0);
    EXPECT_DOUBLE_EQ(ratio("\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"),
                     1.0);  // a surrogate is three bad bytes
}

TEST(TokenSort, is_free_of_word_order_and_space) {
    EXPECT_DOUBLE_EQ(token_sort("John  Lennon", " Lennon John "), 1.0);
    EXPECT_DOUBLE_EQ(token_sort("a\xC2\xA0"
                                "b",
                                "b a"),
                     1.0);  // no-break space
    EXPECT_DOUBLE_EQ(token_sort("b a", "a c"), 4.0 / 6.0);
}

TEST(InvalidUtf8, is_found_where_it_begins) {
    EXPECT_EQ(musicsync::find_invalid_utf8("Beyoncé"), std::string_view::npos);
    EXPECT_EQ(musicsync::find_invalid_utf8("ab\xC0\xAF"), 2U);        // overlong
    EXPECT_EQ(musicsync::find_invalid_utf8("ab\xE2\x82"), 2U);        // cut off
    EXPECT_EQ(musicsync::find_invalid_utf8("\xF4\x90\x80\x80"), 0U);  // beyond U+10FFFF
    EXPECT_EQ(musicsync::find_invalid_utf8("\xED\xA0\x80"), 0U);      // a surrogate
}

TEST(CodePoints, survive_the_way_to_utf8_and_back) {
    const std::u32string all = U"aé€😀\U0010FFFF";
    EXPECT_EQ(musicsync::to_code_points(musicsync::to_utf8(all)), all);
}

}  // namespace
