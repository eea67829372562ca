#include "score/plain_text.hpp"

#include <algorithm>
#include <cstring>

#include "musicsync/normalize.hpp"

namespace musicsync {
namespace {

std::uint64_t sorting_key(std::string_view word) noexcept {
    std::uint64_t eight = 0;
    std::memcpy(&eight, word.data(), sizeof eight);
    eight = __builtin_bswap64(eight);
    return word.size() >= sizeof eight ? eight : eight & ~(~std::uint64_t{0} >> (8 * word.size()));
}

}  // namespace

bool PlainText::add(std::string_view normal) noexcept {
    if (size_ + normal.size() > most_symbols) return false;
    std::copy(normal.begin(), normal.end(), bytes_.data() + size_);
    size_ += normal.size();
    return true;
}

bool PlainText::add_form_of(std::string_view ascii) {
    if (size_ + ascii.size() > most_symbols) return false;
    const auto* const begin = reinterpret_cast<const std::uint8_t*>(ascii.data());
    const std::size_t given = ascii.size();
    auto* const out = reinterpret_cast<std::uint8_t*>(bytes_.data() + size_);
    std::size_t formed = 0;
    if (kernel::active().ascii_forms({&begin, &given, 1}, out, &formed) == 0) return add(normalize(ascii));
    size_ += formed;
    return true;
}

// One loop over all symbols, without a branch for a CPU to guess: each is added to the word that is begun, a space
// begins the next one. The word in the making is written as it is after each symbol.
void PlainText::find_words() noexcept {
    if (size_ == 0) return;
    const char* begin = bytes_.data();
    PlainWord* word = words_.data();
    std::uint32_t hash = hash_of_nothing;
    std::uint64_t symbols = 0;
    for (const char* at = begin; at != bytes_.data() + size_; ++at) {
        const auto symbol = static_cast<unsigned char>(*at);
        const bool space = symbol == ' ';
        word += space ? 1 : 0;
        begin = space ? at + 1 : begin;
        const std::uint32_t kept = space ? 0 : ~0U;
        hash = (with_symbol(hash, symbol) & kept) | (hash_of_nothing & ~kept);
        symbols = (symbols | std::uint64_t{1} << (symbol & 63U)) & (0 - std::uint64_t{kept & 1U});
        word->begin = begin;
        word->symbols = symbols;
        word->hash = hash;
        word->length = static_cast<std::uint32_t>(at + 1 - begin);
    }
    count_ = static_cast<std::size_t>(word - words_.data()) + 1;
    bool sorted = true;
    for (std::size_t i = 0; i < count_; ++i) {
        words_[i].key = sorting_key(words_[i].text());
        sorted = sorted && (i == 0 || !(words_[i] < words_[i - 1]));
    }
    is_sorted_ = sorted;
    if (!sorted) sort_words();
}

void PlainText::sort_words() noexcept {
    std::array<const PlainWord*, most_words> order;  // NOLINT(*-member-init): written before it is read
    const auto end =
        std::transform(words().begin(), words().end(), order.begin(), [](const PlainWord& w) { return &w; });
    std::sort(order.begin(), end, [](const PlainWord* a, const PlainWord* b) { return *a < *b; });
    char* out = sorted_.data();
    for (auto word = order.begin(); word != end; ++word) {
        if (word != order.begin()) *out++ = ' ';
        out = std::copy((*word)->begin, (*word)->begin + (*word)->length, out);
    }
}

}  // namespace musicsync
