#include "catalog/standard_rows.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include "catalog/stable_order.hpp"
#include "score/normal_form.hpp"
#include "score/outline.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {

Bag StandardRows::joined_bag(std::size_t row, std::size_t group) const {
    Bag out;
    const auto add = [&out](std::string_view text) { with_symbols(text, [&out](auto symbols) { out.add(symbols); }); };
    add(rows.titles[rows.title_of[row]]);
    for_each_part(names_of_credit(rows.credits[rows.groups.credits[group]]), '\n', [&add](std::string_view name) {
        add(" ");
        add(name);
    });
    return out;
}

RowsByHash::RowsByHash(const std::vector<std::uint32_t>& hashes) {
    constexpr std::size_t in_bucket = 16;
    const std::size_t buckets = hashes.size() / in_bucket + 1;
    std::vector<std::uint32_t> all(hashes.size());
    std::iota(all.begin(), all.end(), 0U);
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> sorted = stable_by(
        all, buckets, [&](std::uint32_t row) { return bucket_of(hashes[row], buckets); }, &first);
    std::vector<std::uint8_t> bits(sorted.size());
    std::transform(sorted.begin(), sorted.end(), bits.begin(),
                   [&](std::uint32_t row) { return bits_of(hashes[row], buckets); });
    begins = Column(std::move(first));
    rows = Packed(sorted);
    next_bits = Packed(bits);
}

}  // namespace musicsync::catalog
