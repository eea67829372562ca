// How alike many texts are to many others, at once.
//
//   std::vector<float> out(queries.size() * choices.size());
//   musicsync::ratio_matrix(queries, choices, {}, out.data());       // out[q * choices.size() + c], in [0, 1]
//   musicsync::ratio_pairs(left, right, {}, out.data());             // out[i] of left[i] and right[i]
//   auto best = musicsync::ratio_top_k(queries, choices, 10, {});    // best[q][0].choice, best[q][0].score
//
// Each number is `ratio` of the two texts (musicsync/similarity.hpp) in the precision of its type. The same bits from
// every kernel and any number of threads. Memory besides the result: the tiles of 1,024 queries, and working memory of
// a few hundred KB a thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "musicsync/error.hpp"
#include "musicsync/work.hpp"

namespace musicsync {

// Code points of 1, 2 or 4 bytes, side by side: as ASCII, Latin-1, UTF-16 without surrogates and UTF-32 are kept. The
// memory is the caller's.
struct Symbols {
    const void* data = nullptr;
    std::size_t size = 0;
    unsigned width = 1;
};

struct MatrixOptions {
    double scale = 1.0;   // of an equal pair; 100 for RapidFuzz's percentages
    double cutoff = 0.0;  // on that scale: what is below it becomes 0
    Work work{1, {}};
};

// Row-major. The numbers of bytes are rounded to the nearest. False where `work.progress` stopped it: parts of `out`
// are then as they were.
bool ratio_matrix(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                  float* out);
bool ratio_matrix(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                  double* out);
bool ratio_matrix(std::span<const Symbols> queries, std::span<const Symbols> choices, const MatrixOptions& options,
                  std::uint8_t* out);

// `left` and `right` are equally long. False as above.
bool ratio_pairs(std::span<const Symbols> left, std::span<const Symbols> right, const MatrixOptions& options,
                 float* out);
bool ratio_pairs(std::span<const Symbols> left, std::span<const Symbols> right, const MatrixOptions& options,
                 double* out);
bool ratio_pairs(std::span<const Symbols> left, std::span<const Symbols> right, const MatrixOptions& options,
                 std::uint8_t* out);

struct Best {
    std::size_t choice = 0;
    double score = 0.0;
    friend bool operator==(const Best&, const Best&) = default;
};

// For each query its best choices that reach the cutoff, `k` at most, best first and the earlier one first where
// scores are equal. The matrix is never made. Errc::cancelled where `work.progress` stopped it.
[[nodiscard]] Result<std::vector<std::vector<Best>>> ratio_top_k(std::span<const Symbols> queries,
                                                                 std::span<const Symbols> choices, std::size_t k,
                                                                 const MatrixOptions& options);

}  // namespace musicsync
