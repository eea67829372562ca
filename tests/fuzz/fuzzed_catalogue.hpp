// What the targets of catalogues share: a small file with rows, and searches.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "catalog/file.hpp"
#include "catalog/parts.hpp"
#include "fuzz.hpp"
#include "musicsync/catalog.hpp"

namespace musicsync::fuzz {

inline Track song(std::string title, std::vector<std::string> artists, std::string album, std::string isrc = {}) {
    Track::Fields fields;
    fields.title = std::move(title);
    fields.artists = std::move(artists);
    fields.album = std::move(album);
    fields.isrc = std::move(isrc);
    return *Track::make(std::move(fields));
}

inline std::vector<std::byte> small_file() {
    std::vector<Track> songs;
    for (int i = 0; i < 8; ++i) {
        const std::string number = std::to_string(i);
        songs.push_back(song("Africa " + number, {"Toto", "Jane Doe " + number}, "Toto IV", "USSM1820034" + number));
        songs.push_back(song("Suite op. 12 no. " + number, {"Ann Lee"}, ""));
        songs.push_back(song("夜に駆ける (Live " + number + ")", {"YOASOBI"}, "THE BOOK"));
    }
    catalog::PartsBuilder builder;
    check(builder.add(songs), "nobody stops it");
    return catalog::as_bytes(*std::move(builder).build(0));
}

inline void search(const Catalog& catalog) {
    static const std::vector<Track> queries{song("Africa 3", {"Toto"}, "Toto IV", "USSM18200343"),
                                            song("op. 12 no. 2 suite", {"Lee Ann", "Toto"}, "x"),
                                            song("夜に駆ける", {"yoasobi"}, "")};
    for (const Track& query : queries) {
        for (const Profile& profile : {Profile::standard(), Profile::classic()})
            check(catalog.search(profile, query, 5).size() <= 5, "no more than asked for");
    }
    (void)catalog.lookup_isrc("USSM18200343");
    for (std::size_t i = 0; i < catalog.size() && i < 30; ++i) (void)catalog[i];
}

}  // namespace musicsync::fuzz
