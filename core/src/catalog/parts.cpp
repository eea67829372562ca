#include "catalog/parts.hpp"

#include <algorithm>
#include <vector>

#include "catalog/classic_search.hpp"
#include "normalize/vocabulary.hpp"
#include "parallel/for_blocks.hpp"
#include "score/normal_form.hpp"

namespace musicsync::catalog {
namespace {

constexpr std::size_t tracks_at_once = 16384;  // whose texts are held
constexpr std::size_t tracks_per_task = 256;

}  // namespace

std::uint64_t reading() noexcept { return text::vocabulary().fingerprint() * 31 + normal_form_version; }

bool PartsBuilder::add(std::span<const Track> tracks, const Work& work) {
    std::vector<StandardTexts> texts;
    for (std::size_t begin = 0; begin < tracks.size(); begin += tracks_at_once) {
        const auto some = tracks.subspan(begin, std::min(tracks_at_once, tracks.size() - begin));
        texts.assign(some.size(), {});
        const auto read = [&](std::size_t first, std::size_t end) {
            for (std::size_t i = first; i < end; ++i) texts[i] = StandardTexts(some[i]);
        };
        const Work part = parallel::part_of(work, begin, 1, tracks.size());
        if (!parallel::for_blocks(some.size(), tracks_per_task, part, read)) return false;
        for (std::size_t i = 0; i < some.size(); ++i) {
            rows_.add(static_cast<std::uint32_t>(size()), texts[i]);
            records_.add(some[i].fields());
        }
    }
    return true;
}

Result<Parts> PartsBuilder::build(std::size_t least_for_rows) && {
    if (records_.overflown() || rows_.overflown())
        return Error{Errc::too_long, "the texts of one field have more than 4 GiB: make several catalogues of them"};
    Parts parts;
    parts.read_as = read_as_;
    parts.records = std::move(records_).build();
    if (parts.records.size() < least_for_rows) return parts;
    parallel::for_blocks(2, 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t which = begin; which < end; ++which) {
            if (which == 0)
                parts.standard = std::move(rows_).build();
            else
                parts.classic = classic_rows(parts.records);
        }
    });
    return parts;
}

}  // namespace musicsync::catalog
