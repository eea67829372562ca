#include "kernels/ascii.hpp"
#include "kernels/curves.hpp"
#include "kernels/number.hpp"
#include "kernels/output.hpp"
#include "kernels/signed_texts.hpp"
#include "kernels/single.hpp"
#include "kernels/tables.hpp"
#include "kernels/text_columns.hpp"
#include "kernels/tile.hpp"

namespace musicsync::kernel {

const Kernel neon_kernel{"neon",       &build,        &lcs_block,    &lcs_blocks, &lcs_pair,      32,
                         &number,      &lcs_tile<32>, &lcs_part<32>, &turn<32>,   &ratios<float>, &ratios<double>,
                         &ratios_byte, &lcs_few,      &lcs_columns,  &add_curves, &ascii_forms,   &find_sharing,
                         &needs_of};

}  // namespace musicsync::kernel
