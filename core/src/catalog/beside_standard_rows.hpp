// What all searches by `standard` need beside the rows, made for the first one.
#pragma once

#include <cstdint>
#include <vector>

#include "catalog/credit_columns.hpp"
#include "catalog/rows.hpp"
#include "catalog/standard_rows.hpp"

namespace musicsync::catalog {

struct BesideStandardRows {
    GroupOfRows group_of;
    CreditColumns credits;
    std::vector<std::uint64_t> repeating;  // a bit for each row whose title has a word more than once

    // The rows must outlive it.
    explicit BesideStandardRows(const StandardRows& rows)
        : group_of(rows.rows.groups), credits(rows), repeating(rows.words.repeating(rows.rows)) {}
};

}  // namespace musicsync::catalog
