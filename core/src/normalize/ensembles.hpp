// Names that say "and" and are one artist, as data. Internal: not installed. Every name is in normal form.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace musicsync::text {

// clang-format off
// Whole names with a separator inside that the general rules would take apart. Sorted: a list is searched for its prefix.
inline constexpr auto ensembles = std::to_array<std::string_view>({
    "above and beyond", "above below", "ac dc", "adam and the ants", "alexis and fido", "angus and julia stone",
    "artik and asti", "ashford and simpson", "au ra", "axwell and ingrosso", "axwell ingrosso", "bad cop bad cop",
    "banx and ranx", "bela fleck and the flecktones", "belle and sebastian", "big and rich",
    "big brother and the holding company", "bill haley and his comets", "blood sweat and tears",
    "bob marley and the wailers", "bonnie x clyde", "boy and bear", "brooks and dunn", "bruno and marrone",
    "c and c music factory", "captain and tennille", "captain beefheart and his magic band", "car the garden",
    "chad and jeremy", "chas and dave", "chase and status", "chino and nacho", "chitaozinho and xororo",
    "chloe x halle", "coheed and cambria", "country joe and the fish", "crosby stills and nash",
    "crosby stills nash and young", "dan and shay", "dance with the dead", "dances with white girls",
    "daryl hall and john oates", "dave dee dozy beaky mick and tich", "derek and the dominos",
    "diana ross and the supremes", "dimitri vegas and like mike", "dj jazzy jeff and the fresh prince",
    "earth wind and fire", "echo and the bunnymen", "edward sharpe and the magnetic zeros", "eli and fur",
    "emerson lake and palmer", "england dan and john ford coley", "eric b and rakim", "filatov and karas",
    "fitz and the tantrums", "florence and the machine", "for king and country", "francis and the lights",
    "frankie valli and the four seasons", "gary indiana", "gerry and the pacemakers", "gladys knight and the pips",
    "gregory and the hawk", "hall and oates", "hearts and colors", "henrique and juliano", "hootie and the blowfish",
    "huey lewis and the news", "ike and tina turner", "im with her", "iron and wine",
    "james brown and the famous flames", "jan and dean", "jay and the americans", "jesse and joy",
    "joan jett and the blackhearts", "jorge and mateus", "jowell and randy", "k ci and jojo", "katrina and the waves",
    "kc and the sunshine band", "kool and the gang", "krept and konan", "kruder and dorfmeister",
    "lambert hendricks and ross", "little feat", "loggins and messina", "lost and found", "love and rockets",
    "m a r r s", "macklemore and ryan lewis", "maddie and tae", "maiara and maraisa", "man with a mission",
    "marcus and martinus", "martha reeves and the vandellas", "matheus and kauan", "matisse and sadko",
    "matt and kim", "me and my toothbrush", "me first and the gimme gimmes", "medeski martin and wood",
    "men with secrets", "method man and redman", "miksu macloud", "milk and bone", "monet x change",
    "mumford and sons", "nathaniel rateliff and the night sweats", "nick and simon", "nick cave and the bad seeds",
    "nico and vinz", "nothing nowhere", "now now", "of monsters and men", "off with their heads", "peaches and herb",
    "pete and bas", "pete rock and cl smooth", "peter and gordon", "peter bjorn and john", "peter paul and mary",
    "phats and small", "polo and pan", "quickly quickly", "rick and morty", "robson and jerome", "sam and dave",
    "sandy and junior", "seals and crofts", "she and him", "simon and garfunkel", "siouxsie and the banshees",
    "slaughter beach dog", "sleeping with sirens", "sly and the family stone", "smokey robinson and the miracles",
    "sob x rbe", "sonny and cher", "st paul and the broken bones", "stars and rabbit", "static and ben el",
    "sultan and shepard", "suzan and freek", "tegan and sara", "the good the bad and the queen",
    "the last artful dodgr", "the mamas and the papas", "the naked and famous", "time the valuator",
    "tom petty and the heartbreakers", "tomorrow x together", "tones and i", "tube and berger", "tyler the creator",
    "vargas and lagola", "victor and leo", "wisin and yandel", "wolf and raven", "years and years", "yes and",
    "young t and bugsey", "yusuf cat stevens", "zager and evans", "ze neto and cristiano", "zion and lennox",
});
static_assert(std::ranges::is_sorted(ensembles));

// "X & the Ys" is one band, except with these, who are guests under their own name.
inline constexpr auto guests_with_article = std::to_array<std::string_view>({
    "the alchemist", "the avalanches", "the avener", "the beach boys", "the beatles", "the beautiful south",
    "the black eyed peas", "the black keys", "the chainsmokers", "the chemical brothers", "the chieftains",
    "the clash", "the cure", "the doors", "the dream", "the dubliners", "the flaming lips", "the funk hunters",
    "the game", "the geek", "the head and the heart", "the heavy", "the human league", "the isley brothers",
    "the jackson 5", "the jacksons", "the kid laroi", "the killers", "the knocks", "the kooks",
    "the london symphony orchestra", "the lumineers", "the magician", "the marias", "the midnight", "the muppets",
    "the national", "the neighbourhood", "the notorious b i g", "the notorious big", "the offspring",
    "the paper kites", "the pogues", "the police", "the presets", "the prodigy", "the pussycat dolls",
    "the rolling stones", "the roots", "the royal philharmonic orchestra", "the saturdays", "the score", "the script",
    "the smiths", "the streets", "the strokes", "the strumbellas", "the supremes", "the temptations", "the vaccines",
    "the vamps", "the verve", "the wanted", "the war on drugs", "the weeknd", "the who",
});
static_assert(std::ranges::is_sorted(guests_with_article));

// What may stand alone after "&" without being somebody: "Mumford & Sons", "Henri Rene & His Orchestra".
inline constexpr auto companions = std::to_array<std::string_view>({
    "band", "choir", "co", "company", "crew", "ensemble", "family", "friends", "gang", "orchestra", "son", "sons",
});
static_assert(std::ranges::is_sorted(companions));

// What stands after a comma as part of the name before it: "Sammy Davis, Jr.".
inline constexpr auto name_suffixes = std::to_array<std::string_view>({"esq", "ii", "iii", "iv", "jr", "md", "phd", "sr"});
static_assert(std::ranges::is_sorted(name_suffixes));

// Names that say nothing about who plays.
inline constexpr auto unknown_artists = std::to_array<std::string_view>({
    "aa vv", "artist", "artista desconhecido", "artista desconocido", "artista sconosciuto", "artistas diversos",
    "artistas varios", "artiste inconnu", "artistes divers", "artisti vari", "artists", "bilinmeyen sanatci",
    "blandade artister", "cesitli sanatcilar", "desconhecido", "desconocido", "divers", "divers artistes",
    "divers interpretes", "diverse", "diverse artiesten", "diverse artister", "diverse interpreten",
    "diverse kunstler", "eri esittajia", "inconnu", "n a", "neznamy interpret", "nieznany wykonawca", "no artist",
    "none", "not available", "null", "okand artist", "onbekende artiest", "rozni artysci", "rozni wykonawcy",
    "ruzni interpreti", "ruzni umelci", "sconosciuto", "tuntematon", "ukendt kunstner", "ukjent artist", "unbekannt",
    "unbekannter interpret", "unbekannter kunstler", "unknown", "unknown artist", "unknown artists", "v a", "va",
    "vari artisti", "varios", "varios artistas", "varios interpretes", "various", "various artist", "various artists",
    "various interprets", "various performers", "verschiedene", "verschiedene interpreten", "verschiedene kunstler",
    "vv aa", "διαφοροι", "διαφοροι καλλιτεχνεσ", "неизвестен", "неизвестныи", "неизвестныи исполнитель",
    "различные исполнители", "разные артисты", "разные исполнители", "сборник", "אמנים שונים", "فنانون متعددون",
    "アーティスト不明", "オムニバス", "ヴァリアス", "ヴァリアス アーティスト", "ヴァリアスアーティスト", "不明なアーティスト", "佚名", "华语群星", "未知", "未知歌手", "未知的艺人",
    "未知艺术家", "群星", "다양한 아티스트", "알 수 없는 아티스트", "여러 아티스트",
});
static_assert(std::ranges::is_sorted(unknown_artists));

// clang-format on

}  // namespace musicsync::text
