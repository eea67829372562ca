#include "parallel/for_blocks.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

namespace musicsync::parallel {
namespace {

using Body = std::function<void(std::size_t, std::size_t)>;

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
    oneapi::tbb::task_arena arena{allowed};
};

Workers& workers() {
    static Workers instance;
    return instance;
}

// How far a loop is. Every thread counts; the one that called tells, so that callbacks need no lock of their own.
class Progress {
  public:
    Progress(const Work& work, std::size_t total) : work_(work), total_(total) {}

    void add(std::size_t count) {
        const std::size_t done = done_.fetch_add(count, std::memory_order_relaxed) + count;
        if (!work_.progress || std::this_thread::get_id() != caller_) return;
        const auto now = Clock::now();
        if (now - told_ < std::chrono::milliseconds(100)) return;
        told_ = now;
        if (!work_.progress(done, total_)) stopped_.store(true, std::memory_order_relaxed);
    }

    // False where the loop was stopped; otherwise tells that it is done.
    [[nodiscard]] bool finish() {
        if (stopped() || !work_.progress) return !stopped();
        return work_.progress(total_, total_);
    }

    [[nodiscard]] bool stopped() const noexcept { return stopped_.load(std::memory_order_relaxed); }

  private:
    using Clock = std::chrono::steady_clock;
    const Work& work_;
    std::size_t total_;
    std::thread::id caller_ = std::this_thread::get_id();
    Clock::time_point told_ = Clock::now();
    std::atomic<std::size_t> done_{0};
    std::atomic<bool> stopped_{false};
};

void run_range(std::size_t begin, std::size_t end, std::size_t grain, Progress& progress, const Body& body) {
    for (std::size_t from = begin; from < end && !progress.stopped(); from += grain) {
        const std::size_t to = std::min(end, from + grain);
        body(from, to);
        progress.add(to - from);
    }
}

void run_on_threads(oneapi::tbb::task_arena& arena, std::size_t count, std::size_t grain, Progress& progress,
                    const Body& body) {
    using Range = oneapi::tbb::blocked_range<std::size_t>;
    arena.execute([&] {
        oneapi::tbb::parallel_for(Range(0, count, grain), [&](const Range& range) {
            run_range(range.begin(), range.end(), grain, progress, body);
        });
    });
}

// More threads than cores only where somebody asks for them.
void run_on_given_threads(int threads, std::size_t count, std::size_t grain, Progress& progress, const Body& body) {
    using oneapi::tbb::global_control;
    std::optional<global_control> more;
    if (threads > oneapi::tbb::info::default_concurrency())
        more.emplace(global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    oneapi::tbb::task_arena arena(threads);
    run_on_threads(arena, count, grain, progress, body);
}

}  // namespace

int allowed_threads() noexcept { return workers().threads; }

void set_threads(int threads) {
    Workers& team = workers();
    team.threads = threads == 0 ? team.allowed : threads;
}

bool for_blocks(std::size_t count, std::size_t grain, const Work& work, const Body& body) {
    Progress progress(work, count);
    if (work.threads == 1 || count <= grain) {
        run_range(0, count, grain, progress, body);
        return progress.finish();
    }
    Workers& team = workers();
    const int threads = work.threads > 0 ? work.threads : team.threads;
    const bool forked = team.process != getpid();
    if (threads == 1 || forked)
        run_range(0, count, grain, progress, body);
    else if (threads == team.allowed)
        run_on_threads(team.arena, count, grain, progress, body);
    else
        run_on_given_threads(threads, count, grain, progress, body);
    return progress.finish();
}

void for_blocks(std::size_t count, std::size_t grain, const Body& body) {
    (void)for_blocks(count, grain, Work{}, body);  // nobody can stop it
}

void together(const std::vector<std::function<void()>>& tasks, int threads) {
    (void)for_blocks(tasks.size(), 1, {threads, {}}, [&tasks](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) tasks[i]();
    });
}

bool for_patches(std::size_t rows, std::size_t columns, std::size_t most_rows, std::size_t most_columns,
                 const Work& work, const std::function<void(const Patch&)>& body) {
    const std::size_t across = (columns + most_columns - 1) / most_columns;
    const std::size_t down = (rows + most_rows - 1) / most_rows;
    Work in_cells{work.threads, {}};
    if (work.progress) {
        in_cells.progress = [&](std::size_t done, std::size_t patches) {
            const std::size_t cells = rows * columns;
            return work.progress(done == patches ? cells : cells / patches * done, cells);
        };
    }
    return for_blocks(across * down, 1, in_cells, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const std::size_t row = i / across * most_rows;
            const std::size_t column = i % across * most_columns;
            body({row, std::min(rows, row + most_rows), column, std::min(columns, column + most_columns)});
        }
    });
}

Work part_of(const Work& whole, std::size_t before, std::size_t weight, std::size_t total) {
    Work part{whole.threads, {}};
    if (!whole.progress) return part;
    part.progress = [&whole, before, weight, total](std::size_t done, std::size_t) {
        return whole.progress(before + done * weight, total);
    };
    return part;
}

Error cancelled() { return {Errc::cancelled, "stopped before the end", {}}; }

}  // namespace musicsync::parallel
