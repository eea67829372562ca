// The files of core/data that are the built-in vocabulary (core/embed.cmake). Internal: not installed.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace musicsync::text {

extern const std::span<const std::string_view> vocabulary_tsv;
extern const std::span<const std::string_view> names_tsv;

struct EmbeddedFile {
    std::string_view name;  // as messages say it
    std::span<const std::string_view> lines;
};

[[nodiscard]] inline std::array<EmbeddedFile, 2> embedded_files() noexcept {
    return {{{"vocabulary.tsv", vocabulary_tsv}, {"names.tsv", names_tsv}}};
}

}  // namespace musicsync::text
