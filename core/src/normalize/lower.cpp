#include <unicode/ustring.h>

#include <algorithm>
#include <cstdint>

#include "musicsync/normalize.hpp"
#include "unicode.hpp"

namespace musicsync {

std::string lower(std::string_view input) {
    if (text::is_ascii(input)) {
        std::string out(input.substr(0, max_text_bytes));
        std::transform(out.begin(), out.end(), out.begin(), text::lower_ascii);
        return out;
    }
    const std::u16string source = text::to_utf16(input);
    std::u16string out(source.size() + 16, u'\0');
    UErrorCode status = U_ZERO_ERROR;
    const auto length = static_cast<std::int32_t>(source.size());
    std::int32_t needed =
        u_strToLower(out.data(), static_cast<std::int32_t>(out.size()), source.data(), length, "", &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        out.resize(static_cast<std::size_t>(needed));
        needed = u_strToLower(out.data(), needed, source.data(), length, "", &status);
    }
    if (U_FAILURE(status)) return text::to_utf8(source);  // out of memory only: the text as it is
    out.resize(static_cast<std::size_t>(needed));
    return text::to_utf8(out);
}

}  // namespace musicsync
