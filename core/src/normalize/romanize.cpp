#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <string>

#include "musicsync/normalize.hpp"
#include "script.hpp"
#include "unicode.hpp"

namespace musicsync {
namespace {

// The practical spellings that people type (zh, kh, ya; modern Greek) come before ICU's reversible ones.
constexpr std::string_view rules(Script script) noexcept {
    switch (script) {
        case Script::cyrillic: return "Russian-Latin/BGN; Cyrillic-Latin";
        case Script::greek: return "Greek-Latin/UNGEGN";
        case Script::hangul: return "Hangul-Latin";
        case Script::kana: return "Hiragana-Latin; Katakana-Latin";
        case Script::arabic: return "Arabic-Latin";
        case Script::hebrew: return "Hebrew-Latin";
        case Script::thai: return "Thai-Latin";
        case Script::devanagari: return "Devanagari-Latin";
        default: return "";
    }
}

// A transliterator replaces inside its text, which is quadratic in a long one, and keeps state: short chunks, one at a
// time. ICU would lock here anyway.
class Romanizer {
  public:
    std::string convert(Script script, std::string_view chunk) {
        const std::lock_guard lock(mutex_);
        auto& transliterator = loaded_[static_cast<std::size_t>(script)];
        if (!transliterator) {
            UErrorCode status = U_ZERO_ERROR;
            const std::string_view id = rules(script);
            transliterator.reset(icu::Transliterator::createInstance(
                icu::UnicodeString(id.data(), static_cast<int>(id.size()), US_INV), UTRANS_FORWARD, status));
            if (U_FAILURE(status)) transliterator.reset();
        }
        if (!transliterator) return {};  // ICU without transliteration data: no spelling that can be trusted
        icu::UnicodeString work = icu::UnicodeString::fromUTF8({chunk.data(), static_cast<int>(chunk.size())});
        transliterator->transliterate(work);
        std::string out;
        work.toUTF8String(out);
        return out;
    }

  private:
    std::mutex mutex_;
    std::array<std::unique_ptr<icu::Transliterator>, static_cast<std::size_t>(Script::other) + 1> loaded_;
};

Romanizer& shared_romanizer() {
    static Romanizer romanizer;
    return romanizer;
}

// Up to `most` bytes, whole words where there are any, never half a character.
std::size_t chunk_length(std::string_view text) {
    constexpr std::size_t most = 384;
    if (text.size() <= most) return text.size();
    const std::size_t space = text.rfind(' ', most - 1);
    if (space != std::string_view::npos) return space + 1;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return end > 0 ? end : most;  // nothing but trail bytes: not UTF-8, any cut will do
}

}  // namespace

std::string romanize(std::string_view normalized) {
    const Script script = script_of(normalized);
    if (script == Script::latin || script == Script::none) return std::string(normalized);
    if (rules(script).empty()) return {};
    std::string latin;
    while (!normalized.empty()) {
        const std::size_t length = chunk_length(normalized);
        latin += shared_romanizer().convert(script, normalized.substr(0, length));
        normalized.remove_prefix(length);
    }
    const text::Text folded = text::fold(latin);
    const bool all_latin = std::ranges::all_of(
        folded, [](char32_t c) { return !text::is_letter(c) || text::script_of_letter(c) == Script::latin; });
    return all_latin ? text::finish(folded) : std::string();
}

}  // namespace musicsync
