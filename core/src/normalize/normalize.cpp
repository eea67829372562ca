#include "musicsync/normalize.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "kernels/kernels.hpp"
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
    std::string out;
    if (text::write_ascii_form(text, out)) return out;
    return text::is_ascii(text) ? text::normalize_ascii(text) : text::finish(text::fold(text));
}

// In stretches, as the kernels take them.
void NormalTexts::assign(std::span<const std::string_view> texts) {
    constexpr std::size_t stretch = 64;
    const kernel::Kernel& kernel = kernel::active();
    std::array<const std::uint8_t*, stretch> begins{};
    std::array<std::size_t, stretch> sizes{};
    ends_.resize(texts.size());
    size_ = 0;
    for (std::size_t done = 0; done < texts.size();) {
        const std::size_t count = std::min(stretch, texts.size() - done);
        for (std::size_t i = 0; i < count; ++i) {
            begins[i] = reinterpret_cast<const std::uint8_t*>(texts[done + i].data());
            sizes[i] = texts[done + i].size();
        }
        for (std::size_t i = 0; i < count;) {
            reserve(kernel::longest_ascii * (count - i));
            auto* const out = reinterpret_cast<std::uint8_t*>(bytes_.data() + size_);
            std::size_t* const ends = ends_.data() + done + i;
            const std::size_t formed = kernel.ascii_forms({begins.data() + i, sizes.data() + i, count - i}, out, ends);
            for (std::size_t k = 0; k < formed; ++k) ends[k] += size_;
            if (formed > 0) size_ = ends[formed - 1];
            i += formed;
            if (i == count) break;
            add(texts[done + i]);
            ends_[done + i] = size_;
            ++i;
        }
        done += count;
    }
}

void NormalTexts::add(std::string_view text) {
    const std::string form = normalize(text);
    reserve(form.size());
    form.copy(bytes_.data() + size_, form.size());
    size_ += form.size();
}

void NormalTexts::reserve(std::size_t more) {
    if (bytes_.size() - size_ < more) bytes_.resize(2 * bytes_.size() + more);
}

}  // namespace musicsync
