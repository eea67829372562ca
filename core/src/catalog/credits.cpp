#include "catalog/credits.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "similarity/code_points.hpp"

namespace musicsync::catalog {

std::string credit_text(const CreditForm& credits, Reading::Kind kind) {
    std::string out;
    for (const std::u32string_view name : credits.names) out.append(out.empty() ? "" : "\n").append(to_utf8(name));
    if (!credits.romanized_line.empty()) out.append("\t").append(to_utf8(credits.romanized_line.text));
    if (kind != Reading::whole) out.append("\v").push_back(static_cast<char>('0' + kind));
    return out;
}

std::string credit_text(std::u32string_view name, Reading::Kind kind) {
    std::string out = to_utf8(name);
    out.append("\v").push_back(static_cast<char>('0' + kind));
    return out;
}

Credits::Credits(const Texts& credits) {
    TextsBuilder all;
    std::vector<std::uint32_t> begins;
    std::vector<std::uint32_t> ids;
    std::vector<std::uint8_t> all_kinds;
    std::vector<std::uint8_t> all_scripts;
    for (std::size_t credit = 0; credit < credits.size(); ++credit) {
        const std::size_t begin = ids.size();
        begins.push_back(static_cast<std::uint32_t>(begin));
        const auto add = [&](std::string_view text) {
            const std::uint32_t id = all.add(text);
            if (std::find(ids.begin() + static_cast<std::ptrdiff_t>(begin), ids.end(), id) == ids.end())
                ids.push_back(id);
        };
        std::string_view rest = credits[credit];
        const bool marked = rest.size() >= 2 && rest[rest.size() - 2] == '\v';
        all_kinds.push_back(marked ? static_cast<std::uint8_t>(rest.back() - '0') : std::uint8_t{Reading::whole});
        std::string line(names_of_credit(rest));
        for_each_part(line, '\n', add);
        std::replace(line.begin(), line.end(), '\n', ' ');
        all_scripts.push_back(static_cast<std::uint8_t>(script_of(line)));
        rest.remove_prefix(line.size());
        if (marked) rest.remove_suffix(2);
        for (const std::string_view text : {std::string_view(line), rest.substr(rest.empty() ? 0 : 1)}) {
            if (text.empty()) continue;
            add(text);
            add(by_word(text));
        }
    }
    begins.push_back(static_cast<std::uint32_t>(ids.size()));
    texts = std::move(all).signed_texts();
    texts_of = {Column(std::move(begins)), Column(std::move(ids))};
    kinds = Column(std::move(all_kinds));
    scripts = Column(std::move(all_scripts));
}

}  // namespace musicsync::catalog
