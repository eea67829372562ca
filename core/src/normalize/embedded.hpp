// The data files of core/data inside the library. Internal: not installed; made by core/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace musicsync::text {

struct EmbeddedFile {
    std::string_view name;  // "vocabulary.tsv"
    std::span<const std::string_view> lines;
};

[[nodiscard]] std::span<const EmbeddedFile> embedded_files() noexcept;

}  // namespace musicsync::text
