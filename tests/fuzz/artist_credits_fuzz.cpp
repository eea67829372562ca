// Any bytes as a credit.
#include <algorithm>

#include "fuzz.hpp"
#include "musicsync/normalize.hpp"

using namespace musicsync;
using fuzz::check;

FUZZ(data, size) {
    const std::string_view credit = fuzz::text_of(data, size);
    std::vector<std::string> names = parse_artists(credit);
    check(names == parse_artists(credit), "a credit is read the same twice");
    check(names.empty() || !normalize(credit).empty(), "a credit that says nothing has no name");
    for (const std::string& name : names) {
        check(!name.empty() && normalize(name) == name, "a name is normalised");
        (void)is_unknown_artist(name);
    }
    std::sort(names.begin(), names.end());
    check(std::adjacent_find(names.begin(), names.end()) == names.end(), "no name is there twice");
    return 0;
}
