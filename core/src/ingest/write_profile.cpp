#include <array>
#include <charconv>

#include "ingest/profile_fields.hpp"
#include "musicsync/profile.hpp"

namespace musicsync {
namespace {

// The shortest text that reads back as the same number.
std::string number(double value) {
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

std::string quoted(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') out += '\\';
        if (byte >= 0x20) {
            out += c;
        } else {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out + '"';
}

std::string list(const std::vector<double>& values) {
    std::string out = "[";
    for (std::size_t i = 0; i < values.size(); ++i) out += (i > 0 ? ", " : "") + number(values[i]);
    return out + "]";
}

template <class Struct, std::size_t N>
std::string fields(const std::array<NamedField<Struct>, N>& names, const Struct& values) {
    std::string out;
    for (const NamedField<Struct>& field : names) {
        out += (out.empty() ? "{" : ", ") + quoted(field.name) + ": " + number(values.*field.member);
    }
    return out + "}";
}

std::string term(const Model::Term& term) {
    return "      {\"feature\": " + quoted(term.feature) + ", \"at\": " + list(term.at) +
           ", \"add\": " + list(term.add) + ", \"unknown\": " + number(term.unknown) + "}";
}

std::string model(const Model::Parts& parts) {
    std::string out = "{\n    \"format\": \"musicsync-model/1\",\n    \"version\": " + quoted(parts.version) +
                      ",\n    \"about\": " + quoted(parts.about) + ",\n    \"intercept\": " + number(parts.intercept) +
                      ",\n    \"terms\": [";
    for (std::size_t i = 0; i < parts.terms.size(); ++i) out += (i > 0 ? ",\n" : "\n") + term(parts.terms[i]);
    return out + "\n    ],\n    \"calibration\": {\"at\": " + list(parts.calibration.at) +
           ", \"to\": " + list(parts.calibration.to) + "}\n  }";
}

}  // namespace

std::string to_json(const Profile& profile) {
    const bool classic = profile.rules == Profile::Rules::classic;
    std::string out = "{\n  \"format\": \"musicsync-profile/1\",\n  \"name\": " + quoted(profile.name) +
                      ",\n  \"rules\": " + (classic ? "\"classic\"" : "\"standard\"") +
                      ",\n  \"accept\": " + number(profile.accept) +
                      ",\n  \"accept_above\": " + (profile.accept_above ? "true" : "false") +
                      ",\n  \"reject\": " + number(profile.reject) + ",\n  \"margin\": " + number(profile.margin) +
                      ",\n  \"weights\": " + fields(weight_fields, profile.weights);
    if (!classic) out += ",\n  \"penalties\": " + fields(penalty_fields, profile.penalties);
    if (profile.model != nullptr) out += ",\n  \"model\": " + model(profile.model->parts());
    return out + "\n}\n";
}

}  // namespace musicsync
