// Any bytes as the file of a profile: refused with a reason, or written and read back to the last bit.
#include "fuzz.hpp"
#include "musicsync/profile.hpp"

using namespace musicsync;
using fuzz::check;

FUZZ(data, size) {
    const Result<Profile> profile = parse_profile(fuzz::text_of(data, size), "fuzz");
    if (!profile) {
        check(profile.error().message.starts_with("fuzz"), "a refusal says which file and why");
        return 0;
    }
    const std::string written = to_json(*profile);
    const Result<Profile> again = parse_profile(written, "written");
    check(bool(again) && to_json(*again) == written, "a profile survives its file");
    return 0;
}
