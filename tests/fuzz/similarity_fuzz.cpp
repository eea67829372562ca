// Texts line by line: every kernel and the textbook agree about each pair, alone, a few at once and in a matrix.
#include <algorithm>
#include <array>
#include <string>

#include "fuzz.hpp"
#include "musicsync/matrix.hpp"
#include "musicsync/similarity.hpp"
#include "reference/lcs.hpp"
#include "similarity/code_points.hpp"
#include "similarity/lcs.hpp"

using namespace musicsync;
using fuzz::check;

namespace {

// The first line is compared with the others; the first byte is the cutoff in percent.
struct Input {
    double cutoff = 0.0;
    std::u32string query;
    std::vector<std::string_view> lines;
    std::vector<std::u32string> choices;
    std::vector<double> expected;

    explicit Input(std::string_view bytes) {
        cutoff = static_cast<double>(static_cast<unsigned char>(bytes[0]) % 101) / 100.0;
        lines = fuzz::split(bytes.substr(1), '\n');
        query = to_code_points(lines[0]);
        for (const std::string_view line : lines) {
            choices.push_back(to_code_points(line));
            expected.push_back(reference::ratio(query, choices.back()));
        }
    }
};

void compare_one_by_one(const Input& in) {
    const Pattern pattern(in.query);
    for (std::size_t i = 0; i < in.choices.size(); ++i) {
        check(pattern.ratio(in.choices[i]) == in.expected[i], "a pattern's ratio is the textbook's");
        check(ratio(in.lines[0], in.lines[i]) == in.expected[i], "the ratio is the textbook's");
        check(ratio(in.lines[i], in.lines[0]) == in.expected[i], "the ratio is symmetric");
        check(token_sort(in.lines[0], in.lines[i]) == token_sort(in.lines[i], in.lines[0]), "so are sorted words");
    }
}

void compare_at_once(const Input& in) {
    const std::array<Symbols, 1> query{Symbols{in.query.data(), in.query.size(), 4}};
    std::vector<Symbols> choices;
    for (const std::u32string& choice : in.choices) choices.push_back({choice.data(), choice.size(), 4});
    std::vector<double> row(choices.size());
    MatrixOptions options;
    options.cutoff = in.cutoff;
    check(ratio_matrix(query, choices, options, row.data()), "nobody stops it");
    for (std::size_t i = 0; i < row.size(); ++i)
        check(row[i] == (in.expected[i] < in.cutoff ? 0.0 : in.expected[i]), "a matrix holds the textbook's ratios");
    std::vector<float> floats(choices.size());
    options.cutoff = 0.0;
    check(ratio_matrix(query, choices, options, floats.data()), "nobody stops it");
    for (std::size_t i = 0; i < row.size(); ++i)
        check(floats[i] == static_cast<float>(in.expected[i]), "a matrix of floats holds them rounded");
}

std::string small_letters(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
}

// The first line as the pattern of a few, where it can be one.
void compare_a_few(const Input& in) {
    const std::string pattern = small_letters(in.lines[0].substr(0, kernel::block_symbols));
    if (!is_ascii(pattern)) return;
    std::vector<const std::uint8_t*> texts;
    std::vector<std::uint32_t> sizes;
    for (const std::string_view line : in.lines) {
        texts.push_back(reinterpret_cast<const std::uint8_t*>(line.data()));
        sizes.push_back(static_cast<std::uint32_t>(line.size()));
    }
    std::vector<std::uint8_t> common(texts.size());
    kernel::active().lcs_few({reinterpret_cast<const std::uint8_t*>(pattern.data()), pattern.size(), texts.data(),
                              sizes.data(), texts.size()},
                             common.data());
    for (std::size_t i = 0; i < common.size(); ++i) {
        const std::size_t expected =
            is_ascii(in.lines[i])
                ? reference::lcs_length(to_code_points(pattern), to_code_points(small_letters(in.lines[i])))
                : kernel::not_compared;
        check(common[i] == expected, "a few texts have the textbook's LCS, or none where they are not ASCII");
    }
}

}  // namespace

FUZZ(data, size) {
    if (size == 0) return 0;
    const Input input(fuzz::text_of(data, size));
    fuzz::for_every_kernel([&] {
        compare_one_by_one(input);
        compare_a_few(input);
        compare_at_once(input);
    });
    return 0;
}
