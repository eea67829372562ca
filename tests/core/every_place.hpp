// Where the guard pages' tests put what a kernel is given and what it writes.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>

#include "guarded_pages.hpp"
#include "kernel_texts.hpp"

namespace musicsync::testing_support {

using kernel::Kernel;

inline constexpr std::size_t longest = 256;
inline constexpr std::size_t offsets = 64;

class EveryPlace : public testing::TestWithParam<const Kernel*> {
  protected:
    void SetUp() override {
        for (const auto* pages : {&input, &other, &third, &output}) ASSERT_TRUE(pages->works());
    }

    // Every `step`th length, each at every offset from both guards.
    template <class Body>
    void everywhere(std::size_t most, Body&& body, std::size_t step = 1) {
        for (std::size_t length = 0; length <= most; length += step) {
            for (const Side side : {Side::front, Side::back}) {
                for (std::size_t offset = 0; offset < offsets; ++offset) {
                    body(length, side, offset);
                    if (HasFatalFailure()) {
                        ADD_FAILURE() << length << " elements, " << offset << " from the guard";
                        return;
                    }
                }
            }
        }
    }

    const Kernel& kernel = *GetParam();
    KernelTexts texts{20'261'126};
    GuardedPages input{8 * (longest + offsets)};
    GuardedPages other{8 * (longest + offsets)};
    GuardedPages third{8 * (longest + offsets)};
    GuardedPages output{8 * (longest + offsets)};
};

}  // namespace musicsync::testing_support
