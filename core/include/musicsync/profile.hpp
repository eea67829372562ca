// How to compare and when to be sure: weights, penalties, model and thresholds, with a name.
//
//   musicsync::Result<musicsync::Profile> mine = musicsync::read_profile("careful.json");
//   if (!mine) report(mine.error().message);
//   const auto decision = musicsync::decide(*mine, query, candidates);
//
// docs/profiles.md describes the file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "musicsync/error.hpp"
#include "musicsync/model.hpp"

namespace musicsync {

// Shares of the score, renormalised over the fields that both sides know.
struct Weights {
    double title = 0.50;
    double artists = 0.35;
    double album = 0.15;
    friend bool operator==(const Weights&, const Weights&) = default;
};

// What is taken off the score, at most, each in [0, 1]. Every one only lowers it: a bound on the similarities bounds
// the score.
struct Penalties {
    double version = 0.25;         // another version; 0.6 of it where the durations are equal
    double edit = 0.08;            // perhaps another edit
    double duration = 0.30;        // 90 s and more apart; nothing up to 3 s, 0.4 of it at 30 s
    double part = 0.20;            // two part numbers
    double part_missing = 0.04;    // one side has a part number
    double number = 0.12;          // other numbers in the titles
    double words = 0.30;           // no word of the titles in common
    double short_title = 0.10;     // short titles that differ
    double year = 0.02;            // ten years and more apart
    double compilation = 0.004;    // a compilation where no album was asked for: behind the album it is taken from
    double explicitness = 0.03;    // one is explicit, the other is known not to be
    double title_unknown = 0.35;   // a side without a title, or in another script
    double artist_unknown = 0.12;  // a side without a credit
    friend bool operator==(const Penalties&, const Penalties&) = default;
};

// The thresholds are on the probability, or on the score where there is none.
struct Profile {
    enum class Rules : std::uint8_t { standard, classic };
    std::string name;
    Rules rules = Rules::standard;
    double accept = 0.0;        // accepted from here on
    bool accept_above = false;  // ... only beyond it
    double reject = 0.0;        // rejected below
    double margin = 0.0;        // what the best must lead the best different recording by
    Weights weights{};
    Penalties penalties{};
    std::shared_ptr<const Model> model{};  // nothing for rules `classic`

    [[nodiscard]] bool has_probability() const noexcept { return model != nullptr; }
    // True where a value on the thresholds' scale is enough to accept.
    [[nodiscard]] bool accepts(double value) const noexcept { return accept_above ? value > accept : value >= accept; }

    // The shipped profile with the shipped model.
    [[nodiscard]] static Profile standard();
    [[nodiscard]] static Profile classic();
    [[nodiscard]] static Profile old_rule();
    // By name: "standard", "classic", "old-rule". Errc::unknown_profile.
    [[nodiscard]] static Result<Profile> named(std::string_view name);
};

// A profile out of its JSON text; what a file leaves out is as in `standard`. `source` stands for the file in messages.
// Errc::invalid_json, Errc::invalid_value or Errc::missing_field, each with the field's name.
[[nodiscard]] Result<Profile> parse_profile(std::string_view json, std::string_view source);

// The same of a file; Errc::io where it cannot be read.
[[nodiscard]] Result<Profile> read_profile(const std::string& path);

// The JSON text that parse_profile reads back, numbers to the last bit.
[[nodiscard]] std::string to_json(const Profile& profile);

}  // namespace musicsync
