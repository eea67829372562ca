#include <array>

#include "musicsync/normalize.hpp"

namespace musicsync {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(VersionKind::other) + 1> names{
    "live",           "remix",      "acoustic",   "unplugged",   "session",  "demo",    "instrumental",
    "karaoke",        "cover",      "a_cappella", "orchestral",  "sped_up",  "slowed",  "nightcore",
    "extended",       "radio_edit", "edit",       "rerecorded",  "language", "reprise", "interlude",
    "remaster",       "deluxe",     "bonus",      "anniversary", "mono",     "stereo",  "album_version",
    "single_version", "explicit",   "clean",      "other",
};
static_assert(!names.back().empty());

}  // namespace

std::string_view name(VersionKind kind) noexcept {
    const auto index = static_cast<std::size_t>(kind);
    return index < names.size() ? names[index] : "unknown";
}

bool changes_recording(VersionKind kind) noexcept { return kind < VersionKind::remaster; }

}  // namespace musicsync
