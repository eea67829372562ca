// Numbers of one kind side by side: a column's own, or those of a part of a catalogue's file.
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace musicsync::catalog {

template <class T>
class Column {
    static_assert(std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>,
                  "it is written to files as it lies in memory");

  public:
    Column() = default;
    explicit Column(std::vector<T> own) noexcept : own_(std::move(own)), all_(own_) {}
    // Of memory that must outlive the column.
    explicit Column(std::span<const T> elsewhere) noexcept : all_(elsewhere) {}
    Column(Column&& other) noexcept : own_(std::move(other.own_)), all_(std::exchange(other.all_, {})) {}
    Column& operator=(Column&& other) noexcept {
        own_ = std::move(other.own_);
        all_ = std::exchange(other.all_, {});
        return *this;
    }
    Column(const Column&) = delete;
    Column& operator=(const Column&) = delete;
    ~Column() = default;

    [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
    [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
    [[nodiscard]] const T* data() const noexcept { return all_.data(); }
    [[nodiscard]] const T& operator[](std::size_t i) const noexcept { return all_[i]; }
    [[nodiscard]] const T& back() const noexcept { return all_.back(); }
    [[nodiscard]] auto begin() const noexcept { return all_.begin(); }
    [[nodiscard]] auto end() const noexcept { return all_.end(); }
    [[nodiscard]] std::span<const T> span() const noexcept { return all_; }
    [[nodiscard]] std::span<const T> part(std::size_t begin, std::size_t end) const noexcept {
        return all_.subspan(begin, end - begin);
    }

  private:
    std::vector<T> own_;
    std::span<const T> all_;
};

}  // namespace musicsync::catalog
