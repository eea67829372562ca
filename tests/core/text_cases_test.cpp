// tests/cases/*.tsv: every rule of the normal form and of the Latin spellings with its cases, a row each.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "../../core/src/normalize/unicode.hpp"
#include "musicsync/normalize.hpp"

namespace musicsync {
namespace {

struct Row {
    std::size_t line = 0;
    std::vector<std::string> columns;
};

// \uXXXX, \UXXXXXXXX and \t stand for what an editor would not show.
std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char kind = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
        const std::size_t digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
        if (digits > 0) {
            const char32_t c = static_cast<char32_t>(std::stoul(std::string(text.substr(i + 2, digits)), nullptr, 16));
            out += text::to_utf8(text::View(&c, 1));
            i += 1 + digits;
        } else if (kind == 't') {
            out += '\t';
            ++i;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::vector<Row> rows_of(const std::string& name) {
    std::ifstream file(std::string(MUSICSYNC_CASES) + "/" + name);
    std::vector<Row> rows;
    std::string text;
    for (std::size_t line = 1; std::getline(file, text); ++line) {
        if (text.empty() || text.starts_with("# ")) continue;
        Row row{line, {}};
        std::size_t begin = 0;
        for (std::size_t tab = text.find('\t'); tab != std::string::npos; tab = text.find('\t', begin)) {
            row.columns.push_back(unescaped(text.substr(begin, tab - begin)));
            begin = tab + 1;
        }
        row.columns.push_back(unescaped(text.substr(begin)));
        rows.push_back(std::move(row));
    }
    return rows;
}

void expect_rows(const std::string& name, std::size_t columns, std::size_t least,
                 const std::function<std::string(const std::string&)>& function) {
    const std::vector<Row> rows = rows_of(name);
    EXPECT_GE(rows.size(), least) << name << " lost rows";
    for (const Row& row : rows) {
        ASSERT_EQ(row.columns.size(), columns) << name << ":" << row.line;
        EXPECT_EQ(function(row.columns[0]), row.columns[1])
            << name << ":" << row.line << ": " << row.columns[0] << " (" << row.columns.back() << ")";
    }
}

TEST(Cases, NormalFormsAreAsListed) {
    expect_rows("texts.tsv", 3, 210, [](const std::string& s) { return normalize(s); });
}

TEST(Cases, NormalFormsAreFixedPoints) {
    for (const Row& row : rows_of("texts.tsv")) EXPECT_EQ(normalize(row.columns[1]), row.columns[1]) << row.line;
}

TEST(Cases, LatinSpellingsAreAsListed) {
    expect_rows("romanized.tsv", 4, 140, [](const std::string& s) { return romanize(normalize(s)); });
}

TEST(Cases, LatinSpellingsAreLatinAndInNormalForm) {
    for (const std::string& file : {std::string("texts.tsv"), std::string("romanized.tsv")}) {
        for (const Row& row : rows_of(file)) {
            const std::string latin = romanize(normalize(row.columns[0]));
            const Script script = script_of(latin);
            EXPECT_TRUE(script == Script::latin || script == Script::none) << file << ":" << row.line << ": " << latin;
            EXPECT_EQ(normalize(latin), latin) << file << ":" << row.line;
            EXPECT_EQ(romanize(latin), latin) << file << ":" << row.line;
        }
    }
}

TEST(Cases, HaveEveryScript) {
    std::set<Script> seen;
    for (const Row& row : rows_of("romanized.tsv")) seen.insert(script_of(row.columns[0]));
    for (Script script : {Script::none, Script::latin, Script::cyrillic, Script::greek, Script::hangul, Script::kana,
                          Script::han, Script::arabic, Script::hebrew, Script::thai, Script::devanagari, Script::other})
        EXPECT_TRUE(seen.contains(script)) << static_cast<int>(script);
}

}  // namespace
}  // namespace musicsync
