// Stands in for oneTBB, which the other architecture does not have here.
#include "parallel/for_blocks.hpp"

namespace musicsync::parallel {

int allowed_threads() noexcept { return 1; }

bool for_blocks(std::size_t count, std::size_t grain, const Work& work,
                const std::function<void(std::size_t, std::size_t)>& body) {
    for (std::size_t begin = 0; begin < count; begin += grain)
        body(begin, begin + grain < count ? begin + grain : count);
    return !work.progress || work.progress(count, count);
}

void for_blocks(std::size_t count, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body) {
    (void)for_blocks(count, grain, Work{}, body);
}

Work part_of(const Work& whole, std::size_t, std::size_t, std::size_t) { return whole; }

Error cancelled() { return {Errc::cancelled, "stopped before the end", {}}; }

}  // namespace musicsync::parallel
