// Names of video channels as names of artists. Internal: not installed.
#pragma once

#include <string>
#include <string_view>

namespace musicsync::text {

// "Adele - Topic", "AdeleVEVO", "JustinBieberVEVO", "OfficialAdele": the credit without what makes it a channel. Other
// credits come back as they are.
[[nodiscard]] std::string without_channel(std::string_view credit);

// "adele official" is "adele"; a name that would be empty or an article stays. For one normalised name.
void cut_channel_suffix(std::string& name);

}  // namespace musicsync::text
