// How a long call runs: on how many threads, whom it tells how far it is, and who may stop it.
//
//   musicsync::Work work;
//   work.threads = 4;
//   work.progress = [&](std::size_t done, std::size_t total) { bar.show(done, total); return !interrupted; };
//   auto scores = musicsync::score_pairs(profile, left, right, work);    // Errc::cancelled where progress gave false
#pragma once

#include <cstddef>
#include <functional>

namespace musicsync {

struct Work {
    // 0: all that the process may use (its affinity and the container's CPU quota); 1: the calling thread alone. The
    // result never depends on it.
    int threads = 0;
    // Called some ten times a second, always on the calling thread, and once at the end; false stops the call, which
    // then gives Errc::cancelled and no partial result. Must not throw.
    std::function<bool(std::size_t done, std::size_t total)> progress{};
};

}  // namespace musicsync
