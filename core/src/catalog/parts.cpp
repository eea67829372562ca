#include "catalog/parts.hpp"

#include <algorithm>

#include "catalog/classic_search.hpp"
#include "catalog/standard_rows_builder.hpp"
#include "normalize/vocabulary.hpp"
#include "parallel/for_blocks.hpp"
#include "score/normal_form.hpp"

namespace musicsync::catalog {
namespace {

constexpr std::size_t tracks_at_once = 16384;  // between two looks at whether to stop

}  // namespace

std::uint64_t reading() noexcept { return text::vocabulary().fingerprint() * 31 + normal_form_version; }

bool PartsBuilder::add(std::span<const Track> tracks, const Work& work) {
    for (std::size_t begin = 0; begin < tracks.size(); begin += tracks_at_once) {
        const auto some = tracks.subspan(begin, std::min(tracks_at_once, tracks.size() - begin));
        records_.add(some, work.threads);
        if (work.progress && !work.progress(begin + some.size(), tracks.size())) return false;
    }
    return true;
}

Result<Parts> PartsBuilder::build(std::size_t least_for_rows) && {
    const Error too_long{Errc::too_long,
                         "the texts of one field have more than 4 GiB: make several catalogues of them"};
    if (records_.overflown()) return too_long;
    Parts parts;
    parts.read_as = reading();
    parts.records = std::move(records_).build();
    if (parts.records.size() < least_for_rows) return parts;
    parallel::together({[&parts] { parts.standard = standard_rows(parts.records); },
                        [&parts] { parts.classic = classic_rows(parts.records); }});
    if (!parts.standard) return too_long;
    return parts;
}

}  // namespace musicsync::catalog
