#include "catalog/text_columns.hpp"

#include <algorithm>
#include <cstring>

#include "catalog/signature.hpp"
#include "parallel/for_blocks.hpp"

namespace musicsync::catalog {
namespace {

constexpr std::size_t blocks_per_task = 256;

// Without a branch for each symbol: of all texts of a catalogue it is asked when that is opened.
bool is_plain(std::string_view text) noexcept {
    unsigned others = 0;
    for (const char c : text) {
        const auto symbol = static_cast<unsigned char>(c);
        others |= static_cast<unsigned>(symbol - 1U >= 0x7F) | static_cast<unsigned>(symbol - unsigned{'A'} < 26);
    }
    return others == 0 && text.size() <= longest_signed;
}

}  // namespace

TextColumns::TextColumns(std::size_t count, const std::function<std::string_view(std::size_t)>& text_of) {
    std::vector<std::vector<std::uint32_t>> of_size(longest_signed + 1);
    for (std::uint32_t id = 0; id < count; ++id) {
        const std::string_view text = text_of(id);
        (is_plain(text) ? of_size[text.size()] : others_).push_back(id);
    }
    for (const std::vector<std::uint32_t>& some : of_size) ids_.insert(ids_.end(), some.begin(), some.end());
    std::size_t quads = 0;
    for (std::size_t first = 0; first < ids_.size(); first += kernel::column_texts) {
        const std::size_t last = std::min(first + kernel::column_texts, ids_.size()) - 1;
        quads += (text_of(ids_[last]).size() + kernel::quad_symbols - 1) / kernel::quad_symbols;  // the longest one
        begins_.push_back(static_cast<std::uint32_t>(quads));
    }
    quads_.resize(quads);
    parallel::for_blocks(blocks(), blocks_per_task, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin * kernel::column_texts; i < std::min(end * kernel::column_texts, ids_.size()); ++i) {
            Quad* quad = quads_.data() + begins_[i / kernel::column_texts];
            const std::size_t column = i % kernel::column_texts * kernel::quad_symbols;
            for (std::string_view text = text_of(ids_[i]); !text.empty(); ++quad) {
                const std::string_view some = text.substr(0, kernel::quad_symbols);
                std::memcpy(quad->symbols + column, some.data(), some.size());
                text.remove_prefix(some.size());
            }
        }
    });
}

}  // namespace musicsync::catalog
