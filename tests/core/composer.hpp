// Tracks whose texts are composed of what titles are read by: the same ones everywhere.
#pragma once

#include <random>
#include <string>
#include <string_view>

#include "normalize/vocabulary.hpp"
#include "tracks.hpp"

namespace musicsync::testing_support {

// Phrases of the vocabulary, signs that titles are cut at, words in other scripts.
class Composer {
  public:
    std::string text(std::size_t most) {
        static constexpr std::string_view signs[] = {" (", ") ", " [", "]", " - ", "-", ", ", " & ", " feat. ",
                                                     "'",  "\"", "!",  ".", "*",   "~", ": ", " / ", " x "};
        static constexpr std::string_view others[] = {"夜に",  "Группа", "별빛", "café", "KoЯn", "Ｌｉｖｅ", "ß",
                                                      "Pt. 2", "1975",   "the",  "and",  "n",    "of"};
        const auto phrases = text::vocabulary().phrases();
        std::string out;
        for (std::size_t pieces = 1 + below(most); pieces > 0; --pieces) {
            const std::size_t kind = below(4);
            if (!out.empty() && below(3) != 0) out += ' ';
            out += kind < 2    ? phrases[below(phrases.size())].text
                   : kind == 2 ? signs[below(std::size(signs))]
                               : others[below(std::size(others))];
        }
        return out;
    }

    Track track() {
        Song song{text(6), {}, text(4)};
        for (std::size_t names = below(4); names > 0; --names) song.artists.push_back(text(3));
        if (below(5) == 0) song.album = song.title;
        if (below(5) == 0) song.title += " (" + song.album + ")";
        return testing_support::track(song);
    }

  private:
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
    std::mt19937_64 random_{20261127};
};

}  // namespace musicsync::testing_support
