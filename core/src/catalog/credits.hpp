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
    Texts names;                    // each by itself
    Lists names_of;                 // of each credit
    Texts lines;                    // all names of a credit as one text, in their order and by word
    Column<std::uint32_t> line_of;  // of each credit
    Column<std::uint32_t> by_word_of;

    Credits() = default;
    // Of texts that hold names, each behind a line feed but the first.
    explicit Credits(const Texts& credits);
    // How alike each credit is to the asked one, at most.
    [[nodiscard]] std::vector<float> likeness_at_most(const CreditForm& asked) const;

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        Texts::columns(self.names, visit.inside("names"));
        Lists::columns(self.names_of, visit.inside("names_of"));
        Texts::columns(self.lines, visit.inside("lines"));
        visit("line_of", self.line_of);
        visit("by_word_of", self.by_word_of);
    }
};

}  // namespace musicsync::catalog
