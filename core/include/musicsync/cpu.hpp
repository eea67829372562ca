// Which kernel computes, and how many threads. Every kernel gives the same bits; forcing one is for tests and
// benchmarks.
//
//   for (const std::string& name : musicsync::kernels()) std::puts(name.c_str());    // "scalar"
//   auto done = musicsync::set_kernel("scalar");                                      // "auto" chooses again
//   musicsync::active_kernel() == "scalar";
//
// The environment variable MUSICSYNC_KERNEL names the kernel to start with; an unknown name there means "auto".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "musicsync/error.hpp"

namespace musicsync {

// Names of the kernels that this build has and this CPU can run, slowest first.
[[nodiscard]] std::vector<std::string> kernels();

// The name of the kernel in use.
[[nodiscard]] std::string active_kernel();

// Uses the named kernel from now on, in every thread; returns its name. "auto" takes the fastest.
// Errc::unknown_kernel where there is none of that name.
Result<std::string> set_kernel(std::string_view name);

// The version of the engine, e.g. "0.1.0".
[[nodiscard]] std::string_view engine_version() noexcept;

}  // namespace musicsync
