// The credits of a track: which names, in which order, which of them are guests.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "score/normal_form.hpp"

namespace musicsync {

inline constexpr std::size_t most_names = 64;

// The normal names of the artist field, each once, aliases in brackets among them; 64 at most: an orchestra's players
// do not tell recordings apart.
[[nodiscard]] std::vector<std::string> credited_names(const std::vector<std::string>& artists);

// Names as they are compared: those that the title features behind them, words in their short forms, unknown names left
// out. How many of the last are guests.
std::size_t prepare_names(std::vector<std::string>& names, const std::vector<std::string>& featured);

// Words of names that are written out or not: "alice deejay", "alice dj"; "the isley brothers", "isley bros". The long
// one and the short one.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 10> short_words{{{"brothers", "bros"},
                                                                                            {"deejay", "dj"},
                                                                                            {"doctor", "dr"},
                                                                                            {"junior", "jr"},
                                                                                            {"mister", "mr"},
                                                                                            {"mount", "mt"},
                                                                                            {"orchestra", "orch"},
                                                                                            {"professor", "prof"},
                                                                                            {"saint", "st"},
                                                                                            {"senior", "sr"}}};

// True for "the isley brothers", of which prepare_names() makes "the isley bros". `name` is normalised.
[[nodiscard]] bool has_short_word(std::string_view name) noexcept;

// The credits of a plain track (plain_track.hpp).
[[nodiscard]] CreditForm plain_credits(std::u32string_view line, std::span<const std::uint8_t> name_sizes,
                                       Script script, std::pmr::memory_resource* memory, FoundWords& line_words);

// `featured`: whom the title names besides. `reading`: the credits in Latin spelling, or nothing. The form's texts are
// in `memory`; the words of its line are left in `line_words`, sorted.
[[nodiscard]] CreditForm make_credits(std::vector<std::string> names, const std::vector<std::string>& featured,
                                      std::string_view reading, std::pmr::memory_resource* memory,
                                      FoundWords& line_words);

// A reading that came with the track is by somebody who knew; else what the engine can spell. Empty for Latin text.
[[nodiscard]] TextForm romanized_form(const std::string& normal, Script script, std::string_view reading,
                                      std::pmr::memory_resource* memory);

[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace musicsync
