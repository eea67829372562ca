#include "score/clean_text.hpp"

#include <string>

#include "musicsync/track.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {

std::optional<Error> check_text(std::string_view text, std::string_view field) {
    if (text.size() <= Track::max_text_bytes && is_plain(text)) return std::nullopt;
    const std::string where(field);
    if (text.size() > Track::max_text_bytes) {
        return Error{Errc::too_long, where + " has " + std::to_string(text.size()) + " bytes, more than 1 MiB", where};
    }
    if (const std::size_t at = find_invalid_utf8(text); at != std::string_view::npos) {
        return Error{Errc::invalid_utf8, where + " is not UTF-8 at byte " + std::to_string(at), where};
    }
    if (text.find('\0') != std::string_view::npos) return Error{Errc::invalid_value, where + " holds U+0000", where};
    return std::nullopt;
}

}  // namespace musicsync
