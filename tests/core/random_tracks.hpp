// Pairs of tracks as catalogues might tell them: the same numbers for the same seed, everywhere.
#pragma once

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tracks.hpp"

namespace musicsync::testing_support {

class RandomTracks {
  public:
    explicit RandomTracks(std::uint64_t seed) : random_(seed) {}

    // Two tracks of which the second is mostly the first with some changes, else another one.
    std::pair<Track, Track> pair() {
        Song first = song();
        Song second = one_in(4) ? song() : first;
        if (one_in(16)) {
            first.title += " 3";
            second.title += " III";
        }
        for (std::size_t changes = below(4); changes > 0; --changes) change(second);
        return {track(first), track(second)};
    }

    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }

  private:
    bool one_in(std::size_t n) { return below(n) == 0; }

    template <class Texts>
    const char* any(const Texts& texts) {
        return texts[below(std::size(texts))];
    }

    std::string words(std::size_t most) {
        static constexpr const char* list[] = {"river", "Song", "the",    "Night",   "Omen", "of",   "Africa",
                                               "F**k",  "love", "Группа", "夜に",    "Jayu", "자유", "crazy",
                                               "one",   "Blue", "Thaw",   "harbour", "2",    "III",  "I",
                                               "и",     "ночь", "café",   "Fu*k"};
        std::string out = any(list);
        for (std::size_t more = below(most); more > 0; --more) out += std::string(" ") + any(list);
        return out;
    }

    std::string name() {
        static constexpr const char* list[] = {"Toto",
                                               "Jane Doe",
                                               "The Kinks",
                                               "Black Fox Trio",
                                               "Кино",
                                               "宇多田ヒカル",
                                               "Max & Moritz",
                                               "Otto Mops",
                                               "Various Artists",
                                               "Simon & Garfunkel",
                                               "Arthur Brown",
                                               "The Crazy World of Arthur Brown"};
        return any(list);
    }

    Song song() {
        Song out{words(4), {}};
        for (std::size_t names = below(3) + (one_in(8) ? 0 : 1); names > 0; --names) out.artists.push_back(name());
        if (!one_in(3)) out.album = one_in(4) ? out.title : one_in(4) ? "Greatest Hits" : words(3);
        if (!one_in(3)) out.seconds = 180.0 + static_cast<double>(below(60));
        if (one_in(4)) out.isrc = one_in(2) ? "USSM18200342" : "GBAAA9900001";
        if (one_in(3)) out.year = 1980 + static_cast<int>(below(40));
        return out;
    }

    void change(Song& song) {
        static constexpr const char* endings[] = {" (Live)",      " - Remastered 2011", ", Pt. 2",    " (feat. Max)",
                                                  " - Ann Remix", " (Radio Edit)",      " 2",         " II",
                                                  " remix",       " (Toto IV)",         " (Mono Mix)"};
        switch (below(11)) {
            case 0: song.title += any(endings); break;
            case 1: song.title = song.title.substr(0, song.title.find(' ')); break;
            case 2: song.title += " " + words(2); break;
            case 3: mistype(song.title); break;
            case 4: std::erase(song.title, ' '); break;
            case 5:
                if (!song.artists.empty()) song.title = song.artists[0] + (one_in(2) ? " - " : " ") + song.title;
                if (one_in(2)) song.artists.clear();
                break;
            case 6: song.title += (one_in(2) ? " - " : " (") + song.album + (one_in(2) ? ")" : ""); break;
            case 7:
                if (!song.artists.empty()) std::swap(song.title, song.artists[0]);
                break;
            case 8: one_in(2) ? song.artists.clear() : song.artists.push_back(name()); break;
            case 9: song.album = one_in(2) ? "" : words(3); break;
            default: song.seconds = one_in(3) ? 0.0 : 180.0 + static_cast<double>(below(60)); break;
        }
    }

    // One ASCII letter is exchanged.
    void mistype(std::string& text) {
        const std::size_t at = below(text.size() + 1);
        if (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80)
            text[at] = static_cast<char>('a' + below(26));
    }

    std::mt19937_64 random_;
};

}  // namespace musicsync::testing_support
