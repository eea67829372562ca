#include "ingest/column_builder.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <new>
#include <utility>

namespace musicsync::json {

TextColumn TextBuilder::finish(std::size_t rows) {
    if (size_ == 0) return {};
    fill(rows);
    valid_ = bitmap_unless_all(rows, known_, [this](std::size_t row) { return offsets_[row] != offsets_[row + 1]; });
    return {true, {offsets_.data(), false}, bytes_.get(), {valid_.empty() ? nullptr : valid_.data(), 0}, {}};
}

void TextBuilder::reserve_like(const TextBuilder& other) {
    const std::size_t room = other.size_ + other.size_ / 16;
    if (capacity_ < room) grow(room);
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

void TextBuilder::clear() noexcept {
    size_ = known_ = 0;
    offsets_.resize(1);
}

namespace {

// What make() may hand out.
struct Spare {
    static constexpr std::size_t most = 2;                            // one is read while one is used
    static constexpr std::size_t most_bytes = std::size_t{16} << 20;  // of each

    std::mutex mutex;
    std::array<std::unique_ptr<ColumnBuilder>, most> builders;
    std::size_t count = 0;

    static Spare& get() {
        static auto* const spare = new Spare;  // outlives all columns
        return *spare;
    }
};

}  // namespace

std::shared_ptr<ColumnBuilder> ColumnBuilder::make() {
    Spare& spare = Spare::get();
    std::unique_ptr<ColumnBuilder> found;
    {
        const std::lock_guard lock(spare.mutex);
        if (spare.count > 0) found = std::move(spare.builders[--spare.count]);
    }
    if (!found) found = std::make_unique<ColumnBuilder>();
    return {found.release(), &ColumnBuilder::give_back};
}

void ColumnBuilder::give_back(ColumnBuilder* builder) noexcept {
    std::unique_ptr<ColumnBuilder> done(builder);
    if (done->bytes_held() > Spare::most_bytes) return;
    done->clear();
    Spare& spare = Spare::get();
    const std::lock_guard lock(spare.mutex);
    if (spare.count < Spare::most) spare.builders[spare.count++] = std::move(done);
}

void ColumnBuilder::clear() noexcept {
    for (TextBuilder* texts : {&id_, &title_, &album_, &isrc_, &title_reading_, &artist_reading_, &names_})
        texts->clear();
    duration_ms_.clear();
    release_year_.clear();
    explicit_.clear();
    lists_.resize(1);
    rows_ = name_count_ = credited_ = 0;
}

std::size_t ColumnBuilder::bytes_held() const noexcept {
    std::size_t out = duration_ms_.bytes_held() + release_year_.bytes_held() + explicit_.bytes_held();
    for (const TextBuilder* texts : {&id_, &title_, &album_, &isrc_, &title_reading_, &artist_reading_, &names_})
        out += texts->bytes_held();
    return out + sizeof(std::int32_t) * lists_.capacity();
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
    end_row();
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
    const auto credited = [&self](std::size_t row) { return self.lists_[row] != self.lists_[row + 1]; };
    self.lists_valid_ = bitmap_unless_all(rows, self.credited_, credited);
    out.artists.lists = {self.lists_.data(), false};
    out.artists.valid = {self.lists_valid_.empty() ? nullptr : self.lists_valid_.data(), 0};
    out.duration_ms = self.duration_ms_.finish(rows, NumberColumn::Type::i64);
    out.release_year = self.release_year_.finish(rows, NumberColumn::Type::i32);
    out.explicit_ = self.explicit_.finish(rows, NumberColumn::Type::bit);
    const std::vector<Row::Flag>& flags = self.explicit_.values();
    std::size_t nulls = 0;
    self.flags_ = validity_bitmap(
        flags.size(), [&flags](std::size_t row) { return flags[row] == Row::Flag::yes; }, nulls);
    if (self.flags_.empty()) self.flags_.assign((flags.size() + 7) / 8, 0xFF);
    out.explicit_.data = self.flags_.data();
    out.owner = std::move(builder);
    return out;
}

}  // namespace musicsync::json
