#include <atomic>
#include <cstdlib>
#include <cstring>

#include "kernels/scalar.hpp"

namespace musicsync::kernel {
namespace {

const Kernel* const table[] = {&scalar_kernel, nullptr};

const Kernel* find(const char* wanted) noexcept {
    const Kernel* best = nullptr;
    for (const Kernel* const* entry = table; *entry != nullptr; ++entry) {
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

const Kernel* const* available() noexcept { return table; }

bool select(const char* name) noexcept {
    const Kernel* chosen = find(name);
    if (chosen == nullptr) return false;
    current().store(chosen, std::memory_order_relaxed);
    return true;
}

}  // namespace musicsync::kernel
