#include "score/evidence.hpp"

namespace musicsync {
namespace {

// "American Pie, Pt. 1" is "American Pie" where a catalogue has no second part.
bool part_on_one_side(const NormalForm& a, const NormalForm& b) noexcept {
    return a.part.has_value() != b.part.has_value() && a.part.value_or(b.part.value_or(1)) != 1;
}

// The number that counts a title's parts, with or without a word for it.
std::optional<int> counted(const NormalForm& form) noexcept { return form.part ? form.part : form.ending_number; }

std::u32string_view without_count(const NormalForm& form) noexcept {
    const std::u32string_view title = form.title.text;
    return form.part || !form.ending_number ? title : title.substr(0, title.rfind(U' '));
}

}  // namespace

bool equal_but_for_the_numeral(const Side& left, const Side& right) {
    if (!left.outline.has(Outline::numbers) || !right.outline.has(Outline::numbers)) return false;
    const NormalForm& a = left.normal();
    const NormalForm& b = right.normal();
    return counted(a) && counted(a) == counted(b) && without_count(a) == without_count(b);
}

void compare_numbers(const Side& left, const Side& right, Evidence& evidence) {
    if (!either_has(left.outline, right.outline, Outline::part) &&
        (!left.outline.has(Outline::numbers) || !right.outline.has(Outline::numbers))) {
        evidence.number_missing = either_has(left.outline, right.outline, Outline::ending_number);
        return;
    }
    if (equal_but_for_the_numeral(left, right)) return;
    const NormalForm& a = left.normal();
    const NormalForm& b = right.normal();
    evidence.part_conflict = a.part && b.part && a.part != b.part;
    evidence.part_missing = part_on_one_side(a, b);
    evidence.first_part_missing = a.part.has_value() != b.part.has_value() && !evidence.part_missing;
    evidence.number_conflict = (!a.numbers.empty() && !b.numbers.empty() && a.numbers != b.numbers) ||
                               (a.ending_number && b.ending_number && a.ending_number != b.ending_number);
    evidence.number_missing = a.ending_number.has_value() != b.ending_number.has_value();
}

}  // namespace musicsync
