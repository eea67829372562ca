#include "catalog/compared.hpp"

#include <algorithm>

#include "score/patch.hpp"

namespace musicsync::catalog {

Compared::Compared(const Profile& profile, const Rows& rows, const MadeTracks& tracks, const Track& query,
                   const Wanted& wanted)
    : profile_(profile),
      rows_(rows),
      tracks_(tracks),
      query_(query),
      best_(tracks, wanted),
      done_(tracks.size() / 64 + 1) {}

void Compared::compare(std::span<const std::uint32_t> rows) {
    new_tracks_.clear();
    for (const std::uint32_t row : rows) {
        const std::uint32_t track = rows_.tracks[row];
        std::uint64_t& done = done_[track / 64];
        const std::uint64_t bit = std::uint64_t{1} << (track % 64);
        if ((done & bit) != 0) continue;
        done |= bit;
        if (best_.admits(track)) new_tracks_.push_back(track);
    }
    compare_tracks(new_tracks_);
}

void Compared::compare_tracks(std::span<const std::uint32_t> tracks) {
    std::array<const Track*, Others::most> some;
    std::array<Common, Others::most> common;
    for (std::size_t begin = 0; begin < tracks.size(); begin += some.size()) {
        const std::size_t count = std::min(some.size(), tracks.size() - begin);
        for (std::size_t i = 0; i < count; ++i) tracks_.prefetch(tracks[begin + i]);
        for (std::size_t i = 0; i < count; ++i) some[i] = &tracks_.at(tracks[begin + i], room_[i]);
        query_.count_common(Others({some.data(), count}), common.data());
        for (std::size_t i = 0; i < count; ++i) {
            if (const auto score = score_from(best_.floor(), profile_, query_, *some[i], common[i]))
                best_.offer({tracks[begin + i], *score, std::nullopt});
        }
    }
}

}  // namespace musicsync::catalog
