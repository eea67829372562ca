// Is the second song the first one? same_song TITLE ARTIST TITLE ARTIST
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "musicsync/decide.hpp"

musicsync::Result<musicsync::Track> song(const char* title, const char* artist) {
    musicsync::Track::Fields fields;
    fields.title = title;
    fields.artists = {artist};
    return musicsync::Track::make(std::move(fields));
}

int main(int count, char** words) {
    if (count != 5) return 2;
    const auto asked = song(words[1], words[2]);
    const auto found = song(words[3], words[4]);
    if (!asked || !found) {
        std::fprintf(stderr, "%s\n", (asked ? found : asked).error().message.c_str());
        return 1;
    }
    const auto decision = musicsync::decide(musicsync::Profile::standard(), *asked, std::vector{*found});
    std::printf("%s\n", std::string(musicsync::name(decision.verdict)).c_str());
}
