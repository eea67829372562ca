// MUSICSYNC_KERNEL holds for every test of a run, whatever the tests before it chose.
#include <gtest/gtest.h>

#include <cstdlib>

#include "kernels/kernels.hpp"

namespace {

class ForcedKernel : public testing::EmptyTestEventListener {
    void OnTestStart(const testing::TestInfo&) override {
        const char* wanted = std::getenv("MUSICSYNC_KERNEL");
        if (wanted == nullptr) return;
        ASSERT_TRUE(musicsync::kernel::select(wanted)) << "no kernel " << wanted << " here";
    }
};

// The list of listeners deletes it.
[[maybe_unused]] const bool installed = [] {
    testing::UnitTest::GetInstance()->listeners().Append(new ForcedKernel);
    return true;
}();

}  // namespace
