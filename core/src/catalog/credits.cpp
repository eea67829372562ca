#include "catalog/credits.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "catalog/asked_text.hpp"
#include "score/evidence.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

// Raises `most` to how alike each text is to the asked one, as names are compared.
class Raise {
  public:
    Raise(const Texts& texts, const TextColumns& columns, std::vector<float>& most)
        : texts_(texts), columns_(columns), most_(most), ratios_(most.size()), looked_at_(most.size()) {}

    void by(std::u32string_view text) {
        AskedText(text, texts_).ratios_at_most(columns_, ratios_);
        raise(static_cast<float>(text.size()), ratios_.data(), texts_.signatures.sizes.data());
        const std::string mine = to_utf8(text);
        for (std::size_t id = 0; (id = next(id)) < looked_at_.size(); ++id) {
            float& likeness = most_[id];
            const std::string_view other = texts_[id];
            if (likeness < static_cast<float>(name_inside) && contains_words(mine, other))
                likeness = static_cast<float>(name_inside);
            if (likeness < 1.0F && equal_but_for_spaces(mine, other)) likeness = 1.0F;
        }
    }

  private:
    // The first from `id` on that is looked at.
    [[nodiscard]] std::size_t next(std::size_t id) const noexcept {
        const auto* const behind =
            static_cast<const std::uint8_t*>(std::memchr(looked_at_.data() + id, 1, looked_at_.size() - id));
        return behind == nullptr ? looked_at_.size() : static_cast<std::size_t>(behind - looked_at_.data());
    }
    // And marks those that may be equal but for spaces, or stand inside of the other. Without branches: most are not.
    void raise(float size, const float* ratios, const std::uint8_t* sizes) {
        constexpr float rounded = 1e-3F;  // ratios are floats
        float* const most = most_.data();
        std::uint8_t* const looked_at = looked_at_.data();
        for (std::size_t id = 0; id < ratios_.size(); ++id) {
            const auto other = static_cast<float>(sizes[id]);
            const float common = ratios[id] * (size + other) + rounded;
            const bool inside = common >= 2.0F * std::min(size, other);
            const bool near = ratios[id] >= static_cast<float>(but_for_spaces) - rounded;
            most[id] = std::max(most[id], ratios[id]);
            looked_at[id] = static_cast<std::uint8_t>(static_cast<unsigned>(inside) | static_cast<unsigned>(near));
        }
    }

    const Texts& texts_;
    const TextColumns& columns_;
    std::vector<float>& most_;
    std::vector<float> ratios_;
    std::vector<std::uint8_t> looked_at_;
};

}  // namespace

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

std::vector<float> Credits::likeness_of_texts(std::span<const std::u32string_view> asked,
                                              const TextColumns& columns) const {
    std::vector<float> out(texts.size());
    Raise raise(texts, columns, out);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto before = asked.first(i);
        if (std::find(before.begin(), before.end(), asked[i]) == before.end()) raise.by(asked[i]);
    }
    return out;
}

// A credit is as alike as its line or, of several names, as the most alike two of them.
std::vector<float> Credits::likeness_at_most(std::span<const float> of_texts) const {
    std::vector<float> out(texts_of.size());
    for (std::size_t credit = 0; credit < out.size(); ++credit) {
        for (const std::uint32_t text : texts_of[credit]) out[credit] = std::max(out[credit], of_texts[text]);
    }
    return out;
}

}  // namespace musicsync::catalog
