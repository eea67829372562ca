#include "kernels/ascii.hpp"
#include "kernels/curves.hpp"
#include "kernels/few_avx2.hpp"
#include "kernels/number.hpp"
#include "kernels/output.hpp"
#include "kernels/signed_avx2.hpp"
#include "kernels/single.hpp"
#include "kernels/tables.hpp"
#include "kernels/tile.hpp"

namespace musicsync::kernel {

const Kernel avx2_kernel{
    "avx2",        &build,        &lcs_block,        &lcs_blocks, &lcs_pair,      32,
    &number,       &lcs_tile<32>, &lcs_part<32>,     &turn<32>,   &ratios<float>, &ratios<double>,
    &ratios_byte,  &lcs_few_avx2, &lcs_columns_avx2, &add_curves, &ascii_forms,   &find_sharing_avx2,
    &needs_of_avx2};

}  // namespace musicsync::kernel
