// Every function of texts takes twice the time for twice the text, up to the longest that a track may have.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cost.hpp"
#include "kernel_texts.hpp"
#include "musicsync/jsonl.hpp"
#include "musicsync/normalize.hpp"
#include "musicsync/track.hpp"
#include "normalize/vocabulary_file.hpp"

namespace {

using namespace musicsync;
using musicsync::testing_support::all_of_it;
using musicsync::testing_support::best_seconds;
using musicsync::testing_support::repeated;

using Function = std::function<void(const std::string&)>;
constexpr double most = 2.3;

// How many times longer twice the text takes, at worst: by four times the text, up to 1 MiB, so that a machine's moods
// weigh less than a wrong power; measured again while it looks too much, for a busy machine is no bug. Of what takes
// less than some milliseconds the caches say more than the function.
double growth(const Function& function, std::string_view piece) {
    double worst = 0.0;
    const std::size_t first = Track::max_text_bytes / (all_of_it() ? 16 : 4);
    for (std::size_t size = first; 4 * size <= Track::max_text_bytes; size *= 2) {
        double ratio = 1e9;
        for (int round = 0; round < 12 && ratio > most; ++round) {
            const double once = best_seconds(function, repeated("", piece, size), 6);
            const double four_times = best_seconds(function, repeated("", piece, 4 * size));
            ratio = four_times < 0.02 ? 0.0 : std::min(ratio, std::sqrt(four_times / once));
        }
        worst = std::max(worst, ratio);
    }
    return worst;
}

Track::Fields titled(const std::string& title) {
    Track::Fields fields;
    fields.title = title.substr(0, Track::max_text_bytes);
    fields.artists = {fields.title};
    return fields;
}

const std::vector<std::pair<const char*, Function>>& functions() {
    static const std::vector<std::pair<const char*, Function>> all = {
        {"normalize", [](const std::string& s) { (void)normalize(s); }},
        {"lower", [](const std::string& s) { (void)lower(s); }},
        {"parse_title", [](const std::string& s) { (void)parse_title(s); }},
        {"parse_artists", [](const std::string& s) { (void)parse_artists(s); }},
        {"parse_isrc", [](const std::string& s) { (void)parse_isrc(s); }},
        {"script_of", [](const std::string& s) { (void)script_of(s); }},
        {"romanize", [](const std::string& s) { (void)romanize(s); }},
        {"latin_key", [](const std::string& s) { (void)latin_key(s); }},
        {"parse_jsonl", [](const std::string& s) { (void)parse_jsonl(s, ""); }},
        {"Track::make", [](const std::string& s) { (void)Track::make(titled(s)); }},
        {"VocabularyFile", [](const std::string& s) { (void)text::VocabularyFile::parse(s, ""); }},
    };
    return all;
}

TEST(LinearTime, of_every_function_up_to_a_mebibyte) {
    musicsync::testing_support::keep_freed_memory();
    std::vector<std::string_view> pieces = {"River Song (Live at the Hall) feat. Ann & Max, ", "é ", "夜に駆ける",
                                            "\n"};
    if (all_of_it()) {
        pieces.insert(pieces.end(), {"(", ") ", "a, ", " - ", "\"", "from \"", "x & ", "я", "각", "क् ", "\xFF",
                                     "\u0301", "{\"title\":\"a\"}\n", "a\tnoise\n", "A/B ", " remix", "pt. 2 "});
    }
    for (const auto& [name, function] : functions()) {
        for (const std::string_view piece : pieces) {
            const double times = growth(function, piece);
            EXPECT_LE(times, most) << name << " of many \"" << piece << "\"";
        }
    }
}

// The measure itself: something quadratic is told from something linear.
TEST(LinearTime, is_told_from_quadratic_time) {
    const Function quadratic = [](const std::string& s) {
        volatile std::size_t sum = 0;  // some 100 ms for a mebibyte
        for (std::size_t i = 0; i < s.size(); i += 1024) {
            for (std::size_t j = 0; j < s.size(); j += 16) sum = sum + static_cast<unsigned char>(s[j]);
        }
    };
    EXPECT_GT(growth(quadratic, "ab"), most);
}

}  // namespace
