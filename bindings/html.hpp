// Small self-contained tables for notebooks: no script, no foreign style, colours taken from the page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace musicsync::bindings {

// Text with &, <, >, " and ' as entities.
[[nodiscard]] std::string escape_html(std::string_view text);

struct HtmlTable {
    std::string caption;  // above the table
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> notes;  // a line each, below it
};

// All texts of `table` are escaped.
[[nodiscard]] std::string to_html(const HtmlTable& table);

// "0.973".
[[nodiscard]] std::string three_digits(double value);

}  // namespace musicsync::bindings
