#include "musicsync/cpu.hpp"

#include "kernels/kernels.hpp"

namespace musicsync {

std::vector<std::string> kernels() {
    std::vector<std::string> names;
    for (auto entry = kernel::available(); *entry != nullptr; ++entry) names.emplace_back((*entry)->name);
    return names;
}

std::string active_kernel() { return kernel::active().name; }

Result<std::string> set_kernel(std::string_view name) {
    if (kernel::select(std::string(name).c_str())) return active_kernel();
    std::string known = "auto";
    for (const std::string& kernel : kernels()) known += ", " + kernel;
    return Error{Errc::unknown_kernel, "no kernel named '" + std::string(name) + "' (there are: " + known + ")",
                 "kernel"};
}

std::string_view engine_version() noexcept { return MUSICSYNC_VERSION; }

}  // namespace musicsync
