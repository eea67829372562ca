// tests/cases/*.tsv, row by row: failures name the row and the field.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/normalize.hpp"

namespace musicsync {
namespace {

struct Row {
    std::size_t line = 0;
    std::vector<std::string> fields;
};

std::vector<Row> read_cases(const std::string& name, std::size_t fields) {
    std::ifstream file(std::string(MUSICSYNC_CASES) + "/" + name);
    EXPECT_TRUE(file) << name;
    std::vector<Row> rows;
    bool header = true;
    std::size_t number = 0;
    for (std::string text; std::getline(file, text);) {
        ++number;
        if (text.starts_with('#')) continue;
        if (header) {
            header = false;
            continue;
        }
        Row row{number, {}};
        for (std::size_t at = 0;;) {
            const std::size_t tab = std::min(text.find('\t', at), text.size());
            row.fields.push_back(text.substr(at, tab - at));
            if (tab == text.size()) break;
            at = tab + 1;
        }
        EXPECT_EQ(row.fields.size(), fields) << name << ":" << number;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ";") + part;
    return out;
}

// "live:wembley:1986", without what is empty at the end.
std::string shown(const std::vector<VersionToken>& versions) {
    std::vector<std::string> parts;
    for (const VersionToken& token : versions) {
        std::string text = std::string(name(token.kind)) + ":" + token.detail;
        if (token.year) text += ":" + std::to_string(*token.year);
        while (text.ends_with(':')) text.pop_back();
        parts.push_back(std::move(text));
    }
    return joined(parts);
}

TEST(TitleCases, AreTakenApartAsWrittenDown) {
    constexpr std::array<std::string_view, 5> names{"base", "versions", "featured", "part", "context"};
    const std::vector<Row> rows = read_cases("titles.tsv", 7);
    EXPECT_GE(rows.size(), 350U);
    for (const Row& row : rows) {
        const TitleParts parts = parse_title(row.fields[0]);
        const std::array<std::string, 5> got{parts.base, shown(parts.versions), joined(parts.featured),
                                             parts.part ? std::to_string(*parts.part) : "", parts.context};
        for (std::size_t i = 0; i < names.size(); ++i) {
            EXPECT_EQ(got[i], row.fields[i + 1])
                << "titles.tsv:" << row.line << ": " << names[i] << " of \"" << row.fields[0] << '"';
        }
    }
}

TEST(CreditCases, AreTakenApartAsWrittenDown) {
    const std::vector<Row> rows = read_cases("credits.tsv", 3);
    EXPECT_GE(rows.size(), 60U);
    for (const Row& row : rows) {
        EXPECT_EQ(joined(parse_artists(row.fields[0])), row.fields[1])
            << "credits.tsv:" << row.line << ": names of \"" << row.fields[0] << '"';
    }
}

}  // namespace
}  // namespace musicsync
