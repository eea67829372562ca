#include "kernels/few.hpp"
#include "kernels/single.hpp"
#include "kernels/tables.hpp"
#include "kernels/tile.hpp"

namespace musicsync::kernel {

const Kernel avx2_kernel{"avx2", &build, &lcs_block, &lcs_rows, 64, &lcs_tile<32>, &ratios};

}  // namespace musicsync::kernel
