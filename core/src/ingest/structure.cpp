#include "ingest/structure.hpp"

#include <algorithm>

namespace musicsync::json {

bool Structure::find(std::string_view lines) {
    constexpr std::size_t depth = 1;  // this stage has no depth
    const std::size_t capacity = std::max<std::size_t>(lines.size(), 64);
    if (!parser_) {
        if (simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, depth, parser_))
            return false;
    } else if (parser_->capacity() < capacity && parser_->allocate(capacity, depth)) {
        return false;
    }
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(lines.data());
    const auto problem = parser_->stage1(bytes, lines.size(), simdjson::stage1_mode::regular);
    if (problem == simdjson::EMPTY) {
        parser_->n_structural_indexes = 0;
        parser_->structural_indexes[0] = static_cast<std::uint32_t>(lines.size());
        return true;
    }
    return problem == simdjson::SUCCESS;
}

std::span<const std::uint32_t> Structure::positions() const noexcept {
    return {parser_->structural_indexes.get(), parser_->n_structural_indexes};
}

}  // namespace musicsync::json
