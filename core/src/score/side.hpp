// A track of a pair, and its words in the cheapest form that there is.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "musicsync/track.hpp"
#include "score/credit_form.hpp"
#include "score/normal_form.hpp"
#include "score/outline.hpp"
#include "score/words_in.hpp"

namespace musicsync {

// One track of a pair, with its outline at hand.
struct Side {
    const Track& track;
    const Outline& outline;
    Side(const Track& of) noexcept : track(of), outline(of.outline()) {}  // NOLINT(google-explicit-constructor)
    [[nodiscard]] const NormalForm& normal() const { return track.normal(); }
};

// The names of a track's credit, guests last.
class Names {
  public:
    explicit Names(const Side& side)
        : line_(side.outline.is_short(Outline::line) ? side.outline.text_of(Outline::line) : std::string_view()) {
        if (!side.outline.is_short(Outline::line)) {
            all_ = side.normal().credits.names;
            return;
        }
        std::u32string_view* end = names_.data();
        side.outline.for_each_name(
            [&](std::size_t begin, std::size_t size) { *end++ = line_.text().substr(begin, size); });
        all_ = {names_.data(), end};
    }
    Names(const Names&) = delete;
    Names& operator=(const Names&) = delete;
    [[nodiscard]] std::span<const std::u32string_view> all() const noexcept { return all_; }

  private:
    Widened line_;
    std::array<std::u32string_view, most_names> names_;
    std::span<const std::u32string_view> all_;
};

// Of an outline's texts those in their own order.
[[nodiscard]] inline const TextForm& form_of(const NormalForm& form, Outline::Text which) noexcept {
    switch (which) {
        case Outline::title: return form.title;
        case Outline::line: return form.credits.line;
        case Outline::telling: return form.credits.telling;
        default: return form.album;
    }
}

// compare(words of a, words of b) of their titles, or of what is telling in their credits: of bytes where both are
// short and plain, else of code points.
template <class Compare>
auto with_words(const Side& a, const Side& b, Outline::Text which, Compare compare) {
    const auto plain = [which](const Outline& outline) {
        return WordsIn<char>{outline.text_of(which),
                             which == Outline::title ? outline.title_words : outline.telling_words};
    };
    if (both_short(a.outline, b.outline, which)) return compare(plain(a.outline), plain(b.outline));
    return compare(words_in(form_of(a.normal(), which)), words_in(form_of(b.normal(), which)));
}

}  // namespace musicsync
