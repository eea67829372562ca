#include "musicsync/error.hpp"

namespace musicsync {

std::string_view name(Errc code) noexcept {
    switch (code) {
        case Errc::invalid_utf8: return "invalid_utf8";
        case Errc::invalid_value: return "invalid_value";
        case Errc::invalid_isrc: return "invalid_isrc";
        case Errc::invalid_json: return "invalid_json";
        case Errc::missing_field: return "missing_field";
        case Errc::too_long: return "too_long";
        case Errc::length_mismatch: return "length_mismatch";
        case Errc::unknown_profile: return "unknown_profile";
        case Errc::unknown_kernel: return "unknown_kernel";
        case Errc::io: return "io";
        case Errc::damaged: return "damaged";
        case Errc::newer_format: return "newer_format";
        case Errc::cancelled: return "cancelled";
    }
    return "unknown";
}

}  // namespace musicsync
