#include "ingest/column_builder.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace musicsync::json {

TextColumn TextBuilder::finish(std::size_t rows) {
    if (size_ == 0) return {};
    fill(rows);
    std::size_t nulls = 0;
    valid_ = validity_bitmap(
        rows, [this](std::size_t row) { return offsets_[row] != offsets_[row + 1]; }, nulls);
    return {true, {offsets_.data(), false}, bytes_.get(), {valid_.empty() ? nullptr : valid_.data(), 0}, {}};
}

void TextBuilder::reserve_like(const TextBuilder& other) {
    if (other.size_ > 0) grow(other.size_ + other.size_ / 16);
    offsets_.reserve(other.offsets_.size() + other.offsets_.size() / 16);
}

void TextBuilder::grow(std::size_t more) {
    constexpr std::size_t least = 4096;
    capacity_ = std::max({least, 2 * capacity_, size_ + more + row_padding});
    auto* larger = static_cast<char*>(std::realloc(bytes_.get(), capacity_));
    if (larger == nullptr) throw std::bad_alloc();
    (void)bytes_.release();  // realloc took it
    bytes_.reset(larger);
}

void ColumnBuilder::put(const Row& row) {
    id_.put(rows_, row.id, row.padded);
    title_.put(rows_, row.title, row.padded);
    album_.put(rows_, row.album, row.padded);
    isrc_.put(rows_, row.isrc, row.padded);
    title_reading_.put(rows_, row.title_reading, row.padded);
    artist_reading_.put(rows_, row.artist_reading, row.padded);
    duration_ms_.put(rows_, row.duration_ms);
    release_year_.put(rows_, row.release_year);
    explicit_.put(rows_, row.explicit_);
    for (const std::string_view name : row.artists) names_.put(name_count_++, name, row.padded);
    lists_.push_back(static_cast<std::int32_t>(name_count_));
    ++rows_;
}

void ColumnBuilder::reserve_like(const ColumnBuilder& other) {
    id_.reserve_like(other.id_);
    title_.reserve_like(other.title_);
    album_.reserve_like(other.album_);
    isrc_.reserve_like(other.isrc_);
    names_.reserve_like(other.names_);
    lists_.reserve(other.lists_.capacity());
    duration_ms_.reserve_like(other.duration_ms_);
    release_year_.reserve_like(other.release_year_);
}

TrackColumns ColumnBuilder::finish(std::shared_ptr<ColumnBuilder> builder) {
    ColumnBuilder& self = *builder;
    const std::size_t rows = self.rows_;
    TrackColumns out;
    out.rows = rows;
    out.id = self.id_.finish(rows);
    out.title = self.title_.finish(rows);
    out.album = self.album_.finish(rows);
    out.isrc = self.isrc_.finish(rows);
    out.title_reading = self.title_reading_.finish(rows);
    out.artist_reading = self.artist_reading_.finish(rows);
    out.artists.names = self.names_.finish(self.name_count_);
    std::size_t nulls = 0;
    const auto credited = [&self](std::size_t row) { return self.lists_[row] != self.lists_[row + 1]; };
    self.lists_valid_ = validity_bitmap(rows, credited, nulls);
    out.artists.lists = {self.lists_.data(), false};
    out.artists.valid = {self.lists_valid_.empty() ? nullptr : self.lists_valid_.data(), 0};
    out.duration_ms = self.duration_ms_.finish(rows, NumberColumn::Type::i64);
    out.release_year = self.release_year_.finish(rows, NumberColumn::Type::i32);
    out.explicit_ = self.explicit_.finish(rows, NumberColumn::Type::bit);
    const std::vector<Row::Flag>& flags = self.explicit_.values();
    self.flags_ = validity_bitmap(
        flags.size(), [&flags](std::size_t row) { return flags[row] == Row::Flag::yes; }, nulls);
    if (self.flags_.empty()) self.flags_.assign((flags.size() + 7) / 8, 0xFF);
    out.explicit_.data = self.flags_.data();
    out.owner = std::move(builder);
    return out;
}

}  // namespace musicsync::json
