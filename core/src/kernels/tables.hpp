// The kernels of this build, each in a source file of its own that is compiled for its instruction set.
#pragma once

#include "kernels/kernels.hpp"

namespace musicsync::kernel {

extern const Kernel scalar_kernel;  // what every CPU of the architecture has
#if defined(__x86_64__)
extern const Kernel avx2_kernel;        // AVX2, BMI, POPCNT: Haswell and later
extern const Kernel avx512_kernel;      // AVX-512 F, BW, DQ, VL: Skylake servers, Zen 4 and later
extern const Kernel avx512vbmi_kernel;  // and VBMI, BITALG, VPOPCNTDQ: Ice Lake servers, Zen 4 and later
#elif defined(__aarch64__)
extern const Kernel neon_kernel;  // what every such CPU has: rows of two registers
#endif

}  // namespace musicsync::kernel
