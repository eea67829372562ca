// Works of classical music: catalogues write one title in many ways, and agree on the number in the composer's list of
// works and on that of the movement. "Symphony No. 5 in C Minor, Op. 67: I. Allegro con brio" and "Beethoven: Symphony
// No. 5, Op. 67 - 1. Allegro con brio" are one movement of one work.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace musicsync {

// "Op. 9 No. 2" is {"op", "9", 2}, "BWV 1007" is {"bwv", "1007", none}.
struct OpusNumber {
    std::string list;
    std::string number;
    std::optional<int> piece;
    friend bool operator==(const OpusNumber&, const OpusNumber&) = default;
};

struct WorkForm {
    std::vector<OpusNumber> numbers;  // as they stand in the title; empty for what is no such work
    std::optional<int> movement;
};

// What the title says of work and movement: bytes beyond `longest_split` are not read.
[[nodiscard]] WorkForm work_of(std::string_view title);

enum class WorkMatch : unsigned char { unknown, other, same };
// By the numbers of one list that both titles name; `unknown` without one.
[[nodiscard]] WorkMatch match_works(const WorkForm& a, const WorkForm& b) noexcept;

}  // namespace musicsync
