#include <algorithm>
#include <array>
#include <string>

#include "kernels/kernels.hpp"
#include "musicsync/normalize.hpp"
#include "musicsync/rank.hpp"
#include "rank/order.hpp"
#include "score/clean_text.hpp"
#include "score/normal_form.hpp"
#include "similarity/lcs.hpp"

namespace musicsync {
namespace {

constexpr std::size_t rows_per_block = 64;

char lower_of(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Some texts of a column, for the kernel.
struct Block {
    std::array<const std::uint8_t*, rows_per_block> texts;
    std::array<std::uint32_t, rows_per_block> sizes;
    std::array<std::uint8_t, rows_per_block> common;

    // Of the text in row `i` and one of `size` symbols; 0 where one is blank.
    [[nodiscard]] double ratio(std::size_t i, std::size_t size) const noexcept {
        return 2.0 * common[i] / static_cast<double>(std::max<std::size_t>(size + sizes[i], 1));
    }
};

// One field of the query, compared with a column.
class Field {
  public:
    Field(const char* name, double weight, std::string_view text) : name_(name), weight_(weight), text_(trimmed(text)) {
        plain_ = text_.size() <= symbols_.size() && is_plain(text_);
        if (plain_) std::transform(text_.begin(), text_.end(), symbols_.begin(), lower_of);
    }

    // Adds the weighted ratio to each row's score. A blank text on either side counts 0.
    std::optional<Error> add_to(std::span<const std::string_view> column, double* scores) {
        for (std::size_t begin = 0; begin < column.size(); begin += rows_per_block) {
            const auto rows = column.subspan(begin, std::min(rows_per_block, column.size() - begin));
            if (auto error = add_rows(rows, begin, scores + begin)) return error;
        }
        return std::nullopt;
    }

  private:
    std::optional<Error> add_rows(std::span<const std::string_view> rows, std::size_t first, double* scores) {
        Block block;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string_view text = trimmed(rows[i]);
            if (rows[i].size() > Track::max_text_bytes) return refused(rows[i], first + i);
            block.texts[i] = reinterpret_cast<const std::uint8_t*>(text.data());
            block.sizes[i] = static_cast<std::uint32_t>(text.size());
        }
        kernel_.lcs_few({reinterpret_cast<const std::uint8_t*>(symbols_.data()), plain_ ? text_.size() : 0,
                         block.texts.data(), block.sizes.data(), rows.size()},
                        block.common.data());
        const auto first_other =
            std::find(block.common.begin(), block.common.begin() + rows.size(), kernel::not_compared);
        if (!plain_ || first_other != block.common.begin() + rows.size()) return add_others(rows, block, first, scores);
        for (std::size_t i = 0; i < rows.size(); ++i) scores[i] += weight_ * block.ratio(i, text_.size());
        return std::nullopt;
    }

    // The same where the kernel could not take some of the texts, or the query's.
    std::optional<Error> add_others(std::span<const std::string_view> rows, const Block& block, std::size_t first,
                                    double* scores) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool compared = block.common[i] != kernel::not_compared;
            if (compared && (plain_ || block.sizes[i] == 0)) {
                scores[i] += weight_ * block.ratio(i, text_.size());
            } else if (auto error = add_other(trimmed(rows[i]), compared, first + i, scores[i])) {
                return error;
            }
        }
        return std::nullopt;
    }

    // A text that the kernel cannot take, or of any kind where it cannot take the query's.
    std::optional<Error> add_other(std::string_view text, bool plain, std::size_t row, double& score) {
        if (!plain) {
            if (auto error = refused(text, row)) return error;
        }
        if (!text_.empty()) score += weight_ * pattern().ratio(lowered(text));
        return std::nullopt;
    }

    std::optional<Error> refused(std::string_view text, std::size_t row) const {
        std::optional<Error> error = check_text(text, name_);
        if (error) error->row = row;
        return error;
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
    std::array<char, kernel::block_symbols> symbols_;  // small letters, where all are ASCII and have room
    bool plain_ = false;
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
        return Error{Errc::invalid_value, "profile '" + profile.name + "' does not compare texts as they are",
                     "profile"};
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
        if (scores[i] >= options.cutoff) add_hit(out, i, scores[i]);
    }
    put_in_order(out, options.limit, [&candidates](std::size_t i) {
        return candidates.id.empty() ? std::string_view{} : candidates.id[i];
    });
    return out;
}

}  // namespace musicsync
