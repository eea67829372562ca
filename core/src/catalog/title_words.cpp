#include "catalog/title_words.hpp"

#include <algorithm>
#include <utility>

#include "catalog/asked_text.hpp"
#include "score/evidence.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

std::uint32_t hash_of(std::string_view word) noexcept {
    std::uint32_t hash = hash_of_nothing;
    for (const char c : word) hash = with_symbol(hash, static_cast<unsigned char>(c));
    return hash;
}

}  // namespace

TitleWords::TitleWords(const Rows& rows) {
    TextsBuilder builder;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> places;  // word, row
    for (std::uint32_t row = 0; row < rows.size(); ++row)
        for_each_word(rows.titles[rows.title_of[row]],
                      [&](std::string_view word) { places.emplace_back(builder.add(word), row); });
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    texts_ = std::move(builder).build();
    for (const auto& [word, row] : places) {
        while (begins_.size() <= word) begins_.push_back(static_cast<std::uint32_t>(rows_.size()));
        rows_.push_back(row);
    }
    begins_.push_back(static_cast<std::uint32_t>(rows_.size()));
    for (std::uint32_t word = 0; word < texts_.size(); ++word) {
        signatures_.push_back(texts_.signature(word));
        hashes_.push_back(hash_of(texts_[word]));
    }
}

std::optional<std::uint32_t> TitleWords::find(std::string_view word) const noexcept {
    const std::uint32_t hash = hash_of(word);
    for (std::uint32_t id = 0; id < hashes_.size(); ++id) {
        if (hashes_[id] == hash && texts_[id] == word) return id;
    }
    return std::nullopt;
}

std::span<const std::uint32_t> TitleWords::rows_with(std::string_view text) const noexcept {
    std::optional<std::span<const std::uint32_t>> rarest;
    bool all = true;
    for_each_word(text, [&](std::string_view word) {
        const auto id = all ? find(word) : std::nullopt;
        all = id.has_value();
        if (all && (!rarest || rows_of(*id).size() < rarest->size())) rarest = rows_of(*id);
    });
    return all && rarest ? *rarest : std::span<const std::uint32_t>{};
}

// Words of one hash are taken for one, as they are where titles are compared.
void TitleWords::mark_counterparts(const TextForm& text, std::vector<std::uint64_t>& bits) const {
    const std::vector<float> needs(texts_.size(), static_cast<float>(same_word / 2.0));
    std::vector<std::uint32_t> alike;
    std::vector<double> ratios;
    const auto mark = [&](std::uint32_t id) {
        for (const std::uint32_t row : rows_of(id)) bits[row / 64] |= std::uint64_t{1} << (row % 64);
    };
    for (const Word& word : text.words) {
        const AskedText asked(word.in(text.text), texts_);
        alike.resize(texts_.size());
        alike.resize(asked.find_sharing(signatures_.part(0, texts_.size()), needs.data(), alike.data()));
        ratios.resize(alike.size());
        asked.ratios(alike, ratios.data());
        for (std::size_t i = 0; i < alike.size(); ++i) {
            if (ratios[i] >= same_word) mark(alike[i]);
        }
        for (std::uint32_t id = 0; id < hashes_.size(); ++id) {
            if (hashes_[id] == word.hash) mark(id);
        }
    }
}

}  // namespace musicsync::catalog
