#include "parallel/for_blocks.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace musicsync::parallel {
namespace {

// cgroup v2: "max 100000" or "150000 100000" (quota and period in microseconds).
int quota_threads() {
    std::ifstream file("/sys/fs/cgroup/cpu.max");
    std::string quota;
    double period = 0.0;
    if (!(file >> quota >> period) || quota == "max" || period <= 0.0) return 1 << 16;
    return std::max(1, static_cast<int>(std::ceil(std::strtod(quota.c_str(), nullptr) / period)));
}

struct Workers {
    const int allowed = std::max(1, std::min(oneapi::tbb::info::default_concurrency(), quota_threads()));
    int threads = allowed;
    pid_t process = getpid();
    std::optional<oneapi::tbb::task_arena> arena{std::in_place, threads};
    std::unique_ptr<oneapi::tbb::global_control> more_than_cores;  // TBB starts no more threads than cores by itself
};

Workers& workers() {
    static Workers instance;
    return instance;
}

}  // namespace

int allowed_threads() noexcept { return workers().threads; }

void set_threads(int threads) {
    using oneapi::tbb::global_control;
    Workers& team = workers();
    team.threads = threads == 0 ? team.allowed : threads;
    team.more_than_cores.reset();
    if (threads != 0)
        team.more_than_cores = std::make_unique<global_control>(global_control::max_allowed_parallelism,
                                                                static_cast<std::size_t>(threads));
    team.arena.emplace(team.threads);
}

void for_blocks(std::size_t count, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body) {
    if (count == 0) return;
    Workers& team = workers();
    const bool forked = team.process != getpid();
    if (team.threads == 1 || count <= grain || forked) {
        body(0, count);
        return;
    }
    team.arena->execute([&] {
        using Range = oneapi::tbb::blocked_range<std::size_t>;
        oneapi::tbb::parallel_for(Range(0, count, grain),
                                  [&body](const Range& range) { body(range.begin(), range.end()); });
    });
}

}  // namespace musicsync::parallel
