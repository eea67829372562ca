// What the copies of a catalogue share.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "catalog/shards.hpp"
#include "musicsync/catalog.hpp"

namespace musicsync {

struct Catalog::State {
    explicit State(std::vector<catalog::Shard> some) : shards(std::move(some)) {}
    explicit State(catalog::Parts parts) : State(of(std::move(parts))) {}
    catalog::Shards shards;

  private:
    static std::vector<catalog::Shard> of(catalog::Parts parts) {
        return {{std::make_shared<const catalog::Index>(std::move(parts))}};
    }
};

}  // namespace musicsync
