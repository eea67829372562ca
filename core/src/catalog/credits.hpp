// The credits of a catalogue's rows: their names, and how alike they can be to a query's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "catalog/text_columns.hpp"
#include "catalog/texts.hpp"
#include "score/normal_form.hpp"

namespace musicsync::catalog {

// What the credits of the rows are made of.
struct Credits {
    Texts texts;     // names, and all names of a credit as one text, in their order and by word
    Lists texts_of;  // of each credit; none of one that names nobody

    Credits() = default;
    // Of texts that hold names, each behind a line feed but the first.
    explicit Credits(const Texts& credits);
    // How alike each credit is to the asked one, at most. The columns are of `texts`.
    [[nodiscard]] std::vector<float> likeness_at_most(const CreditForm& asked, const TextColumns& columns) const;

    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        Texts::columns(self.texts, visit.inside("texts"));
        Lists::columns(self.texts_of, visit.inside("texts_of"));
    }
};

}  // namespace musicsync::catalog
