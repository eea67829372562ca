#include "ascii.hpp"

#include <algorithm>
#include <array>

#include "kernels/kernels.hpp"
#include "musicsync/normalize.hpp"
#include "words.hpp"

namespace musicsync::text {
namespace {

std::string words_of(std::string_view folded) {
    const std::string text = article_in_front(std::string(folded));
    std::string out = WordWriter<char>(text).write();
    return out.empty() ? single_spaced(std::string_view(text)) : out;
}

}  // namespace

// A longer text is cut at spaces: none of the rules that ascii_forms leaves to others looks across one.
bool write_ascii_form(std::string_view text, std::string& out) {
    if (text.size() > max_text_bytes) return false;
    const kernel::Kernel& kernel = kernel::active();
    std::array<char, kernel::longest_ascii> form;  // NOLINT(*-member-init): what is read is written first
    out.clear();
    while (true) {
        const bool last = text.size() <= form.size();
        const std::size_t end = last ? text.size() : text.rfind(' ', form.size());
        const auto* const begin = reinterpret_cast<const std::uint8_t*>(text.data());
        std::size_t size = 0;
        if (kernel.ascii_forms({&begin, &end, 1}, reinterpret_cast<std::uint8_t*>(form.data()), &size) == 0)
            return false;
        out.append(form.data(), size);
        if (last) return true;
        out += ' ';
        text.remove_prefix(end + 1);
    }
}

std::string finish_ascii(std::string_view folded) {
    std::string out;
    return write_ascii_form(folded, out) ? out : words_of(folded);
}

std::string normalize_ascii(std::string_view text) {
    std::string folded(text.substr(0, max_text_bytes));
    std::transform(folded.begin(), folded.end(), folded.begin(), folded_ascii);
    return words_of(folded);
}

}  // namespace musicsync::text
