#include "musicsync/profile.hpp"

namespace musicsync {
namespace {

Profile classic_rules(std::string name, double accept, bool accept_above) {
    Profile profile;
    profile.name = std::move(name);
    profile.rules = Profile::Rules::classic;
    profile.accept = accept;
    profile.accept_above = accept_above;
    profile.reject = 0.50;
    return profile;
}

}  // namespace

Profile Profile::classic() { return classic_rules("classic", 0.85, false); }

Profile Profile::old_rule() { return classic_rules("old-rule", 0.90, true); }

Result<Profile> Profile::named(std::string_view name) {
    if (name == "standard") return standard();
    if (name == "classic") return classic();
    if (name == "old-rule") return old_rule();
    return Error{Errc::unknown_profile,
                 "no profile named '" + std::string(name) + "' (there are: standard, classic, old-rule)", "profile"};
}

}  // namespace musicsync
