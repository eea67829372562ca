#include "ingest/json.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace musicsync::json {

std::string_view type_name(simdjson::dom::element value) noexcept {
    using simdjson::dom::element_type;
    switch (value.type()) {
        case element_type::ARRAY: return "a list";
        case element_type::OBJECT: return "an object";
        case element_type::STRING: return "text";
        case element_type::BOOL: return "a boolean";
        case element_type::NULL_VALUE: return "null";
        default: return "a number";
    }
}

Error wrong_type(std::string_view field, simdjson::dom::element value, std::string_view wanted) {
    const std::string where(field);
    return {Errc::invalid_value, where + " is " + std::string(type_name(value)) + ", not " + std::string(wanted),
            where};
}

Result<std::string> read_file(const std::string& path) {
    const auto failed = [&path] { return Error{Errc::io, path + ": " + std::strerror(errno), "path"}; };
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
    if (!file) return failed();
    std::string content;
    std::array<char, 1 << 16> chunk;
    for (std::size_t got = 1; got > 0;) {
        got = std::fread(chunk.data(), 1, chunk.size(), file.get());
        content.append(chunk.data(), got);
    }
    if (std::ferror(file.get()) != 0) return failed();
    return content;
}

}  // namespace musicsync::json
