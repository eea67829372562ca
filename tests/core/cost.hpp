// Whether a function's time grows with the length of its text, or faster.
#pragma once

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

#include <algorithm>
#include <climits>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace musicsync::testing_support {

// From now on freed memory stays with the process: what the system takes to hand out pages again (it does so only above
// a size of some hundred KiB, and more slowly on a busy machine) is then no part of a function's time.
inline void keep_freed_memory() {
#ifdef M_MMAP_MAX
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
#endif
}

// Processor time, not wall time: other programs of a busy machine do not count.
inline double best_seconds(const std::function<void(const std::string&)>& function, const std::string& text,
                           int runs = 2) {
    double best = 1e9;
    for (int run = 0; run < runs; ++run) {
        const std::clock_t start = std::clock();
        function(text);
        best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
}

inline std::string repeated(std::string_view prefix, std::string_view piece, std::size_t size) {
    std::string text(prefix);
    while (text.size() < size) text += piece;
    return text;
}

// Seconds for 25,000 bytes and for four times as many; measured up to three times while they look quadratic, for a busy
// machine is no bug. Four times the text takes four times as long if every step is linear, sixteen if one is quadratic.
inline std::pair<double, double> cost_of_four_times(const std::function<void(const std::string&)>& function,
                                                    std::string_view prefix, std::string_view piece) {
    double small = 0;
    double large = 1;
    for (int round = 0; round < 3 && large >= 8 * small + 0.01; ++round) {
        small = best_seconds(function, repeated(prefix, piece, 25'000));
        large = best_seconds(function, repeated(prefix, piece, 100'000));
    }
    return {small, large};
}

}  // namespace musicsync::testing_support
