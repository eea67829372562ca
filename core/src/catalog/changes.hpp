// Changes of the catalogue that stands at a path. Each is there whole or not at all, whatever happens; readers see the
// old one or the new one. Changes of several processes come one after the other. catalog.hpp says what they mean.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "catalog/disk.hpp"
#include "catalog/parts.hpp"
#include "catalog/shards.hpp"
#include "musicsync/catalog.hpp"
#include "musicsync/work.hpp"

namespace musicsync::catalog {

// Puts one file in the place of all that is there. Its size.
[[nodiscard]] Result<std::size_t> replace(const std::string& path, const Parts& parts, const Work& work,
                                          Disk& disk = Disk::real());
[[nodiscard]] Result<CatalogChange> add(const std::string& path, const Shards& more, bool replace_ids, const Work& work,
                                        Disk& disk = Disk::real());
// `codes` are canonical.
[[nodiscard]] Result<CatalogChange> remove(const std::string& path, std::span<const std::string> ids,
                                           std::span<const std::string> codes, const Work& work,
                                           Disk& disk = Disk::real());
[[nodiscard]] Result<CatalogChange> compact(const std::string& path, bool whole, const Work& work,
                                            Disk& disk = Disk::real());

}  // namespace musicsync::catalog
