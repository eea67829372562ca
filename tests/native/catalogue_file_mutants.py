"""The same of a catalogue's file, and of what changes it."""

from __future__ import annotations

from tests.native.mutant import Mutant

CHANGES, CHANGED = "core/src/catalog/changes.cpp", "CatalogChanges.answer*"

CATALOGUE_FILE_MUTANTS = (
    Mutant(
        "nobody looks at a section's checksum", "core/src/catalog/table.cpp",
        "!= section.checksum)", "!= section.checksum && false)", "CatalogDamage.of_which_a_bit*",
    ),
    Mutant(
        "nobody looks between sections", "core/src/catalog/table.cpp",
        "if (!has_zeros_between())", "if (false)", "CatalogDamage.of_which_a_bit*",
    ),
    Mutant(
        "a position in a file may point anywhere", "core/src/catalog/validate.cpp",
        "column.empty() || most < size", "column.empty() || most < size || true", "CatalogDamage.*harm*",
    ),
    Mutant(
        "a packed position in a file may point anywhere", "core/src/catalog/validate.cpp",
        "that(numbers.below(size), name", "that(true, name", "CatalogDamage.*harm*",
    ),
    Mutant(
        "packed numbers of a file may be more than they are", "core/src/catalog/packed.hpp",
        "words.size() != packing::words_for(", "0 == packing::words_for(", "CatalogColumns.of_packed*refused",
    ),
    Mutant(
        "a packed number ends with its word", "core/src/catalog/packed.hpp",
        "if (bit > 0) *word = number >> (width - bit);", "", "CatalogColumns.of_packed*given",
    ),
    Mutant(
        "a size that says otherwise fits into a byte", "core/src/catalog/starts.cpp",
        "fits &= size < wide_mark;", "fits &= size <= wide_mark;", "CatalogColumns.of_starts*given",
    ),
    Mutant(
        "a rising list of a file may point anywhere", "core/src/catalog/rising_lists.cpp",
        "if (any && last >= bound)", "if (false)", "CatalogColumns.of_rising*told*",
    ),
    Mutant(
        "a file's texts may end anywhere", "core/src/catalog/validate.cpp",
        "that(rising, name", "that(true, name", "CatalogDamage.*harm*",
    ),
    Mutant(
        "a file is renamed before it is on the disk", "core/src/catalog/layout.cpp",
        "disk_.sync(file_) != 0", "false", "CatalogSave.*disk*",
    ),
    Mutant(
        "a file that could not be written stays", "core/src/catalog/layout.cpp",
        "if (!moved_) disk_.remove(name_);", "", "CatalogSave.*disk*",
    ),
    Mutant(
        "a search finds what is removed", "core/src/catalog/made_tracks.hpp",
        "!removed_.has(track) && ", "", CHANGED,
    ),
    Mutant(
        "another shard has to be better than the best so far", "core/src/catalog/shards.cpp",
        "std::max(cutoff, hits.back().score)", "std::max(cutoff, hits.front().score)", CHANGED,
    ),
    Mutant(
        "positions count what is removed", "core/src/catalog/shards.cpp",
        "hit.index = shard.first + shard.removed.rank_of(hit.index);", "hit.index = shard.first + hit.index;", CHANGED,
    ),
    Mutant(
        "a track that is removed while shards are merged comes back", CHANGES,
        "if (!before.has(place)) out.push_back", "if (false) out.push_back", "CatalogChanges.go_on*",
    ),
    Mutant(
        "shards that others have merged are merged", CHANGES,
        "return a.name == b.name;", "return a.name == b.name || true;", "CatalogChanges.*twice*",
    ),
    Mutant(
        "a reader that misses a shard gives up", "core/src/catalog/shard_files.cpp",
        "if (out || seen == generation) return out;", "return out;", "CatalogCrash.of_a_writer*",
    ),
    Mutant(
        "writers do not wait for each other", "core/src/catalog/disk.cpp",
        "LOCK_EX | LOCK_NB) != 0)", "LOCK_SH | LOCK_NB) != 0)", "CatalogCrash.several*",
    ),
    Mutant(
        "a manifest names files elsewhere", "core/src/catalog/manifest.cpp",
        "if (!is_file_name(columns.names[i]))", "if (!is_file_name(columns.names[i]) && false)",
        "CatalogCrash.a_manifest*",
    ),
    Mutant(
        "any file may be a shard", "core/src/catalog/shard_files.cpp",
        "header.header_checksum != entry.checksum || ", "", "CatalogCrash.a_manifest*",
    ),
    Mutant(
        "a file that becomes a shard is not on the disk", "core/src/catalog/change.cpp",
        "if (disk_->sync_folder(folder_) != 0)", "if (false)", "CatalogCrash.a_shard*",
    ),
    Mutant(
        "a catalogue of other words is searched as it is", "core/src/catalog/index.cpp",
        "const bool as_read = parts_.read_as == reading();", "const bool as_read = true;", "CatalogFile.*words*",
    ),
)  # fmt: skip
