// The credits of a catalogue's rows: their names, and how alike they can be to a query's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "catalog/texts.hpp"
#include "score/normal_form.hpp"

namespace musicsync::catalog {

// What the credits of the rows are made of.
struct Credits {
    Texts names;                        // each by itself
    std::vector<std::uint32_t> begins;  // of each credit's names in `names_of`, and the end of the last one's
    std::vector<std::uint32_t> names_of;
    Texts lines;                         // all names of a credit as one text, in their order and by word
    std::vector<std::uint32_t> line_of;  // of each credit
    std::vector<std::uint32_t> by_word_of;

    // Of texts that hold names, each behind a line feed but the first.
    explicit Credits(const Texts& credits);
    // How alike each credit is to the asked one, at most.
    [[nodiscard]] std::vector<float> likeness_at_most(const CreditForm& asked) const;
    [[nodiscard]] std::span<const std::uint32_t> names_in(std::size_t credit) const noexcept {
        return std::span(names_of).subspan(begins[credit], begins[credit + 1] - begins[credit]);
    }
};

}  // namespace musicsync::catalog
