#include "ingest/line.hpp"

#include <cmath>
#include <optional>

namespace musicsync::json {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr double largest_number = 1e12;  // far beyond any duration or year, safely inside 64 bits

// The first of the keys that holds a value; null counts as absent.
std::optional<std::pair<std::string_view, element>> find(object row, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        element value;
        if (row.at_key(key).get(value) == simdjson::SUCCESS && !value.is_null()) return std::pair{key, value};
    }
    return std::nullopt;
}

std::optional<Error> read_text(object row, std::initializer_list<std::string_view> keys, std::string& out) {
    const auto found = find(row, keys);
    if (!found) return std::nullopt;
    std::string_view text;
    if (found->second.get(text) != simdjson::SUCCESS) return wrong_type(found->first, found->second, "text");
    out = text;
    return std::nullopt;
}

// Catalogues number their tracks or name them.
std::optional<Error> read_id(object row, std::string& out) {
    std::int64_t number = 0;
    const auto found = find(row, {"id"});
    if (found && found->second.get(number) == simdjson::SUCCESS) {
        out = std::to_string(number);
        return std::nullopt;
    }
    return read_text(row, {"id"}, out);
}

std::optional<Error> read_artists(object row, std::vector<std::string>& out) {
    const auto found = find(row, {"artists", "artist"});
    if (!found) return std::nullopt;
    std::string_view text;
    if (found->second.get(text) == simdjson::SUCCESS) {
        out.emplace_back(text);
        return std::nullopt;
    }
    simdjson::dom::array list;
    if (found->second.get(list) != simdjson::SUCCESS)
        return wrong_type(found->first, found->second, "text or a list of texts");
    for (const element item : list) {
        if (item.is_null()) continue;
        if (item.get(text) != simdjson::SUCCESS) return wrong_type(std::string(found->first) + "[]", item, "text");
        out.emplace_back(text);
    }
    return std::nullopt;
}

struct Number {
    std::string_view field;
    double value = 0.0;
};

// `out` is left empty for an absent number.
std::optional<Error> read_number(object row, std::initializer_list<std::string_view> keys, std::optional<Number>& out) {
    const auto found = find(row, keys);
    if (!found) return std::nullopt;
    double value = 0.0;
    if (!found->second.is_number() || found->second.get(value) != simdjson::SUCCESS) {
        return wrong_type(found->first, found->second, "a number");
    }
    if (!(std::fabs(value) < largest_number)) {
        return Error{Errc::invalid_value, std::string(found->first) + " is out of range", std::string(found->first)};
    }
    out = Number{found->first, value};
    return std::nullopt;
}

std::optional<Error> read_numbers(object row, Track::Fields& fields) {
    std::optional<Number> duration;
    std::optional<Number> year;
    if (auto error = read_number(row, {"duration_ms", "duration_s"}, duration)) return error;
    if (auto error = read_number(row, {"release_year", "year"}, year)) return error;
    if (duration) {
        const double factor = duration->field == "duration_s" ? 1000.0 : 1.0;
        fields.duration = std::chrono::milliseconds(std::llround(duration->value * factor));
    }
    if (year && (year->value != std::floor(year->value) || std::fabs(year->value) > 1e6)) {
        return Error{Errc::invalid_value, std::string(year->field) + " is not a year", std::string(year->field)};
    }
    if (year) fields.release_year = static_cast<int>(year->value);
    return std::nullopt;
}

std::optional<Error> read_explicit(object row, Track::Fields& fields) {
    const auto found = find(row, {"explicit"});
    if (!found) return std::nullopt;
    bool value = false;
    if (found->second.get(value) != simdjson::SUCCESS) return wrong_type("explicit", found->second, "a boolean");
    fields.explicit_ = value;
    return std::nullopt;
}

std::optional<Error> read_fields(object row, Track::Fields& fields) {
    if (auto error = read_id(row, fields.id)) return error;
    if (auto error = read_text(row, {"title", "track_name"}, fields.title)) return error;
    if (auto error = read_artists(row, fields.artists)) return error;
    if (auto error = read_text(row, {"album"}, fields.album)) return error;
    if (auto error = read_text(row, {"isrc"}, fields.isrc)) return error;
    if (auto error = read_text(row, {"title_reading"}, fields.title_reading)) return error;
    if (auto error = read_text(row, {"artist_reading"}, fields.artist_reading)) return error;
    if (auto error = read_numbers(row, fields)) return error;
    return read_explicit(row, fields);
}

}  // namespace

Result<Track::Fields> read_line(simdjson::dom::parser& parser, std::string_view line) {
    element document;
    if (const auto problem = parser.parse(line.data(), line.size(), false).get(document)) {
        const Errc code = problem == simdjson::UTF8_ERROR ? Errc::invalid_utf8 : Errc::invalid_json;
        return Error{code, std::string("not a JSON object: ") + simdjson::error_message(problem)};
    }
    object row;
    if (document.get(row) != simdjson::SUCCESS) {
        return Error{Errc::invalid_json, "not a JSON object: the line is " + std::string(type_name(document))};
    }
    Track::Fields fields;
    if (auto error = read_fields(row, fields)) return *std::move(error);
    if (auto error = Track::clean(fields)) return *std::move(error);
    return fields;
}

}  // namespace musicsync::json
