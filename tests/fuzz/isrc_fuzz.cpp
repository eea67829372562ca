// Any bytes as an ISRC.
#include <algorithm>

#include "fuzz.hpp"
#include "musicsync/normalize.hpp"

using namespace musicsync;
using fuzz::check;

FUZZ(data, size) {
    const Result<std::string> code = parse_isrc(fuzz::text_of(data, size));
    if (!code) {
        check(code.error().code == Errc::invalid_isrc && !code.error().message.empty(), "a refusal says why");
        return 0;
    }
    const auto plain = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    check(code->size() == 12 && std::all_of(code->begin(), code->end(), plain), "a code has twelve characters");
    std::string written = "isrc " + code->substr(0, 2) + "-" + code->substr(2, 3) + "-" + code->substr(5);
    std::transform(written.begin(), written.end(), written.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const std::string& spelling : {*code, written}) {
        const Result<std::string> again = parse_isrc(spelling);
        check(bool(again) && *again == *code, "every spelling of a code is that code");
    }
    return 0;
}
