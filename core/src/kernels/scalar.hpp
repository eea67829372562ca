// The kernel that runs everywhere: 64-bit integer arithmetic only.
#pragma once

#include "kernels/kernels.hpp"

namespace musicsync::kernel {

extern const Kernel scalar_kernel;

}  // namespace musicsync::kernel
