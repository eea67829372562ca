#include "kernels/single.hpp"
#include "kernels/tables.hpp"
#include "kernels/tile.hpp"

namespace musicsync::kernel {

const Kernel avx2_kernel{"avx2", &build, &lcs_block, 64, &lcs_tile<32>, &ratios};

}  // namespace musicsync::kernel
