#include "musicsync/normalize.hpp"

#include "unicode.hpp"
#include "words.hpp"

namespace musicsync {
namespace text {

std::string finish_by_icu(View folded) {
    const Text plain = article_in_front(strip_marks(folded));
    const Text words = WordWriter<char32_t>(plain).write();
    return to_utf8(words.empty() ? single_spaced(View(plain)) : compose(words));
}

std::string finish(View folded) {
    if (!is_ascii(folded)) return finish_by_icu(folded);
    std::string bytes(folded.size(), '\0');
    for (std::size_t i = 0; i < folded.size(); ++i) bytes[i] = static_cast<char>(folded[i]);
    return finish_ascii(bytes);
}

}  // namespace text

std::string normalize(std::string_view text) {
    return text::is_ascii(text) ? text::normalize_ascii(text) : text::finish(text::fold(text));
}

}  // namespace musicsync
