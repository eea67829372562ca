// A profile's JSON. A key that nobody knows is an error: a misspelt threshold must not be passed over.
#include <algorithm>
#include <initializer_list>
#include <optional>
#include <vector>

#include "ingest/json.hpp"
#include "ingest/profile_fields.hpp"
#include "ingest/standard_profile.hpp"
#include "musicsync/profile.hpp"

namespace musicsync {
namespace {

using json::wrong_type;
using simdjson::dom::element;
using simdjson::dom::object;
using Problem = std::optional<Error>;

// One object of the document and its name in messages ("model.terms[3]").
class Reader {
  public:
    Reader(object given, std::string name) : object_(given), name_(std::move(name)) {}

    [[nodiscard]] std::string field(std::string_view key) const {
        return name_.empty() ? std::string(key) : name_ + "." + std::string(key);
    }

    [[nodiscard]] Problem only(std::initializer_list<std::string_view> known) const {
        std::vector<std::string_view> seen;
        for (const auto member : object_) {
            const std::string name = field(member.key);
            if (std::ranges::find(known, member.key) == known.end())
                return Error{Errc::invalid_value, name + " is not known", name};
            if (std::ranges::find(seen, member.key) != seen.end())
                return Error{Errc::invalid_value, name + " is there twice", name};
            seen.push_back(member.key);
        }
        return std::nullopt;
    }

    // Nothing where the key is absent or null.
    [[nodiscard]] std::optional<element> find(std::string_view key) const {
        element value;
        if (object_.at_key(key).get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
        return value;
    }

    Problem text(std::string_view key, std::string& out) const {
        const auto found = find(key);
        std::string_view value;
        if (!found) return std::nullopt;
        if (found->get(value) != simdjson::SUCCESS) return wrong_type(field(key), *found, "text");
        out = value;
        return std::nullopt;
    }

    Problem boolean(std::string_view key, bool& out) const {
        const auto found = find(key);
        if (found && found->get(out) != simdjson::SUCCESS) return wrong_type(field(key), *found, "a boolean");
        return std::nullopt;
    }

    Problem number(std::string_view key, double& out) const {
        const auto found = find(key);
        if (found && (!found->is_number() || found->get(out) != simdjson::SUCCESS))
            return wrong_type(field(key), *found, "a number");
        return std::nullopt;
    }

    Problem fraction(std::string_view key, double& out) const {
        if (auto problem = number(key, out)) return problem;
        if (out >= 0.0 && out <= 1.0) return std::nullopt;
        return Error{Errc::invalid_value, field(key) + " is not between 0 and 1", field(key)};
    }

    Problem numbers(std::string_view key, std::vector<double>& out) const {
        const auto found = find(key);
        simdjson::dom::array list;
        if (!found) return std::nullopt;
        if (found->get(list) != simdjson::SUCCESS) return wrong_type(field(key), *found, "a list of numbers");
        for (const element item : list) {
            double value = 0.0;
            if (!item.is_number() || item.get(value) != simdjson::SUCCESS)
                return wrong_type(field(key) + "[]", item, "a number");
            out.push_back(value);
        }
        return std::nullopt;
    }

    // Calls read(Reader) for an object; nothing where the key is absent.
    template <class Read>
    Problem inside(std::string_view key, Read read) const {
        const auto found = find(key);
        object value;
        if (!found) return std::nullopt;
        if (found->get(value) != simdjson::SUCCESS) return wrong_type(field(key), *found, "an object");
        return read(Reader(value, field(key)));
    }

  private:
    object object_;
    std::string name_;
};

Problem check_format(const Reader& reader, std::string_view format) {
    std::string given;
    if (auto problem = reader.text("format", given)) return problem;
    const std::string field = reader.field("format");
    if (given.empty()) return Error{Errc::missing_field, field + " is missing: \"" + std::string(format) + "\"", field};
    if (given == format) return std::nullopt;
    return Error{Errc::invalid_value, field + " is \"" + given + "\", and this version reads " + std::string(format),
                 field};
}

template <class Struct, std::size_t N>
Problem read_fractions(const Reader& reader, const std::array<NamedField<Struct>, N>& fields, Struct& out) {
    for (const NamedField<Struct>& field : fields) {
        if (auto problem = reader.fraction(field.name, out.*field.member)) return problem;
    }
    return std::nullopt;
}

Problem read_weights(const Reader& reader, Weights& out) {
    if (auto problem = reader.only({"title", "artists", "album"})) return problem;
    if (auto problem = read_fractions(reader, weight_fields, out)) return problem;
    if (out.title + out.artists + out.album > 0.0) return std::nullopt;
    return Error{Errc::invalid_value, "weights are all 0", "weights"};
}

Problem read_penalties(const Reader& reader, Penalties& out) {
    if (auto problem =
            reader.only({"version", "edit", "duration", "part", "part_missing", "number", "words", "short_title",
                         "year", "compilation", "explicitness", "title_unknown", "artist_unknown"}))
        return problem;
    return read_fractions(reader, penalty_fields, out);
}

Problem read_term(const Reader& reader, Model::Term& out) {
    if (auto problem = reader.only({"feature", "at", "add", "unknown"})) return problem;
    if (auto problem = reader.text("feature", out.feature)) return problem;
    if (auto problem = reader.numbers("at", out.at)) return problem;
    if (auto problem = reader.numbers("add", out.add)) return problem;
    return reader.number("unknown", out.unknown);
}

Problem read_terms(const Reader& reader, std::vector<Model::Term>& out) {
    const auto found = reader.find("terms");
    simdjson::dom::array list;
    if (!found) return Error{Errc::missing_field, reader.field("terms") + " is missing", reader.field("terms")};
    if (found->get(list) != simdjson::SUCCESS) return wrong_type(reader.field("terms"), *found, "a list");
    for (const element item : list) {
        const std::string name = reader.field("terms") + "[" + std::to_string(out.size()) + "]";
        object value;
        if (item.get(value) != simdjson::SUCCESS) return wrong_type(name, item, "an object");
        if (auto problem = read_term(Reader(value, name), out.emplace_back())) return problem;
    }
    return std::nullopt;
}

Problem read_model(const Reader& reader, Profile& out) {
    Model::Parts parts;
    if (auto problem = check_format(reader, "musicsync-model/1")) return problem;
    if (auto problem = reader.only({"format", "version", "about", "intercept", "terms", "calibration"})) return problem;
    if (auto problem = reader.text("version", parts.version)) return problem;
    if (auto problem = reader.text("about", parts.about)) return problem;
    if (auto problem = reader.number("intercept", parts.intercept)) return problem;
    if (auto problem = read_terms(reader, parts.terms)) return problem;
    auto problem = reader.inside("calibration", [&parts](const Reader& inner) -> Problem {
        if (auto unknown = inner.only({"at", "to"})) return unknown;
        if (auto bad = inner.numbers("at", parts.calibration.at)) return bad;
        return inner.numbers("to", parts.calibration.to);
    });
    if (problem) return problem;
    Result<Model> model = Model::make(std::move(parts));
    if (!model) return model.error();
    out.model = std::make_shared<const Model>(*std::move(model));
    return std::nullopt;
}

// What rules the file has decides what it starts from; `fallback` is the shipped standard profile, where there is one.
Problem read_rules(const Reader& reader, const Profile* fallback, Profile& out) {
    std::string rules = "standard";
    if (auto problem = reader.text("rules", rules)) return problem;
    if (rules != "standard" && rules != "classic") {
        return Error{Errc::invalid_value, "rules is \"" + rules + "\", not \"standard\" or \"classic\"", "rules"};
    }
    if (rules == "classic") out = Profile::classic();
    if (rules == "standard" && fallback != nullptr) out = *fallback;
    out.name.clear();
    return std::nullopt;
}

Problem read_thresholds(const Reader& reader, Profile& out) {
    if (auto problem = reader.fraction("accept", out.accept)) return problem;
    if (auto problem = reader.boolean("accept_above", out.accept_above)) return problem;
    if (auto problem = reader.fraction("reject", out.reject)) return problem;
    if (auto problem = reader.fraction("margin", out.margin)) return problem;
    if (out.reject <= out.accept) return std::nullopt;
    return Error{Errc::invalid_value, "reject is above accept", "reject"};
}

Problem read_all(const Reader& reader, const Profile* fallback, Profile& out) {
    if (auto problem = check_format(reader, "musicsync-profile/1")) return problem;
    if (auto problem = reader.only(
            {"format", "name", "rules", "accept", "accept_above", "reject", "margin", "weights", "penalties", "model"}))
        return problem;
    if (auto problem = read_rules(reader, fallback, out)) return problem;
    if (auto problem = reader.text("name", out.name)) return problem;
    if (out.name.empty()) return Error{Errc::missing_field, "name is missing", "name"};
    if (auto problem = read_thresholds(reader, out)) return problem;
    if (auto problem = reader.inside("weights", [&](const Reader& r) { return read_weights(r, out.weights); }))
        return problem;
    if (auto problem = reader.inside("penalties", [&](const Reader& r) { return read_penalties(r, out.penalties); }))
        return problem;
    if (out.rules == Profile::Rules::classic && reader.find("model"))
        return Error{Errc::invalid_value, "rules \"classic\" have no model", "model"};
    return reader.inside("model", [&](const Reader& r) { return read_model(r, out); });
}

Result<Profile> parse(std::string_view json, std::string_view source, const Profile* fallback) {
    const auto at = [source](Error error) {
        error.message = std::string(source) + ": " + error.message;
        return error;
    };
    simdjson::dom::parser parser;
    element document;
    if (const auto problem = parser.parse(simdjson::padded_string(json)).get(document)) {
        const Errc code = problem == simdjson::UTF8_ERROR ? Errc::invalid_utf8 : Errc::invalid_json;
        return at({code, std::string("not a JSON object: ") + simdjson::error_message(problem)});
    }
    object top;
    if (document.get(top) != simdjson::SUCCESS)
        return at({Errc::invalid_json, "not a JSON object: it is " + std::string(json::type_name(document))});
    Profile out;
    if (auto problem = read_all(Reader(top, ""), fallback, out)) return at(*std::move(problem));
    return out;
}

std::string joined(std::span<const std::string_view> lines) {
    std::string text;
    for (const std::string_view line : lines) text.append(line).push_back('\n');
    return text;
}

}  // namespace

// The text is compiled in and a test parses it, so that it cannot fail here.
Profile Profile::standard() {
    static const Profile shipped = *parse(joined(standard_profile_json), "the shipped profile", nullptr);
    return shipped;
}

Result<Profile> parse_profile(std::string_view json, std::string_view source) {
    const Profile standard = Profile::standard();
    return parse(json, source, &standard);
}

Result<Profile> read_profile(const std::string& path) {
    const Result<std::string> content = json::read_file(path);
    if (!content) return content.error();
    return parse_profile(*content, path);
}

}  // namespace musicsync
