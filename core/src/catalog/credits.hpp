// The credits of a catalogue's rows: their names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/readings.hpp"
#include "catalog/texts.hpp"
#include "score/normal_form.hpp"

namespace musicsync::catalog {

// A row's credit as one text: its names, each behind a line feed but the first; a tab and their Latin spelling, if
// they have one; a vertical tab and the kind of reading that the row's title is, if that is not the whole title.
[[nodiscard]] std::string credit_text(const CreditForm& credits, Reading::Kind kind);
[[nodiscard]] std::string credit_text(std::u32string_view name, Reading::Kind kind);  // of a name in the title
// The names of such a text, as they stand in it.
[[nodiscard]] inline std::string_view names_of_credit(std::string_view text) noexcept {
    return text.substr(0, text.find_first_of("\t\v"));
}

// What the credits of the rows are made of.
struct Credits {
    Texts texts;     // names, all names of a credit as one text, its Latin spelling: in their order and by word
    Lists texts_of;  // of each credit; none of one that names nobody
    Column<std::uint8_t> kinds;    // of each, the Reading::Kind of its rows
    Column<std::uint8_t> scripts;  // of each, the Script of its names

    Credits() = default;
    // Of texts that credit_text() made.
    explicit Credits(const Texts& credits);

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        Texts::columns(self.texts, visit.inside("texts"));
        Lists::columns(self.texts_of, visit.inside("texts_of"));
        visit("kinds", self.kinds);
        visit("scripts", self.scripts);
    }
};

}  // namespace musicsync::catalog
