// Tracks line by line (title, credit, album, ISRC, seconds, separated by tabs): ranking and searching agree with
// comparing one by one, on every kernel.
#include <algorithm>
#include <string>

#include "fuzz.hpp"
#include "musicsync/catalog.hpp"
#include "musicsync/decide.hpp"

using namespace musicsync;
using fuzz::check;

namespace {

Result<Track> track_of(std::string_view line, std::size_t number) {
    std::vector<std::string_view> fields = fuzz::split(line, '\t');
    fields.resize(5);
    Track::Fields out;
    out.id = std::to_string(number % 3);
    out.title = fields[0];
    for (const std::string_view name : fuzz::split(fields[1], ';')) out.artists.emplace_back(name);
    out.album = fields[2];
    out.isrc = fields[3];
    if (!fields[4].empty()) out.duration = std::chrono::seconds(static_cast<unsigned char>(fields[4][0]));
    return Track::make(std::move(out));
}

std::vector<Ranked> one_by_one(const Profile& profile, const Track& query, std::span<const Track> tracks,
                               double cutoff) {
    std::vector<Ranked> out;
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        const double value = score(profile, query, tracks[i]);
        check(value >= 0.0 && value <= 1.0, "a score is between 0 and 1");
        check(value == score(profile, tracks[i], query), "a score is symmetric");
        if (value >= cutoff) out.push_back({i, value, probability(profile, query, tracks[i])});
    }
    std::stable_sort(out.begin(), out.end(), [&](const Ranked& a, const Ranked& b) {
        return a.score != b.score ? a.score > b.score : tracks[a.index].id() < tracks[b.index].id();
    });
    return out;
}

void check_equal(const std::vector<Ranked>& hits, const std::vector<Ranked>& expected, std::size_t limit) {
    check(hits.size() == std::min(limit, expected.size()), "as many hits as there are");
    for (std::size_t i = 0; i < hits.size(); ++i) {
        check(hits[i].index == expected[i].index && hits[i].score == expected[i].score &&
                  hits[i].probability == expected[i].probability,
              "hits are those of comparing one by one");
    }
}

void check_all(const Profile& profile, const Track& query, const std::vector<Track>& tracks, std::size_t limit,
               double cutoff) {
    const std::vector<Ranked> expected = one_by_one(profile, query, tracks, cutoff);
    check_equal(rank(profile, query, tracks, {limit, cutoff}), expected, limit);
    const Catalog catalog = *Catalog::build(tracks);
    check_equal(catalog.search(profile, query, limit, cutoff), expected, limit);
    const Decision decision = decide(profile, query, tracks);
    check(decision.candidates.size() == tracks.size(), "every candidate is judged");
    check(decision.verdict != Verdict::accept || decision.best.has_value(), "what is accepted is there");
}

}  // namespace

FUZZ(data, size) {
    if (size < 2) return 0;
    const std::size_t limit = data[0] % 8;
    const double cutoff = static_cast<double>(data[1] % 128) / 100.0;
    std::vector<Track> tracks;
    for (const std::string_view line : fuzz::split(fuzz::text_of(data + 2, size - 2), '\n')) {
        if (auto track = track_of(line, tracks.size())) tracks.push_back(*track);
    }
    if (tracks.empty()) return 0;
    static const Profile profiles[] = {Profile::standard(), Profile::classic()};
    fuzz::for_every_kernel([&] {
        for (const Profile& profile : profiles) check_all(profile, tracks[0], tracks, limit, cutoff);
    });
    return 0;
}
