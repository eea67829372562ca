#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "musicsync/normalize.hpp"

namespace musicsync {
namespace {

struct Spellings {
    std::string_view one;
    std::string_view other;
};

TEST(LatinKey, IsOneForTheSpellingsOfOneSound) {
    const Spellings cases[] = {
        {"toukyou", "tokyo"},
        {"oosaka", "osaka"},
        {"juuni", "juni"},
        {"kuukou", "kuko"},
        {"khochu", "hochu"},
        {"shchuka", "schuka"},
        {"tsoy", "tsoi"},
        {"yuliya", "iulia"},
        {"novyy", "novy"},
        {"dmitriy", "dmitri"},
        {"zhizn", "zizn"},
        {"sakhalin", "sahalin"},

        {"vladivostok", "wladiwostok"},
        {"thalassa", "talasa"},
        {"qalb", "kalb"},
        {"philos", "filos"},
        {"motoerhead", "motorhead"},
        {"fuer", "fur"},
        {"jaeger", "jager"},
        {"mohabbat", "mohabat"},
        {"dheere", "dhire"},
        {"jeongguk", "jonguk"},
        {"eumak", "umak"},
    };
    for (const Spellings& c : cases) {
        EXPECT_EQ(latin_key(c.one), latin_key(c.other)) << c.one << " " << c.other;
    }
}

TEST(LatinKey, KeepsOtherSoundsApart) {
    const Spellings cases[] = {{"kara", "gara"}, {"mina", "nina"}, {"sora", "sara"}, {"tama", "dama"}, {"ai", "a"}};
    for (const Spellings& c : cases) EXPECT_NE(latin_key(c.one), latin_key(c.other)) << c.one << " " << c.other;
}

TEST(LatinKey, KeepsSpacesDigitsAndWhatIsNotLatin) {
    EXPECT_EQ(latin_key("a  b 2000 я"), "a  b 2000 я");
    EXPECT_EQ(latin_key(""), "");
}

}  // namespace
}  // namespace musicsync
