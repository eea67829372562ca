#include "catalog/text_columns.hpp"

#include <algorithm>

#include "catalog/signature.hpp"

namespace musicsync::catalog {
namespace {

bool is_plain(std::string_view text) noexcept {
    return text.size() <= longest_signed &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0 && (c < 'A' || c > 'Z'); });
}

}  // namespace

TextColumns::TextColumns(std::size_t count, const std::function<std::string_view(std::size_t)>& text_of) {
    std::vector<std::vector<std::uint32_t>> of_size(longest_signed + 1);
    for (std::uint32_t id = 0; id < count; ++id) {
        const std::string_view text = text_of(id);
        (is_plain(text) ? of_size[text.size()] : others_).push_back(id);
    }
    for (const std::vector<std::uint32_t>& some : of_size) ids_.insert(ids_.end(), some.begin(), some.end());
    for (std::size_t first = 0; first < ids_.size(); first += kernel::column_texts) {
        const std::size_t behind = std::min(first + kernel::column_texts, ids_.size());
        const std::size_t longest = text_of(ids_[behind - 1]).size();
        quads_.resize(quads_.size() + (longest + kernel::quad_symbols - 1) / kernel::quad_symbols);
        for (std::size_t i = first; i < behind; ++i) {
            const std::string_view text = text_of(ids_[i]);
            for (std::size_t j = 0; j < text.size(); ++j) {
                Quad& quad = quads_[begins_.back() + j / kernel::quad_symbols];
                quad.symbols[(i - first) * kernel::quad_symbols + j % kernel::quad_symbols] =
                    static_cast<std::uint8_t>(text[j]);
            }
        }
        begins_.push_back(static_cast<std::uint32_t>(quads_.size()));
    }
}

}  // namespace musicsync::catalog
