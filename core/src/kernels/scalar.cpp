#include "kernels/few.hpp"
#include "kernels/single.hpp"
#include "kernels/tables.hpp"
#include "kernels/tile.hpp"

namespace musicsync::kernel {

const Kernel scalar_kernel{"scalar", &build, &lcs_block, &lcs_rows, 32, &lcs_tile<16>, &ratios};

}  // namespace musicsync::kernel
