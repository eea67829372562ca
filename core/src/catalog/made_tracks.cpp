#include "catalog/made_tracks.hpp"

#include <new>

#include "catalog/parts.hpp"

namespace musicsync::catalog {

MadeTracks::MadeTracks(const Records& records, std::uint64_t read_as)
    : records_(records),
      read_as_(read_as),
      places_(static_cast<const Track**>(std::calloc(records.size() + 1, sizeof(const Track*)))) {
    if (!places_) throw std::bad_alloc();
}

MadeTracks::~MadeTracks() {
    if (kept_.load(std::memory_order_relaxed) == 0) return;
    for (std::size_t i = 0; i < size(); ++i) delete places_[i];
}

const Track& MadeTracks::at(std::size_t i, Room& room) const {
    const std::atomic_ref<const Track*> place(places_[i]);
    if (const Track* kept = place.load(std::memory_order_acquire)) return *kept;
    if (kept_.load(std::memory_order_relaxed) >= most_kept || reading() != read_as_)
        return room.emplace(records_.track(i));
    auto mine = std::make_unique<const Track>(records_.track(i));
    const Track* first = nullptr;  // another thread may have been faster
    if (!place.compare_exchange_strong(first, mine.get(), std::memory_order_acq_rel)) return *first;
    kept_.fetch_add(1, std::memory_order_relaxed);
    return *mine.release();
}

}  // namespace musicsync::catalog
