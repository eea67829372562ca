#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>

#include "kernels/tables.hpp"

namespace musicsync::kernel {
namespace {

constexpr std::size_t most_kernels = 4;
using Table = std::array<const Kernel*, most_kernels + 1>;

// Those that this CPU can run.
Table make_table() noexcept {
    Table out{&scalar_kernel};
#if defined(__x86_64__)
    std::size_t count = 1;
    const bool avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
                      __builtin_cpu_supports("bmi2") != 0 && __builtin_cpu_supports("popcnt") != 0;
    if (avx2) out[count++] = &avx2_kernel;
    const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                        __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
    if (avx512) out[count++] = &avx512_kernel;
    const bool vbmi = avx512 && __builtin_cpu_supports("avx512vbmi") != 0 &&
                      __builtin_cpu_supports("avx512vbmi2") != 0 && __builtin_cpu_supports("avx512bitalg") != 0 &&
                      __builtin_cpu_supports("avx512vpopcntdq") != 0;
    if (vbmi) out[count++] = &avx512vbmi_kernel;
#elif defined(__aarch64__)
    out[1] = &neon_kernel;
#endif
    return out;
}

const Table& table() noexcept {
    static const Table made = make_table();
    return made;
}

const Kernel* find(const char* wanted) noexcept {
    const Kernel* best = nullptr;
    for (const Kernel* const* entry = table().data(); *entry != nullptr; ++entry) {
        best = *entry;
        if (std::strcmp(best->name, wanted) == 0) return best;
    }
    return std::strcmp(wanted, "auto") == 0 ? best : nullptr;
}

// A name in the environment that this build does not have falls back to the best kernel: the results are the same.
const Kernel* initial() noexcept {
    const char* wanted = std::getenv("MUSICSYNC_KERNEL");
    const Kernel* chosen = wanted == nullptr ? nullptr : find(wanted);
    return chosen != nullptr ? chosen : find("auto");
}

std::atomic<const Kernel*>& current() noexcept {
    static std::atomic<const Kernel*> kernel{initial()};
    return kernel;
}

}  // namespace

const Kernel& active() noexcept { return *current().load(std::memory_order_relaxed); }

const Kernel* const* available() noexcept { return table().data(); }

bool select(const char* name) noexcept {
    const Kernel* chosen = find(name);
    if (chosen == nullptr) return false;
    current().store(chosen, std::memory_order_relaxed);
    return true;
}

}  // namespace musicsync::kernel
