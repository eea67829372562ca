// Memory between two pages that nobody may read or write.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace musicsync::testing_support {

enum class Side : std::uint8_t { front, back };

class GuardedPages {
  public:
    explicit GuardedPages(std::size_t bytes) {
        const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
        size_ = (bytes + page - 1) / page * page;
        whole_ = size_ + 2 * page;
        void* const got = mmap(nullptr, whole_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (got == MAP_FAILED) return;
        start_ = static_cast<std::uint8_t*>(got) + page;
        if (mprotect(start_, size_, PROT_READ | PROT_WRITE) != 0) start_ = nullptr;
        if (start_ != nullptr) std::memset(start_, untouched, size_);
    }
    GuardedPages(const GuardedPages&) = delete;
    GuardedPages& operator=(const GuardedPages&) = delete;
    ~GuardedPages() {
        if (start_ != nullptr) munmap(start_ - (whole_ - size_) / 2, whole_);
    }

    [[nodiscard]] bool works() const { return start_ != nullptr; }

    // `count` elements, `offset` of them away from the page in front or behind.
    template <class T>
    T* place(Side side, std::size_t offset, std::size_t count) {
        const std::size_t at = side == Side::front ? offset * sizeof(T) : size_ - (offset + count) * sizeof(T);
        return reinterpret_cast<T*>(start_ + at);
    }
    template <class T>
    T* put(Side side, std::size_t offset, std::span<const T> values) {
        T* const out = place<T>(side, offset, values.size());
        std::copy(values.begin(), values.end(), out);
        return out;
    }
    // True where nothing outside these elements was written; forgets what they hold.
    template <class T>
    bool only(T* written, std::size_t count) {
        std::memset(static_cast<void*>(written), untouched, count * sizeof(T));
        return start_[0] == untouched && std::memcmp(start_, start_ + 1, size_ - 1) == 0;
    }

  private:
    static constexpr std::uint8_t untouched = 0xA5;
    std::size_t size_ = 0;
    std::size_t whole_ = 0;
    std::uint8_t* start_ = nullptr;
};

}  // namespace musicsync::testing_support
