#include "kernels/single.hpp"
#include "kernels/tables.hpp"
#include "kernels/tile.hpp"

namespace musicsync::kernel {

const Kernel scalar_kernel{"scalar", &build, &lcs_block, 32, &lcs_tile<16>, &ratios};

}  // namespace musicsync::kernel
