// Any bytes as a title.
#include <algorithm>
#include <tuple>

#include "fuzz.hpp"
#include "musicsync/normalize.hpp"

using namespace musicsync;
using fuzz::check;

FUZZ(data, size) {
    const std::string_view title = fuzz::text_of(data, size);
    const TitleParts parts = parse_title(title);
    check(parts == parse_title(title), "a title is read the same twice");
    check(normalize(parts.base) == parts.base, "a base is normalised");
    check(parts.base.empty() == normalize(title).empty(), "a title that says something has a base");
    check(normalize(parts.context) == parts.context, "a context is normalised");
    for (const std::string& name : parts.featured)
        check(!name.empty() && normalize(name) == name, "a featured name is normalised");
    for (const VersionToken& token : parts.versions)
        check(normalize(token.detail) == token.detail, "a detail is normalised");
    const auto before = [](const VersionToken& a, const VersionToken& b) {
        return std::tie(a.kind, a.detail) < std::tie(b.kind, b.detail);
    };
    check(std::is_sorted(parts.versions.begin(), parts.versions.end(), before), "versions are sorted");
    check(std::adjacent_find(parts.versions.begin(), parts.versions.end()) == parts.versions.end(),
          "no version is there twice");
    return 0;
}
