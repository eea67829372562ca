#include "tables/han_tables.hpp"

#include <gtest/gtest.h>
#include <unicode/uvernum.h>

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>

#include "../../core/src/normalize/han.hpp"

namespace musicsync {
namespace {

std::string content(const std::string& name) {
    std::ifstream file(std::string(MUSICSYNC_TABLES) + "/" + name, std::ios::binary);
    std::stringstream out;
    out << file.rdbuf();
    return out.str();
}

TEST(HanTables, AreWhatTheirGeneratorWrites) {
    if (U_ICU_VERSION_MAJOR_NUM != tools::table_icu_version) GTEST_SKIP() << "the tables are of another ICU release";
    EXPECT_TRUE(content("han_simplified.hpp") == tools::simplified_header());  // without a diff of 40 kB
    EXPECT_TRUE(content("han_pinyin.hpp") == tools::pinyin_header());
}

TEST(HanTables, AreStableUnderFolding) {
    for (char32_t c = 0; c < 0x110000; ++c)
        ASSERT_EQ(text::simplified(text::simplified(c)), text::simplified(c)) << static_cast<std::uint32_t>(c);
}

TEST(HanTables, HoldTraditionalJapaneseAndSimplifiedForms) {
    EXPECT_EQ(text::simplified(U'廣'), U'广');
    EXPECT_EQ(text::simplified(U'広'), U'广');
    EXPECT_EQ(text::simplified(U'广'), U'广');
    EXPECT_EQ(text::simplified(U'a'), U'a');
}

TEST(HanTables, ReadMandarin) {
    EXPECT_EQ(text::pinyin(U'月'), "yue");
    EXPECT_EQ(text::pinyin(U'绿'), "lu");
    EXPECT_EQ(text::pinyin(U'一'), "yi");
    EXPECT_EQ(text::pinyin(U'a'), "");
    EXPECT_EQ(text::pinyin(0xA000), "");
}

}  // namespace
}  // namespace musicsync
