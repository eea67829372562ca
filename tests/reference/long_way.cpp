#include "reference/long_way.hpp"

#include <unicode/ustring.h>

#include <algorithm>
#include <array>

#include "../../core/src/normalize/artists.hpp"
#include "../../core/src/normalize/channels.hpp"
#include "../../core/src/normalize/script.hpp"
#include "../../core/src/normalize/title.hpp"
#include "../../core/src/normalize/unicode.hpp"

namespace musicsync::reference {

std::string normalize(std::string_view input) { return text::finish_by_icu(text::fold_by_icu(input)); }

std::string lower(std::string_view input) {
    const std::u16string source = text::to_utf16(input);
    std::u16string out(3 * source.size() + 16, u'\0');
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t length = u_strToLower(out.data(), static_cast<std::int32_t>(out.size()), source.data(),
                                             static_cast<std::int32_t>(source.size()), "", &status);
    out.resize(static_cast<std::size_t>(length));
    return text::to_utf8(out);
}

Script script_of(std::string_view input) {
    std::array<int, static_cast<std::size_t>(Script::other) + 1> letters{};
    const std::u16string units = text::to_utf16(input);
    for (std::size_t i = 0; i < units.size();) {
        char32_t c = 0;
        U16_NEXT(units.data(), i, units.size(), c);
        if (text::is_letter(c)) ++letters[static_cast<std::size_t>(text::script_of_letter(c))];
    }
    const auto most = std::max_element(letters.begin(), letters.end());
    return *most == 0 ? Script::none : static_cast<Script>(most - letters.begin());
}

TitleParts parse_title(std::string_view title) { return text::read_title(text::fold_by_icu(title)); }

std::vector<std::string> parse_artists(std::string_view credit) {
    std::vector<std::string> names = text::split_credit(text::fold_by_icu(text::without_channel(credit)));
    for (std::string& name : names) text::cut_channel_suffix(name);
    return text::without_repeats(std::move(names));
}

}  // namespace musicsync::reference
