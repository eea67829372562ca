#include "kernels/ascii_avx512.hpp"
#include "kernels/curves_avx512.hpp"
#include "kernels/number.hpp"
#include "kernels/output.hpp"
#include "kernels/signed_avx512.hpp"
#include "kernels/single.hpp"
#include "kernels/tables.hpp"
#include "kernels/text_columns.hpp"
#include "kernels/tile.hpp"

namespace musicsync::kernel {

const Kernel avx512_kernel{
    "avx512",        &build,        &lcs_block,    &lcs_blocks,        &lcs_pair,           64,
    &number,         &lcs_tile<64>, &lcs_part<64>, &turn<64>,          &ratios<float>,      &ratios<double>,
    &ratios_byte,    &lcs_few,      &lcs_columns,  &add_curves_avx512, &ascii_forms_avx512, &find_sharing_avx512,
    &needs_of_avx512};

}  // namespace musicsync::kernel
