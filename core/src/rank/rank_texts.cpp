#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "kernels/kernels.hpp"
#include "musicsync/normalize.hpp"
#include "musicsync/rank.hpp"
#include "rank/order.hpp"
#include "score/clean_text.hpp"
#include "similarity/code_points.hpp"
#include "similarity/lcs.hpp"

namespace musicsync {
namespace {

constexpr std::size_t rows_per_block = 64;
constexpr std::uint64_t ones = 0x0101010101010101;
constexpr std::uint64_t highs = 0x8080808080808080;

std::uint64_t eight_bytes(const char* from) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, from, 8);
    return word;
}

// A high bit is left where a byte of the word is no ASCII or 0 (or follows one that is).
constexpr std::uint64_t not_plain(std::uint64_t word) noexcept { return (word | (word - ones)) & highs; }

// Puts a text of `row_symbols` bytes at most into a row of zeros; false where it is not ASCII without U+0000.
bool copy_plain(std::string_view text, std::uint8_t* row) noexcept {
    std::uint64_t bad = 0;
    const std::size_t size = text.size();
    if (size < 8) {
        for (std::size_t i = 0; i < size; ++i) {
            row[i] = static_cast<std::uint8_t>(text[i]);
            bad |= static_cast<std::uint64_t>(text[i] <= 0);
        }
        return bad == 0;
    }
    for (std::size_t i = 0; i + 8 < size; i += 8) {
        const std::uint64_t word = eight_bytes(text.data() + i);
        bad |= not_plain(word);
        std::memcpy(row + i, &word, 8);
    }
    const std::uint64_t last = eight_bytes(text.data() + size - 8);  // overlaps the one before
    std::memcpy(row + size - 8, &last, 8);
    return (bad | not_plain(last)) == 0;
}

char lower_of(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_plain(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
}

std::u32string lowered(std::string_view text) {
    if (!is_plain(text)) return to_code_points(lower(text));
    std::u32string out(text.size(), U'\0');
    std::transform(text.begin(), text.end(), out.begin(), [](char c) { return static_cast<char32_t>(lower_of(c)); });
    return out;
}

// Some rows of a column, the plain ones side by side for the kernel.
struct Block {
    std::array<std::uint8_t, rows_per_block * kernel::row_symbols> texts;  // those behind `count` mean nothing
    std::array<std::uint8_t, rows_per_block> sizes{};
    std::array<std::uint8_t, rows_per_block> common{};
    std::array<std::uint32_t, rows_per_block> at{};  // which row of the column
    std::size_t count = 0;

    // The place of the next text, all zeros.
    [[nodiscard]] std::uint8_t* row() noexcept {
        std::uint8_t* const place = texts.data() + count * kernel::row_symbols;
        std::memset(place, 0, kernel::row_symbols);
        return place;
    }
    void keep(std::size_t size, std::size_t row_of_column) noexcept {
        sizes[count] = static_cast<std::uint8_t>(size);
        at[count++] = static_cast<std::uint32_t>(row_of_column);
    }
    // Fills up to what kernels take at once.
    [[nodiscard]] std::size_t padded() noexcept {
        const std::size_t rows = (count + 3) / 4 * 4;
        std::memset(texts.data() + count * kernel::row_symbols, 0, (rows - count) * kernel::row_symbols);
        return rows;
    }
};

// One field of the query, compared with a column.
class Field {
  public:
    Field(const char* name, double weight, std::string_view text) : name_(name), weight_(weight), text_(trimmed(text)) {
        if (text_.size() > kernel::block_symbols || !is_plain(text_)) return;
        plain_ = true;
        for (std::size_t i = 0; i < text_.size(); ++i) {
            const auto symbol = static_cast<std::uint8_t>(lower_of(text_[i]));
            masks_[symbol] |= std::uint64_t{1} << i;
        }
        for (std::size_t c = 'a'; c <= 'z'; ++c) masks_[c - 'a' + 'A'] = masks_[c];  // a column is not lowered for it
    }

    // Adds the weighted ratio to each row's score. A blank text on either side counts 0.
    std::optional<Error> add_to(std::span<const std::string_view> column, double* scores) {
        for (std::size_t begin = 0; begin < column.size(); begin += rows_per_block) {
            Block block;
            for (std::size_t i = begin; i < std::min(column.size(), begin + rows_per_block); ++i) {
                if (auto error = add_row(trimmed(column[i]), i, block, scores)) return error;
            }
            finish(block, scores);
        }
        return std::nullopt;
    }

  private:
    std::optional<Error> add_row(std::string_view text, std::size_t row, Block& block, double* scores) {
        std::uint8_t* const place = block.row();
        const bool plain = text.size() <= kernel::row_symbols && copy_plain(text, place);
        if (!plain) {
            if (auto error = check(text, row)) return error;
        }
        if (text.empty() || text_.empty()) return std::nullopt;
        if (plain && plain_)
            block.keep(text.size(), row);
        else
            scores[row] += weight_ * pattern().ratio(lowered(text));
        return std::nullopt;
    }

    std::optional<Error> check(std::string_view text, std::size_t row) const {
        std::optional<Error> error = check_text(text, name_);
        if (error) error->row = row;
        return error;
    }

    void finish(Block& block, double* scores) {
        if (block.count == 0 || text_.empty()) return;
        const std::size_t rows = block.padded();
        kernel_.lcs_rows(masks_.data(), block.texts.data(), block.sizes.data(), rows, block.common.data());
        for (std::size_t i = 0; i < block.count; ++i) {
            const double total = static_cast<double>(text_.size()) + block.sizes[i];
            scores[block.at[i]] += weight_ * (2.0 * block.common[i] / total);
        }
    }

    // Made for the first text that the kernel cannot take.
    const Pattern& pattern() {
        if (!pattern_) {
            lowered_ = lowered(text_);
            pattern_.emplace(lowered_);
        }
        return *pattern_;
    }

    const char* name_;
    double weight_;
    std::string_view text_;
    bool plain_ = false;
    std::array<std::uint64_t, 256> masks_{};
    const kernel::Kernel& kernel_ = kernel::active();
    std::u32string lowered_;
    std::optional<Pattern> pattern_;
};

std::optional<Error> check_query(const TextRow& query) {
    if (auto error = check_text(query.title, "title")) return error;
    if (auto error = check_text(query.artist, "artists")) return error;
    if (auto error = check_text(query.album, "album")) return error;
    return check_text(query.isrc, "isrc");
}

// How many songs; 0 where there is no column.
Result<std::size_t> rows_of(const TextColumns& columns) {
    const std::pair<const char*, std::size_t> sizes[] = {{"title", columns.title.size()},
                                                         {"artist", columns.artist.size()},
                                                         {"album", columns.album.size()},
                                                         {"isrc", columns.isrc.size()},
                                                         {"id", columns.id.size()}};
    std::size_t rows = 0;
    const char* first = nullptr;
    for (const auto& [name, size] : sizes) {
        if (size == 0) continue;
        if (first != nullptr && size != rows) {
            return Error{Errc::length_mismatch,
                         std::string("column ") + name + " has " + std::to_string(size) + " rows and " + first +
                             " has " + std::to_string(rows),
                         name};
        }
        first = name;
        rows = size;
    }
    return rows;
}

// Equal codes settle it.
std::optional<Error> acquit(std::string_view asked, std::span<const std::string_view> codes, double* scores) {
    if (codes.empty()) return std::nullopt;
    const Result<std::string> wanted = parse_isrc(trimmed(asked));
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (auto error = check_text(codes[i], "isrc")) {
            error->row = i;
            return error;
        }
        const Result<std::string> code = parse_isrc(trimmed(codes[i]));
        if (wanted && code && *wanted == *code) scores[i] = 1.0;
    }
    return std::nullopt;
}

}  // namespace

Result<std::vector<Ranked>> rank_texts(const Profile& profile, const TextRow& query, const TextColumns& candidates,
                                       const RankOptions& options) {
    if (profile.rules != Profile::Rules::classic)
        return Error{Errc::invalid_value, "profile '" + profile.name + "' does not compare texts as they are", "profile"};
    if (auto error = check_query(query)) return *std::move(error);
    const Result<std::size_t> rows = rows_of(candidates);
    if (!rows) return rows.error();
    std::vector<double> scores(*rows, 0.0);
    const Weights& weights = profile.weights;
    if (auto error = Field("title", weights.title, query.title).add_to(candidates.title, scores.data()))
        return *std::move(error);
    if (auto error = Field("artists", weights.artists, query.artist).add_to(candidates.artist, scores.data()))
        return *std::move(error);
    if (auto error = Field("album", weights.album, query.album).add_to(candidates.album, scores.data()))
        return *std::move(error);
    if (auto error = acquit(query.isrc, candidates.isrc, scores.data())) return *std::move(error);
    std::vector<Ranked> out;
    out.reserve(*rows);
    for (std::size_t i = 0; i < *rows; ++i) {
        if (scores[i] >= options.cutoff) out.push_back({i, scores[i], std::nullopt});
    }
    put_in_order(out, options.limit, [&candidates](std::size_t i) {
        return candidates.id.empty() ? std::string_view{} : candidates.id[i];
    });
    return out;
}

}  // namespace musicsync
