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

void PlainText::find_words() noexcept {
    const std::string_view all = text();
    for (std::size_t at = 0; at < all.size(); ++at) {
        const std::size_t begin = at;
        std::uint32_t hash = hash_of_nothing;
        std::uint64_t symbols = 0;
        for (; at < all.size() && all[at] != ' '; ++at) {
            const auto symbol = static_cast<unsigned char>(all[at]);
            hash = with_symbol(hash, symbol);
            symbols |= std::uint64_t{1} << (symbol & 63U);
        }
        const std::string_view word = all.substr(begin, at - begin);
        words_[count_] = {sorting_key(word), symbols, word, hash};
        is_sorted_ = is_sorted_ && (count_ == 0 || !(words_[count_] < words_[count_ - 1]));
        ++count_;
    }
    if (!is_sorted_) sort_words();
}

void PlainText::sort_words() noexcept {
    std::array<const PlainWord*, most_words> order;  // NOLINT(*-member-init): written before it is read
    const auto end =
        std::transform(words().begin(), words().end(), order.begin(), [](const PlainWord& w) { return &w; });
    std::sort(order.begin(), end, [](const PlainWord* a, const PlainWord* b) { return *a < *b; });
    char* out = sorted_.data();
    for (auto word = order.begin(); word != end; ++word) {
        if (word != order.begin()) *out++ = ' ';
        out = std::copy((*word)->text.begin(), (*word)->text.end(), out);
    }
}

}  // namespace musicsync
