#include "musicsync/normalize.hpp"

#include <optional>
#include <utility>

#include "latin.hpp"
#include "unicode.hpp"
#include "words.hpp"

namespace musicsync {
namespace text {

namespace {

std::string finish_stripped(Text stripped) {
    const Text plain = article_in_front(std::move(stripped));
    const Text words = WordWriter<char32_t>(plain).write();
    return to_utf8(words.empty() ? single_spaced(View(plain)) : compose(words));
}

std::string bytes_of(View ascii) {
    std::string bytes(ascii.size(), '\0');
    for (std::size_t i = 0; i < ascii.size(); ++i) bytes[i] = static_cast<char>(ascii[i]);
    return bytes;
}

}  // namespace

std::string finish_by_icu(View folded) { return finish_stripped(strip_marks(folded)); }

std::string finish(View folded) {
    if (is_ascii(folded)) return finish_ascii(bytes_of(folded));
    std::optional<Text> stripped = strip_latin(folded);
    if (!stripped) return finish_by_icu(folded);
    return is_ascii(*stripped) ? finish_ascii(bytes_of(*stripped)) : finish_stripped(*std::move(stripped));
}

}  // namespace text

std::string normalize(std::string_view text) {
    return text::is_ascii(text) ? text::normalize_ascii(text) : text::finish(text::fold(text));
}

}  // namespace musicsync
