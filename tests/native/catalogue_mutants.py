"""Changes of a catalogue's lines, each of which breaks a property that a test holds."""

from __future__ import annotations

from tests.native.mutant import Mutant

JOIN = "core/src/catalog/join.cpp"
SEARCH, FOUND = "core/src/catalog/standard_search.cpp", "CatalogSearch.*:kernels/CatalogSearch.*/scalar"
TITLES, WORTH = "core/src/catalog/title_search.cpp", "core/src/catalog/worth.cpp"
READINGS, CREDITS = "core/src/catalog/readings.cpp", "core/src/catalog/credits.cpp"
NAMES = "core/src/catalog/credit_columns.cpp"

CATALOGUE_MUTANTS = (
    Mutant(
        "a floor has no margin", "core/src/catalog/compared.hpp",
        "return best_.floor() - rounding;", "return best_.floor();", FOUND,
    ),
    Mutant("titles that are equal but for spaces", SEARCH, "all_.by_letters.find(outline.letters, add);", "", FOUND),
    Mutant("titles that are one as given", SEARCH, "all_.by_whole.find(outline.whole, add);", "", FOUND),
    Mutant("works", SEARCH, "if (outline.has(Outline::work))", "if (false)", FOUND),
    Mutant("titles equal but for a number", SEARCH, "if (!form.part && !form.ending_number)", "if (true)", FOUND),
    Mutant("a name that the query's title begins with", SEARCH, "        add(title.substr(0, space));", "", FOUND),
    Mutant("a name that the query's title ends with", SEARCH, "        add(title.substr(space + 1));", "", FOUND),
    Mutant(
        "the query's names in titles", SEARCH,
        "begins_or_ends_with(rows_.titles[rows_.title_of[row]], name))",
        "begins_or_ends_with(rows_.titles[rows_.title_of[row]], \"\"))", FOUND,
    ),
    Mutant(
        "a title keeps the name that it loses", SEARCH,
        "(symbols - static_cast<double>(name + 1))", "(symbols - 0.0 * static_cast<double>(name + 1))", FOUND,
    ),
    Mutant("title and names as one text", SEARCH, "std::max(moved_words, likeness_needed())", "1.0", FOUND),
    Mutant("the words of all fields", SEARCH, "std::max(same_words, likeness_needed())", "1.1", FOUND),
    Mutant(
        "titles share fewer words than they do", "core/src/catalog/title_words.hpp",
        "static_cast<double>(mine + theirs)", "static_cast<double>(mine)", FOUND,
    ),
    Mutant(
        "the whole has to be more alike than it has", SEARCH,
        "(compared_.floor() - rest)", "(compared_.floor() + rest)", FOUND,
    ),
    Mutant(
        "words that are misspelt", "core/src/catalog/title_words.cpp",
        "if (ratios[i] >= same_word) mark", "if (ratios[i] >= 1.0) mark", FOUND,
    ),
    Mutant(
        "a name inside another", NAMES,
        "std::max(letters, static_cast<float>(name_inside))", "letters", FOUND,
    ),
    Mutant(
        "names are twice as alike as they have to be", NAMES,
        "(least / 2.0F * static_cast<float>(symbols))", "(least * static_cast<float>(symbols))", FOUND,
    ),
    Mutant(
        "a line whose words are in order is in none by word", NAMES,
        "if (by_word.size() == before) by_word", "if (by_word.size() < before) by_word", FOUND,
    ),
    Mutant(
        "a title has each word once", "core/src/catalog/title_words.cpp",
        "if (once < words.size())", "if (false)", FOUND,
    ),
    Mutant(
        "a title shares one word at most", "core/src/catalog/title_words.cpp",
        "row_bit & (words | of_several)", "row_bit & of_several", FOUND,
    ),
    Mutant(
        "a word is the counterpart of one at most", "core/src/catalog/title_words.cpp",
        "std::has_single_bit(out.masks[id]) ? 0", "true ? 0", FOUND,
    ),
    Mutant(
        "one word in common is none", "core/src/catalog/title_words.hpp",
        "std::min(2.0F / static_cast<float>(asked + 1), 1.0F)", "0.001F", FOUND,
    ),
    Mutant(
        "groups that need nothing need what is needed of unknown ones", TITLES,
        "all_known_need_ = worths_.needs_for(least - worths_.known_at_most()) >= 1.01F;", "all_known_need_ = true;",
        FOUND,
    ),
    Mutant(
        "alike credits of which no needs are known", TITLES,
        "if (likeness[credit] <= little_alike) continue;", "continue;", FOUND,
    ),
    Mutant(
        "titles and names are of the query's whole text alone", SEARCH,
        "symbols - shared + rounding", "symbols - 1.2 * shared", FOUND,
    ),
    Mutant(
        "a title's Latin spelling", READINGS,
        "if (!form.romanized_title.empty())", "if (false)", FOUND,
    ),
    Mutant(
        "what is left of a title without its album", READINGS,
        "for (std::size_t end = begin + 1; end <= segments; ++end) {",
        "for (std::size_t end = segments; end <= segments; ++end) {", FOUND,
    ),
    Mutant(
        "what is left of a title without a name", READINGS,
        "std::min<std::size_t>(segments, 2); ++begin", "std::min<std::size_t>(segments, 1); ++begin", FOUND,
    ),
    Mutant(
        "a piece of a title", READINGS,
        "if (std::none_of(out.begin(), out.end(), same))", "if (out.empty() && same(out[0]))", FOUND,
    ),
    Mutant(
        "a name before a title", "core/src/catalog/standard_texts.cpp",
        "if (!reading.name.empty()) rows.push_back(", "if (false) rows.push_back(", FOUND,
    ),
    Mutant(
        "a name before the query's title", SEARCH,
        "reading.name.empty() ? credits_.front() : credits_.back()", "credits_.front()", FOUND,
    ),
    Mutant(
        "a credit's Latin spelling", CREDITS,
        "if (!credits.romanized_line.empty())", "if (false)", FOUND,
    ),
    Mutant(
        "the query's credit in Latin letters", SEARCH,
        "&form_.credits.line, &form_.credits.romanized_line}", "&form_.credits.line}", FOUND,
    ),
    Mutant("credits in other scripts", WORTH, "if (names.may_differ) with(0);", "", FOUND),
    Mutant("an album behind a title", WORTH, "if (is_part)", "if (false)", FOUND),
    Mutant("titles in other scripts", SEARCH, "    add_other_scripts();", "", FOUND),
    Mutant(
        "a spelling misses words", TITLES,
        "title >= settled || group.kind == Reading::spelling", "title >= settled", FOUND,
    ),
    Mutant(
        "pieces that are half alike miss all words", TITLES,
        "title <= unlike && group.kind == Reading::whole", "title <= unlike", FOUND,
    ),
    Mutant(
        "words of titles cost more than they do", TITLES,
        "(least - rest + words_penalty_ * words_missed) /", "(least - rest + 2.0F * words_penalty_ * words_missed) /",
        FOUND,
    ),
    Mutant(
        "credits that add enough are passed over", "core/src/catalog/classic_search.cpp",
        "- profile_.weights.album - rounding);", "- rounding);", FOUND,
    ),
    Mutant(
        "a quad of symbols is left out", "core/src/kernels/text_columns.hpp",
        "std::size_t q = 0; q < count;", "std::size_t q = 1; q < count;", "KernelColumns.give*",
    ),
    Mutant(
        "rows of numbers are read before all of them are there", "core/src/kernels/few_avx2.hpp",
        "at < out.longest; at += 32", "at < 32; at += 32", "KernelFew.*", "avx2",
    ),
    Mutant(
        "bits of four texts are counted for all", "core/src/kernels/signed_avx2.hpp",
        "first + 4 * static_cast<std::size_t>(b)", "first", "*KernelSigned.*",
        "avx2",
    ),
    Mutant(
        "texts side by side have one need", "core/src/kernels/signed_texts.hpp",
        "next &= next - 1, ++needs)", "next &= next - 1)", "*KernelSigned.*", "scalar",
    ),
    Mutant(
        "texts that nobody asks about are found", "core/src/kernels/signed_texts.hpp",
        "out += (among >> place) & 1;", "out += (among >> place | 1) & 1;", "*KernelSigned.*", "scalar",
    ),
    Mutant(
        "a need that begins with 64 texts is passed over", "core/src/kernels/signed_avx512.hpp",
        "    needs += next & 1;", "", "*KernelSigned.*", "avx512vbmi",
    ),
    Mutant(
        "an album adds half of what it may", "core/src/catalog/classic_search.cpp",
        "static_cast<float>(2.0 * profile_.weights.album)", "static_cast<float>(profile_.weights.album)", FOUND,
    ),
    Mutant(
        "a group's first row is the last one's of the group before", "core/src/catalog/rows.hpp",
        "(std::uint64_t{2} << (row % 64)) - 1", "(std::uint64_t{1} << (row % 64)) - 1", "CatalogBuild.a_row_knows*",
    ),
    Mutant("a score may be below 0", TITLES, "if (compared_.floor() > 0.0)", "if (true)", FOUND),
    Mutant(
        "groups without an album need as much as others", "core/src/catalog/worth.cpp",
        "albums[i] == 0 ? std::uint8_t{0} : needs[i]", "albums[i] == 0 ? needs[i] : needs[i]", FOUND,
    ),
    Mutant(
        "names in other scripts are known", "core/src/catalog/worth.cpp",
        "beside.names_asked && !names.may_differ &&", "beside.names_asked &&", FOUND,
    ),
    Mutant("tracks without a row", SEARCH, "    compared_.compare_tracks(rows_.others.span());", "", FOUND),
    Mutant(
        "a search finds what its filter leaves out", "core/src/catalog/made_tracks.hpp",
        "if (admits(hit.index)) KBest::offer(hit);", "KBest::offer(hit);", "CatalogFilter.*",
    ),
    Mutant(
        "a track of the year that a filter ends with is left out", "core/src/catalog/records.cpp",
        "value <= *to", "value < *to", "CatalogFilter.*",
    ),
    Mutant(
        "a recording's releases end where a search does", "core/src/catalog/recordings.cpp",
        "if (found.whole || hits.size() < asked)", "if (true)", "CatalogRecordings.*",
    ),
    Mutant(
        "a join does not look at codes", JOIN,
        "shards.with_code(query.isrc())", "shards.with_code({})", "CatalogJoin.decides*",
    ),
    Mutant(
        "a duplicate that deciding would ask about", JOIN,
        "judged.vetoes.empty() && ", "", "CatalogJoin.duplicates*",
    ),
    Mutant(
        "a group keeps two firsts", JOIN,
        "out[std::max(a, b)] = std::min(a, b);", "out[a] = b;", "CatalogJoin.groups*",
    ),
    Mutant(
        "what a title says besides is none of a track's words", "core/src/catalog/standard_rows_builder.cpp",
        "append_words({title.empty() ? rows.titles[rows.title_of[row]] : title,",
        "append_words({title.size() < 4096 ? rows.titles[rows.title_of[row]] : title,", "Catalog*",
    ),
    Mutant(
        "guests of a title are not in the credit", "core/src/catalog/standard_rows_builder.cpp",
        "if (!forms_.tell(track) || !forms_.featured(track).empty())", "if (!forms_.tell(track))", "Catalog*",
    ),
)  # fmt: skip
