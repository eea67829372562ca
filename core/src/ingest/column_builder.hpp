// Columns that own their memory, built row by row.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "ingest/row.hpp"
#include "musicsync/columns.hpp"

namespace musicsync::json {

// The bitmap of the known rows, empty where all are.
template <class Known>
[[nodiscard]] std::vector<std::uint8_t> bitmap_unless_all(std::size_t rows, std::size_t known, const Known& is_known) {
    std::size_t nulls = 0;
    return known == rows ? std::vector<std::uint8_t>() : validity_bitmap(rows, is_known, nulls);
}

// Texts back to back with the offsets between them. A text of no length is unknown.
class TextBuilder {
  public:
    // Rows come in ascending order; those between are unknown. `padded`: row_padding bytes behind the text may be read.
    void put(std::size_t row, std::string_view text, bool padded) {
        if (text.empty()) return;
        fill(row);
        if (capacity_ - size_ < text.size() + row_padding) grow(text.size());
        if (padded && text.size() <= row_padding) {
            std::memcpy(bytes_.get() + size_, text.data(), row_padding);
        } else {
            std::memcpy(bytes_.get() + size_, text.data(), text.size());
        }
        size_ += text.size();
        ++known_;
        offsets_.push_back(static_cast<std::int32_t>(size_));
    }
    // The column of `rows` rows over this builder's memory; absent where every row is unknown.
    [[nodiscard]] TextColumn finish(std::size_t rows);
    // Room for as much as another block had.
    void reserve_like(const TextBuilder& other);
    // Nothing was put; the memory is kept.
    void clear() noexcept;
    [[nodiscard]] std::size_t bytes_held() const noexcept {
        return capacity_ + sizeof(std::int32_t) * offsets_.capacity();
    }

  private:
    void fill(std::size_t row) {
        while (offsets_.size() <= row) offsets_.push_back(static_cast<std::int32_t>(size_));
    }
    void grow(std::size_t more);

    struct Free {
        void operator()(char* bytes) const noexcept { std::free(bytes); }
    };
    std::unique_ptr<char, Free> bytes_;  // by realloc, which moves pages and not bytes
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
    std::size_t known_ = 0;  // rows
    std::vector<std::int32_t> offsets_{0};
    std::vector<std::uint8_t> valid_;
};

// Numbers of which 0 is unknown.
template <class T>
class NumberBuilder {
  public:
    void put(std::size_t row, T value) {
        if (value == T{}) return;
        if (values_.size() != row) values_.resize(row);
        values_.push_back(value);
        ++known_;
    }
    [[nodiscard]] NumberColumn finish(std::size_t rows, NumberColumn::Type type) {
        if (values_.empty()) return {};
        values_.resize(rows);
        valid_ = bitmap_unless_all(rows, known_, [this](std::size_t row) { return values_[row] != T{}; });
        return {type, values_.data(), 0, {valid_.empty() ? nullptr : valid_.data(), 0}};
    }
    [[nodiscard]] std::vector<T>& values() noexcept { return values_; }
    void reserve_like(const NumberBuilder& other) { values_.reserve(other.values_.capacity()); }
    void clear() noexcept {
        values_.clear();
        known_ = 0;
    }
    [[nodiscard]] std::size_t bytes_held() const noexcept { return sizeof(T) * values_.capacity(); }

  private:
    std::vector<T> values_;
    std::size_t known_ = 0;
    std::vector<std::uint8_t> valid_;
};

class ColumnBuilder {
  public:
    // An empty one, in memory that columns had which are no longer: the pages of a fresh one cost as much time as
    // filling them. A few blocks' memory is kept for that, as an allocator keeps it.
    [[nodiscard]] static std::shared_ptr<ColumnBuilder> make();

    void put(const Row& row);

    // The same value by value, of a row that end_row() ends: each at most once, texts padded.
    void id(std::string_view text) { id_.put(rows_, text, true); }
    void title(std::string_view text) { title_.put(rows_, text, true); }
    void album(std::string_view text) { album_.put(rows_, text, true); }
    void isrc(std::string_view text) { isrc_.put(rows_, text, true); }
    void title_reading(std::string_view text) { title_reading_.put(rows_, text, true); }
    void artist_reading(std::string_view text) { artist_reading_.put(rows_, text, true); }
    void credit(std::string_view name) {
        if (!name.empty()) names_.put(name_count_++, name, true);
    }
    void duration_ms(std::int64_t number) { duration_ms_.put(rows_, number); }
    void release_year(std::int32_t number) { release_year_.put(rows_, number); }
    void end_row() {
        credited_ += static_cast<std::size_t>(lists_.back() != static_cast<std::int32_t>(name_count_));
        lists_.push_back(static_cast<std::int32_t>(name_count_));
        ++rows_;
    }

    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    void reserve_like(const ColumnBuilder& other);

    // What was put, as columns that keep `builder` alive; it takes no more rows.
    [[nodiscard]] static TrackColumns finish(std::shared_ptr<ColumnBuilder> builder);

  private:
    void clear() noexcept;
    [[nodiscard]] std::size_t bytes_held() const noexcept;
    static void give_back(ColumnBuilder* builder) noexcept;

    std::size_t rows_ = 0;
    TextBuilder id_, title_, album_, isrc_, title_reading_, artist_reading_, names_;
    std::vector<std::int32_t> lists_{0};  // of names_
    std::size_t name_count_ = 0;
    std::size_t credited_ = 0;  // rows
    std::vector<std::uint8_t> lists_valid_;
    NumberBuilder<std::int64_t> duration_ms_;
    NumberBuilder<std::int32_t> release_year_;
    NumberBuilder<Row::Flag> explicit_;
    std::vector<std::uint8_t> flags_;  // explicit_ as Arrow's bits
};

}  // namespace musicsync::json
