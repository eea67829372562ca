#include "score/alone.hpp"

#include <algorithm>
#include <utility>

#include "musicsync/normalize.hpp"
#include "normalize/ascii.hpp"
#include "normalize/title.hpp"
#include "score/credit_form.hpp"
#include "score/given_title.hpp"
#include "score/plain_text.hpp"
#include "score/title_pieces.hpp"
#include "score/works.hpp"

namespace musicsync {

std::optional<TitleAlone> read_title_alone(std::string_view title) {
    if (!text::is_ascii(title)) return std::nullopt;
    std::string none;
    const std::string_view given = given_title(title, none);
    if (is_in_sections(given)) return std::nullopt;
    TitleAlone out;
    out.whole = normalize(given);
    std::optional<TitleParts> parts = text::parts_of(given, out.whole);
    out.base = parts ? std::move(parts->base) : out.whole;
    if (out.base.empty()) return std::nullopt;
    if (parts) out.featured = std::move(parts->featured);
    out.said = {TextHashes(out.whole).whole, TextHashes(out.base).letters, !work_of(given).numbers.empty(),
                out.base.find('*') != std::string::npos};
    return out;
}

std::optional<AlbumAlone> read_album_alone(std::string_view album) {
    if (!text::is_ascii(album)) return std::nullopt;
    const std::string_view given = given_album(album);
    AlbumAlone out;
    out.whole = normalize(given);
    std::optional<TitleParts> parts = text::parts_of(given, out.whole);
    out.base = parts ? std::move(parts->base) : out.whole;
    return out;
}

bool read_credit_alone(const std::vector<std::string>& artists, const std::vector<std::string>& featured,
                       std::string& out) {
    const auto is_ascii = [](std::string_view name) { return text::is_ascii(name); };
    if (!std::all_of(artists.begin(), artists.end(), is_ascii)) return false;
    std::vector<std::string> names = credited_names(artists);
    prepare_names(names, featured);
    out += join(names, "\n");
    return std::all_of(names.begin(), names.end(), is_ascii);
}

}  // namespace musicsync
