#include "catalog/standard_rows.hpp"

#include <string_view>
#include <utility>

#include "catalog/stable_order.hpp"
#include "score/normal_form.hpp"
#include "score/outline.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {

Bag StandardRows::joined_bag(std::size_t row, std::size_t group) const noexcept {
    Bag out;
    out.add(rows.titles[rows.title_of[row]]);
    for_each_part(rows.credits[rows.groups.credits[group]], '\n', [&out](std::string_view name) {
        out.add(std::string_view(" "));
        out.add(name);
    });
    return out;
}

RowsByHash::RowsByHash(const std::vector<Entry>& rows) {
    constexpr std::size_t numbers = std::size_t{1} << 16;
    const auto low = stable_by(rows, numbers, [](const Entry& entry) { return entry.hash % numbers; });
    entries = Column(stable_by(low, numbers, [](const Entry& entry) { return entry.hash / numbers; }));
}

bool is_plain_row(const Track& track) {
    constexpr std::uint32_t other_ways =
        Outline::names_in_scripts | Outline::romanized_title | Outline::sections | Outline::pieces | Outline::wildcards;
    const Outline& outline = track.outline();
    const std::size_t symbols = std::size_t{outline.sizes[Outline::title]} + outline.sizes[Outline::line] +
                                outline.sizes[Outline::album] + 2;  // as one text
    return !outline.has(other_ways) && outline.sizes[Outline::title] != 0 && outline.is_short(Outline::title) &&
           outline.is_short(Outline::line) && outline.is_short(Outline::album) && symbols <= longest_signed &&
           (outline.has(Outline::as_it_stands) || track.normal().everything.size() <= longest_signed);
}

}  // namespace musicsync::catalog
