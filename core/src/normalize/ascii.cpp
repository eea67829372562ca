#include "ascii.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "musicsync/normalize.hpp"
#include "plain.hpp"
#include "words.hpp"

namespace musicsync::text {
namespace {

constexpr std::size_t lanes = 16;

// The compiler makes one instruction of each operation on these where the machine has it.
using Bytes = std::uint8_t __attribute__((vector_size(lanes)));

Bytes load(const char* at) noexcept {
    Bytes out;
    std::memcpy(&out, at, lanes);
    return out;
}

bool any(Bytes mask) noexcept {
    std::array<std::uint64_t, 2> halves{};
    std::memcpy(halves.data(), &mask, lanes);
    return (halves[0] | halves[1]) != 0;
}

// Letters, digits and single spaces: nothing changes but the case. A lone "n" is left to the writer of words. `at`
// points into a text with a space before it and one behind it; false, with bytes half done, for any other text.
bool lower_plain(char* at, std::size_t size) noexcept {
    for (std::size_t i = 0; i < size; i += lanes) {
        const Bytes here = load(at + i);
        const auto blank = static_cast<Bytes>(here == ' ');
        const auto capital = static_cast<Bytes>(static_cast<Bytes>(here - 'A') < 26);
        const Bytes small = here | (capital & 0x20);
        const auto word = static_cast<Bytes>(static_cast<Bytes>(small - 'a') < 26) |
                          static_cast<Bytes>(static_cast<Bytes>(here - '0') < 10);
        const auto after_blank = static_cast<Bytes>(load(at + i - 1) == ' ');
        const auto before_blank = static_cast<Bytes>(load(at + i + 1) == ' ');
        const auto lone_n = static_cast<Bytes>(small == 'n') & after_blank & before_blank;
        if (any(~(word | blank) | (blank & after_blank) | lone_n)) return false;
        std::memcpy(at + i, &small, lanes);
    }
    return true;
}

// The text in a row of bytes: a space, the text, a space, and letters up to a whole number of lanes and one more.
bool normalize_plain(std::string_view text, std::string& out) {
    if (text.empty() || text.size() > longest_plain) return text.empty();
    std::array<char, 2 * lanes + longest_plain + 2> row;  // NOLINT(*-member-init): what is read is written first
    row[0] = ' ';
    std::memcpy(row.data() + 1, text.data(), text.size());
    std::memset(row.data() + 1 + text.size(), 'a', 2 * lanes);
    row[1 + text.size()] = ' ';
    if (!lower_plain(row.data() + 1, text.size() + 1)) return false;
    out.assign(row.data() + 1, text.size());
    return true;
}

}  // namespace

std::string finish_ascii(std::string_view folded) {
    std::string out;
    if (normalize_plain(folded, out)) return out;
    const std::string text = article_in_front(std::string(folded));
    out = WordWriter<char>(text).write();
    return out.empty() ? single_spaced(std::string_view(text)) : out;
}

std::string normalize_ascii(std::string_view text) {
    std::string out;
    if (normalize_plain(text, out)) return out;
    out.assign(text.substr(0, max_text_bytes));
    std::transform(out.begin(), out.end(), out.begin(), folded_ascii);
    return finish_ascii(out);
}

}  // namespace musicsync::text
