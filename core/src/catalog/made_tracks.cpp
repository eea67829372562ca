#include "catalog/made_tracks.hpp"

#include <algorithm>

namespace musicsync::catalog {

MadeTracks::MadeTracks(const Records& records) : records_(records), slots_(std::min(records.size(), most_kept)) {}

// Nobody waits for a lock: making a track takes no longer, and a process that was forked meanwhile would wait for ever.
Track MadeTracks::operator[](std::size_t i) const {
    const std::size_t place = i % slots_.size();
    Slot& slot = slots_[place];
    std::mutex& lock = locks_[place % locks_.size()];
    {
        const std::unique_lock mine(lock, std::try_to_lock);
        if (mine && slot.track && slot.position == i) return *slot.track;
    }
    Track made = records_.track(i);
    if (const std::unique_lock mine(lock, std::try_to_lock); mine) {
        slot.position = i;
        slot.track = made;
    }
    return made;
}

}  // namespace musicsync::catalog
