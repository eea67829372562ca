#include "catalog/title_words.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "catalog/asked_text.hpp"
#include "score/evidence.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

std::uint32_t hash_of(std::string_view word) noexcept {
    std::uint32_t hash = hash_of_nothing;
    for (const char32_t c : to_code_points(word)) hash = with_symbol(hash, c);
    return hash;
}

// Before they are packed.
struct WordsOfTitles {
    std::vector<std::uint32_t> begins{0};
    std::vector<std::uint32_t> items{};
    [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t title) const noexcept {
        return std::span(items).subspan(begins[title], begins[title + 1] - begins[title]);
    }
};

// The words of each title, in their order.
WordsOfTitles words_of_titles(const Texts& titles, TextsBuilder& words) {
    WordsOfTitles out;
    for (std::size_t title = 0; title < titles.size(); ++title) {
        for_each_word(titles[title], [&](std::string_view word) { out.items.push_back(words.add(word)); });
        out.begins.push_back(static_cast<std::uint32_t>(out.items.size()));
    }
    return out;
}

// Calls take(word) once for each word of a title.
template <class Take>
void for_each_once(std::span<const std::uint32_t> words, Take take) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto before = words.first(i);
        if (std::find(before.begin(), before.end(), words[i]) == before.end()) take(words[i]);
    }
}

// The rows of each word, out of the words of each row's title.
RisingLists rows_of_words(const Rows& rows, const WordsOfTitles& words_of, std::size_t words) {
    std::vector<std::uint32_t> begins(words + 1);
    for (const std::uint32_t title : rows.title_of)
        for_each_once(words_of[title], [&begins](std::uint32_t word) { ++begins[word + 1]; });
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::vector<std::uint32_t> items(begins.back());
    std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        for_each_once(words_of[rows.title_of[row]], [&](std::uint32_t word) { items[next[word]++] = row; });
    }
    return {begins, items};
}

}  // namespace

TitleWords::TitleWords(const Rows& rows) {
    TextsBuilder builder;
    const WordsOfTitles words_of = words_of_titles(rows.titles, builder);
    rows_ = rows_of_words(rows, words_of, builder.size());
    of_titles_ = {Starts(words_of.begins), Packed(words_of.items)};
    texts_ = std::move(builder).signed_texts();
    std::vector<std::uint32_t> hashes;
    for (std::size_t word = 0; word < texts_.size(); ++word) hashes.push_back(hash_of(texts_[word]));
    hashes_ = Column(std::move(hashes));
}

// Many at a time without a branch: most are of none.
template <class Take>
void TitleWords::for_each_with_hash(std::uint32_t hash, Take take) const {
    constexpr std::size_t at_once = 256;
    const std::uint32_t* const hashes = hashes_.data();
    for (std::size_t begin = 0; begin < hashes_.size(); begin += at_once) {
        const std::size_t end = std::min(begin + at_once, hashes_.size());
        std::uint32_t any = 0;
        for (std::size_t id = begin; id < end; ++id) any |= static_cast<std::uint32_t>(hashes[id] == hash);
        for (std::size_t id = begin; any != 0 && id < end; ++id) {
            if (hashes[id] == hash) take(static_cast<std::uint32_t>(id));
        }
    }
}

std::optional<std::uint32_t> TitleWords::find(std::string_view word) const {
    std::optional<std::uint32_t> out;
    for_each_with_hash(hash_of(word), [&](std::uint32_t id) {
        if (texts_[id] == word) out = id;
    });
    return out;
}

std::vector<std::uint32_t> TitleWords::rows_with(std::string_view text) const {
    std::optional<std::uint32_t> rarest;
    bool all = true;
    for_each_word(text, [&](std::string_view word) {
        const auto id = all ? find(word) : std::nullopt;
        all = id.has_value();
        if (all && (!rarest || rows_.size_of(*id) < rows_.size_of(*rarest))) rarest = id;
    });
    std::vector<std::uint32_t> out;
    if (all && rarest) rows_.for_each(*rarest, [&out](std::uint32_t row) { out.push_back(row); });
    return out;
}

// Words of one hash are taken for one, as they are where titles are compared.
Counterparts TitleWords::counterparts_of(const TextForm& text, RowsSharing& rows) const {
    std::vector<std::uint32_t> alike;
    std::vector<double> ratios;
    Counterparts out{text.words.size(), std::vector<std::uint64_t>(texts_.size()), {}};
    const bool countable = out.asked < 64;
    std::uint64_t bit = countable ? 1 : Counterparts::all;
    const auto mark = [&](std::uint32_t id) {
        if (out.masks[id] == 0) out.ids.push_back(id);
        out.masks[id] |= bit;
    };
    for (const Word& word : text.words) {
        const AskedText asked(word.in(text.text), texts_);
        alike.resize(texts_.size());
        alike.resize(asked.find_alike(texts_.signatures.part(0, texts_.size()), as_need(same_word), alike.data()));
        ratios.resize(alike.size());
        asked.ratios(alike, ratios.data());
        for (std::size_t i = 0; i < alike.size(); ++i) {
            if (ratios[i] >= same_word) mark(alike[i]);
        }
        for_each_with_hash(word.hash, mark);
        if (countable) bit <<= 1;
    }
    std::sort(out.ids.begin(), out.ids.end(),
              [this](std::uint32_t a, std::uint32_t b) { return rows_.size_of(a) < rows_.size_of(b); });
    for (const std::uint32_t id : out.ids) {
        const std::uint64_t of_several = std::has_single_bit(out.masks[id]) ? 0 : Counterparts::all;
        rows_.for_each(id, [&rows, of_several](std::uint32_t row) {
            std::uint64_t& words = rows.words[row / 64];
            const std::uint64_t row_bit = std::uint64_t{1} << (row % 64);
            rows.several[row / 64] |= row_bit & (words | of_several);
            words |= row_bit;
        });
    }
    return out;
}

std::vector<std::uint64_t> TitleWords::repeating(const Rows& rows) const {
    std::vector<std::uint64_t> titles(of_titles_.size() / 64 + 1);
    std::vector<std::uint32_t> words;
    for (std::size_t title = 0; title < of_titles_.size(); ++title) {
        const auto of_title = of_titles_[title];
        words.assign(of_title.begin(), of_title.end());
        std::size_t once = 0;
        for_each_once(words, [&once](std::uint32_t) { ++once; });
        if (once < words.size()) titles[title / 64] |= std::uint64_t{1} << (title % 64);
    }
    std::vector<std::uint64_t> out(rows.size() / 64 + 1);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::uint32_t title = rows.title_of[row];
        out[row / 64] |= (titles[title / 64] >> (title % 64) & 1) << (row % 64);
    }
    return out;
}

}  // namespace musicsync::catalog
