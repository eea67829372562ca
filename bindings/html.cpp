#include "html.hpp"

#include <cstdio>

namespace musicsync::bindings {
namespace {

constexpr std::string_view cell_style = " style=\"text-align:left;vertical-align:top;padding:0.1em 0.8em 0.1em 0\"";

std::string cell(const char* tag, std::string_view text) {
    const std::string name = tag;
    return "<" + name + std::string(cell_style) + ">" + escape_html(text) + "</" + name + ">";
}

std::string row(const char* tag, const std::vector<std::string>& texts) {
    std::string out = "<tr>";
    for (const std::string& text : texts) out += cell(tag, text);
    return out + "</tr>";
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char letter : text) {
        switch (letter) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += letter;
        }
    }
    return out;
}

std::string to_html(const HtmlTable& table) {
    std::string out = "<div><p><strong>" + escape_html(table.caption) + "</strong></p>";
    out += "<table style=\"border-collapse:collapse\"><thead>" + row("th", table.header) + "</thead><tbody>";
    for (const auto& cells : table.rows) out += row("td", cells);
    out += "</tbody></table>";
    for (const std::string& note : table.notes) out += "<p>" + escape_html(note) + "</p>";
    return out + "</div>";
}

std::string three_digits(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.3f", value);
    return buffer;
}

}  // namespace musicsync::bindings
