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
        const auto* const behind = static_cast<const std::uint8_t*>(
            std::memchr(looked_at_.data() + id, 1, looked_at_.size() - id));
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

Credits::Credits(const Texts& credits) {
    TextsBuilder all;
    std::vector<std::uint32_t> begins;
    std::vector<std::uint32_t> ids;
    for (std::size_t credit = 0; credit < credits.size(); ++credit) {
        const std::size_t begin = ids.size();
        begins.push_back(static_cast<std::uint32_t>(begin));
        const auto add = [&](std::string_view text) {
            const std::uint32_t id = all.add(text);
            if (std::find(ids.begin() + static_cast<std::ptrdiff_t>(begin), ids.end(), id) == ids.end())
                ids.push_back(id);
        };
        std::string line(credits[credit]);
        if (line.empty()) continue;
        for_each_part(line, '\n', add);
        std::replace(line.begin(), line.end(), '\n', ' ');
        add(line);
        add(by_word(line));
    }
    begins.push_back(static_cast<std::uint32_t>(ids.size()));
    texts = std::move(all).signed_texts();
    texts_of = {Column(std::move(begins)), Column(std::move(ids))};
}

// A credit is as alike as its line or, of several names, as the most alike two of them.
std::vector<float> Credits::likeness_at_most(const CreditForm& asked, const TextColumns& columns) const {
    std::vector<float> of_texts(texts.size());
    std::vector<std::u32string_view> mine{asked.line.text};
    const auto add = [&mine](std::u32string_view text) {
        if (std::find(mine.begin(), mine.end(), text) == mine.end()) mine.push_back(text);
    };
    add(asked.line.by_word());
    for (const std::u32string_view name : asked.names) add(name);
    Raise raise(texts, columns, of_texts);
    for (const std::u32string_view text : mine) raise.by(text);
    std::vector<float> out(texts_of.size());
    for (std::size_t credit = 0; credit < out.size(); ++credit) {
        for (const std::uint32_t text : texts_of[credit]) out[credit] = std::max(out[credit], of_texts[text]);
    }
    return out;
}

}  // namespace musicsync::catalog
