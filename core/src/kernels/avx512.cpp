#include "kernels/few.hpp"
#include "kernels/single.hpp"
#include "kernels/tables.hpp"
#include "kernels/tile.hpp"

namespace musicsync::kernel {

const Kernel avx512_kernel{"avx512", &build, &lcs_block, &lcs_rows, 128, &lcs_tile<64>, &ratios};

}  // namespace musicsync::kernel
