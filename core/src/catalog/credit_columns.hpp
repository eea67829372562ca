// The texts of a catalogue's credits as every search by `standard` compares them: in columns, those that stand as they
// are written apart from those that have their words sorted.
//
//   const CreditColumns columns(rows);
//   std::vector<float> likeness(rows.credits.texts_of.size(), CreditColumns::least);
//   columns.raise(form.credits.line, likeness);    // how alike each credit is, at most
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "catalog/signature.hpp"
#include "catalog/standard_rows.hpp"
#include "catalog/text_columns.hpp"
#include "score/normal_form.hpp"

namespace musicsync::catalog {

class CreditColumns {
  public:
    // Credits that are less alike are taken for as alike as this: so few others have to be told from each other.
    static constexpr float least = 0.45F;

    // The rows must outlive it.
    explicit CreditColumns(const StandardRows& rows);

    // Raises how alike each credit is at most, which is `least` before, by a line of the query's, in its order and by
    // word.
    void raise(const TextForm& line, std::span<float> likeness) const;
    // The same by a name, in its order.
    void raise(std::u32string_view name, std::span<float> likeness) const;
    // Calls take(credit) for each credit that has the text as a name or as all its names.
    template <class Take>
    void credits_with(std::string_view name, Take take) const {
        by_hash_.find(hash_of(name), [&](std::uint32_t i) {
            if (rows_->credits.texts[as_written_.ids[i]] != name) return;
            for (const std::uint32_t credit : as_written_.credits_of[i]) take(credit);
        });
    }
    // Of all names of a credit as one text.
    [[nodiscard]] const Signature& line(std::uint32_t credit) const noexcept { return lines_[credit]; }

  private:
    struct Part {
        std::vector<std::uint32_t> ids;  // of texts, in the order of the columns; behind them those that are in none
        Lists credits_of;                // that have each of these
        TextColumns columns;
        std::vector<std::size_t> ends;  // of the texts in columns that have 0, 1, 2, … symbols
    };
    struct TextOfCredit {
        std::uint32_t text;
        std::uint32_t credit;
    };
    [[nodiscard]] static std::uint32_t hash_of(std::string_view text) noexcept;
    [[nodiscard]] Part part_of(const std::vector<TextOfCredit>& texts) const;
    void raise(const Part& part, std::u32string_view asked, std::span<float> likeness, bool as_names) const;

    const StandardRows* rows_ = nullptr;
    Part as_written_;               // names, all names of a credit as one text, its Latin spelling
    Part by_word_;                  // the last two with their words sorted
    RowsByHash by_hash_;            // places in as_written_
    std::vector<Signature> lines_;  // of each credit
};

}  // namespace musicsync::catalog
