// Two threads count without a lock, over the same loops as the engine: ThreadSanitizer has to say so, or a clean run of
// the tests proves nothing.
#include <cstdio>

#include "parallel/for_blocks.hpp"

int main() {
    std::size_t count = 0;
    musicsync::parallel::set_threads(4);
    musicsync::parallel::for_blocks(100'000, 10,
                                    [&count](std::size_t begin, std::size_t end) { count += end - begin; });
    std::printf("%zu\n", count);
}
