#include "score/plain_text.hpp"

#include <algorithm>
#include <cstring>

#include "musicsync/normalize.hpp"

namespace musicsync {
namespace {

std::uint64_t read_eight(const char* from) noexcept {
    std::uint64_t out = 0;
    std::memcpy(&out, from, sizeof out);
    return out;
}

std::uint64_t sorting_key(std::string_view word) noexcept {
    const std::uint64_t eight = __builtin_bswap64(read_eight(word.data()));
    return word.size() >= sizeof eight ? eight : eight & ~(~std::uint64_t{0} >> (8 * word.size()));
}

// Whether `form` is what was given but for capitals. No sign becomes what a letter or a digit is in small letters, and
// a space is only what was one (a text has no U+0000).
bool is_same_but_for_capitals(const char* given, const char* form, std::size_t size) noexcept {
    constexpr std::uint64_t small = 0x2020202020202020U;
    const auto apart_at = [=](std::size_t at) { return (read_eight(given + at) | small) ^ read_eight(form + at); };
    std::uint64_t apart = 0;
    std::size_t at = 0;
    for (; at + 8 <= size; at += 8) apart |= apart_at(at);
    if (size >= 8) return (apart | apart_at(size - 8)) == 0;  // the last ones, some of them again
    for (; at < size; ++at) apart |= static_cast<std::uint64_t>((given[at] | 0x20) ^ form[at]);
    return apart == 0;
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
    if (kernel::active().ascii_forms({&begin, &given, 1}, out, &formed) == 0) {
        is_as_given_ = false;
        return add(normalize(ascii));
    }
    is_as_given_ =
        is_as_given_ && formed == given && is_same_but_for_capitals(ascii.data(), bytes_.data() + size_, formed);
    size_ += formed;
    return true;
}

// Of letters, digits and spaces only digits have the fifth bit and not the seventh.
bool PlainText::has_digit() const noexcept {
    constexpr std::uint64_t fifth = 0x1010101010101010U;
    std::uint64_t found = 0;
    std::size_t at = 0;
    for (; at + 8 <= size_; at += 8) {
        const std::uint64_t eight = read_eight(bytes_.data() + at);
        found |= eight & ~(eight >> 2U);
    }
    const std::uint64_t rest = read_eight(bytes_.data() + at) & ~(~std::uint64_t{0} << (8 * (size_ - at)));
    return ((found | (rest & ~(rest >> 2U))) & fifth) != 0;
}

// One loop over all symbols, without a branch for a CPU to guess: each is added to the word that is begun, a space
// begins the next one. The word in the making is written as it is after each symbol.
void PlainText::find_words() noexcept {
    count_ = 0;
    is_sorted_ = true;
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
        for (std::size_t at = 0; at < (*word)->length; at += sizeof(std::uint64_t))
            std::memcpy(out + at, (*word)->begin + at, sizeof(std::uint64_t));
        out += (*word)->length;
    }
}

}  // namespace musicsync
