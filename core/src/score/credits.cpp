#include <algorithm>
#include <optional>

#include "score/evidence.hpp"

namespace musicsync {
namespace {

constexpr double main_weight = 3.0;
constexpr double other_place = 0.85;  // a main artist who is only a guest on the other side

// "Tom Petty" and "Tom Petty and the Heartbreakers", "Arthur Brown" and "The Crazy World of Arthur Brown": the shorter
// name stands inside the longer one.
double inside(std::u32string_view a, std::u32string_view b) noexcept {
    if (a.size() > b.size()) std::swap(a, b);
    if (a.size() < 4 || a.size() == b.size() || !contains_words(a, b)) return 0.0;
    if (a.find(U' ') != std::u32string_view::npos) return name_inside;
    return b.starts_with(a) ? (b.substr(a.size()).starts_with(U" and ") ? 0.8 : 0.6) : 0.0;
}

// `can_be_inside`: whether it is worth a look.
double name_similarity(double letters, std::u32string_view a, std::u32string_view b, bool can_be_inside = true) {
    if (letters >= 1.0 || (letters >= but_for_spaces && equal_but_for_spaces(a, b))) return 1.0;
    return can_be_inside ? std::max(letters, inside(a, b)) : letters;
}

// A bit for each symbol, as of Word.
std::uint64_t symbols_of(std::u32string_view text) noexcept {
    std::uint64_t out = 0;
    for (const char32_t c : text) out |= std::uint64_t{1} << (c % 64);
    return out;
}

// Symbols that only one of the two has are in no common subsequence: most pairs need no other count.
bool reaches(std::u32string_view a, std::u32string_view b, double wanted) {
    const std::size_t total = a.size() + b.size();
    if (as_ratio(std::min(a.size(), b.size()), total) < wanted) return false;
    const auto apart = static_cast<std::size_t>(__builtin_popcountll(symbols_of(a) ^ symbols_of(b)));
    return as_ratio((total - apart) / 2, total) >= wanted && ratio(a, b) >= wanted;
}

// A letter or two are other.
bool is_slip(double ratio, std::size_t symbols, std::size_t slips) noexcept {
    // Letters that are in one and not in the other: a slip is one of them, or two where a letter is another.
    const double changed = (1.0 - ratio) * static_cast<double>(symbols);
    return changed < 2.0 * static_cast<double>(slips) + 0.5;
}

// How many slips of the finger are forgiven; none where the lengths alone say more.
std::optional<std::size_t> slips_forgiven(std::size_t a, std::size_t b) noexcept {
    constexpr std::size_t short_name = 6;
    constexpr std::size_t long_name = 12;
    const std::size_t shorter = std::min(a, b);
    const std::size_t longer = std::max(a, b);
    if (shorter < short_name) return std::nullopt;
    const std::size_t slips = shorter < long_name ? 1 : 2;
    return longer - shorter > slips ? std::nullopt : std::optional(slips);
}

// One name but for slips, by the ratio of their letters.
bool is_slip_of_letters(double ratio, std::size_t a, std::size_t b) noexcept {
    const std::optional<std::size_t> slips = slips_forgiven(a, b);
    return slips && is_slip(ratio, a + b, *slips);
}

struct Matrix {
    std::vector<double> values;
    std::size_t rows;
    std::size_t columns;
    [[nodiscard]] double at(std::size_t row, std::size_t column, bool transposed) const noexcept {
        return transposed ? values[column * columns + row] : values[row * columns + column];
    }
};

struct Cover {
    double ordered;  // with the main artist's weight and place
    double as_set;   // every name alike
};

// How well each name of one side is found on the other.
Cover cover(const Matrix& matrix, bool transposed) noexcept {
    const std::size_t rows = transposed ? matrix.columns : matrix.rows;
    const std::size_t columns = transposed ? matrix.rows : matrix.columns;
    double ordered = 0.0;
    double as_set = 0.0;
    for (std::size_t i = 0; i < rows; ++i) {
        double best = 0.0;
        double best_placed = 0.0;
        for (std::size_t j = 0; j < columns; ++j) {
            const double value = matrix.at(i, j, transposed);
            best = std::max(best, value);
            best_placed = std::max(best_placed, (i == 0) == (j == 0) ? value : other_place * value);
        }
        ordered += (i == 0 ? main_weight : 1.0) * best_placed;
        as_set += best;
    }
    return {ordered / (main_weight + static_cast<double>(rows - 1)), as_set / static_cast<double>(rows)};
}

template <class Char>
bool shares_word(const WordsIn<Char>& a, const WordsIn<Char>& b) noexcept {
    return std::any_of(a.words.begin(), a.words.end(), [&](const Word& word) {
        return std::any_of(b.words.begin(), b.words.end(), [&](const Word& other) {
            return word.hash == other.hash && a.text_of(word) == b.text_of(other);
        });
    });
}

bool is_slip_of_name(std::string_view a, std::string_view b) {
    return musicsync::is_slip_of_name(Widened(a).text(), Widened(b).text());
}

}  // namespace

CreditLikeness credit_likeness(const std::vector<LazyPattern>& a, std::span<const std::u32string_view> b) {
    if (a.size() == 1 && b.size() == 1) {
        const double letters = a[0].ratio(b[0]);
        const double only = name_similarity(letters, a[0].text(), b[0]);
        return {only, only, only >= 1.0 || is_slip_of_letters(letters, a[0].text().size(), b[0].size())};
    }
    Matrix matrix{std::vector<double>(a.size() * b.size()), a.size(), b.size()};
    bool any_slip = false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = 0; j < b.size(); ++j) {
            const double letters = a[i].ratio(b[j]);
            matrix.values[i * b.size() + j] = name_similarity(letters, a[i].text(), b[j]);
            any_slip = any_slip || is_slip_of_letters(letters, a[i].text().size(), b[j].size());
        }
    }
    const Cover left = cover(matrix, false);
    const Cover right = cover(matrix, true);
    const double placed = 0.75 * std::max(left.ordered, right.ordered) + 0.25 * std::min(left.ordered, right.ordered);
    const double best = *std::max_element(matrix.values.begin(), matrix.values.end());
    return {std::max(placed, std::min(left.as_set, right.as_set)), best, best >= 1.0 || any_slip};
}

CreditLikeness name_likeness(const Side& a, const Side& b, double letters) {
    const TextSets& left = a.outline.line_sets;
    const TextSets& right = b.outline.line_sets;
    const std::size_t left_size = a.outline.sizes[Outline::line];
    const std::size_t right_size = b.outline.sizes[Outline::line];
    const bool can_be_inside = left_size < right_size ? left.can_be_inside(right) : right.can_be_inside(left);
    const bool settled = letters < but_for_spaces && !can_be_inside;  // without a look at the texts
    const double only = settled ? letters
                                : name_similarity(letters, Widened(a.outline.text_of(Outline::line)).text(),
                                                  Widened(b.outline.text_of(Outline::line)).text(), can_be_inside);
    return {only, only, only >= 1.0 || is_slip_of_letters(letters, left_size, right_size)};
}

bool is_slip_of_name(std::u32string_view a, std::u32string_view b) {
    if (a == b) return true;
    const std::optional<std::size_t> slips = slips_forgiven(a.size(), b.size());
    return slips && is_slip(ratio(a, b), a.size() + b.size(), *slips);
}

bool is_slip_of_credit(const Side& a, const Side& b) {
    if (a.outline.telling_sets.apart_at_least(b.outline.telling_sets) > most_apart_by_slips) return false;
    return with_words(a, b, Outline::telling,
                      [](const auto& mine, const auto& theirs) { return is_slip_of_name(mine.text, theirs.text); });
}

bool shares_word_of_names(const Side& a, const Side& b) {
    return a.outline.telling_sets.can_share_word(b.outline.telling_sets) &&
           with_words(a, b, Outline::telling,
                      [](const auto& mine, const auto& theirs) { return shares_word(mine, theirs); });
}

bool differs_by_a_word(const TextForm& a, const TextForm& b) {
    constexpr double another_spelling = 0.5;
    if (a.words.size() != b.words.size() || a.words.size() < 2) return false;
    for (std::size_t i = 0; i < a.words.size(); ++i) {
        const std::u32string_view left = a.words[i].in(a.text);
        const std::u32string_view right = b.words[i].in(b.text);
        if (left != right && ratio(left, right) < another_spelling) return true;
    }
    return false;
}

bool misses_guest(const Side& a, const Side& b) {
    constexpr double same_name = 0.8;
    if (a.outline.guests == 0) return false;
    const Names mine(a);
    const Names theirs(b);
    const auto guests = mine.all().last(a.outline.guests);
    return std::any_of(guests.begin(), guests.end(), [&theirs](std::u32string_view guest) {
        return std::none_of(theirs.all().begin(), theirs.all().end(), [guest](std::u32string_view name) {
            return reaches(guest, name, same_name) || contains_words(guest, name);  // "Sarah Barthel of Phantogram"
        });
    });
}

}  // namespace musicsync
