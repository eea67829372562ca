// Any bytes through every function of single texts: results are UTF-8 and fixed points.
#include "fuzz.hpp"
#include "musicsync/normalize.hpp"
#include "similarity/code_points.hpp"

using namespace musicsync;
using fuzz::check;

FUZZ(data, size) {
    const std::string_view text = fuzz::text_of(data, size);
    const std::string normal = normalize(text);
    check(find_invalid_utf8(normal) == std::string_view::npos, "a normal form is UTF-8");
    check(normalize(normal) == normal, "a normal form is its own normal form");
    check(find_invalid_utf8(lower(text)) == std::string_view::npos, "lower case is UTF-8");

    const std::string latin = romanize(normal);
    check(normalize(latin) == latin, "a Latin spelling is normalised");
    check(romanize(latin) == latin, "a Latin spelling is spelt already");
    const Script script = script_of(latin);
    check(script == Script::latin || script == Script::none, "a Latin spelling is Latin");
    check(latin_key(latin) == latin_key(latin), "a key is the same twice");
    (void)script_of(text);
    (void)is_unknown_artist(normal);
    return 0;
}
