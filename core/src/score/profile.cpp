#include <string>

#include "musicsync/score.hpp"

namespace musicsync {

Profile Profile::standard() { return {"standard", Rules::standard, 0.80, false, 0.35, 0.10}; }

Profile Profile::classic() { return {"classic", Rules::classic, 0.85, false, 0.50, 0.0}; }

Profile Profile::old_rule() { return {"old-rule", Rules::classic, 0.90, true, 0.50, 0.0}; }

Result<Profile> Profile::named(std::string_view name) {
    if (name == "standard") return standard();
    if (name == "classic") return classic();
    if (name == "old-rule") return old_rule();
    return Error{Errc::unknown_profile,
                 "no profile named '" + std::string(name) + "' (there are: standard, classic, old-rule)", "profile"};
}

}  // namespace musicsync
