// What the copies of a catalogue share.
#pragma once

#include <utility>

#include "catalog/index.hpp"
#include "musicsync/catalog.hpp"

namespace musicsync {

struct Catalog::State {
    explicit State(catalog::Parts parts) : index(std::move(parts)) {}
    catalog::Index index;
};

}  // namespace musicsync
