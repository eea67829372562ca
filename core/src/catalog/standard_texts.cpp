#include "catalog/standard_texts.hpp"

#include <algorithm>

#include "catalog/credits.hpp"
#include "catalog/readings.hpp"
#include "score/normal_form.hpp"
#include "score/outline.hpp"
#include "score/plain_track.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

// Of each form; more than fits into a row of what has none.
std::vector<std::uint8_t> sizes_of(const Forms& forms, std::size_t texts) {
    std::vector<std::uint8_t> out(texts);
    for (std::size_t id = 0; id < texts; ++id)
        out[id] =
            static_cast<std::uint8_t>(forms.has(id) ? std::min(forms[id].size(), longest_signed) : longest_signed);
    return out;
}

}  // namespace

PlainForms::PlainForms(const Records& some)
    : records(some),
      said(records.titles.size()),
      titles(records.titles.size(),
             [this](std::size_t id, std::string& out) {
                 const std::size_t before = out.size();
                 return plain_title(records.titles[id], out, said[id]) && !said[id].wildcards && out.size() > before;
             }),
      credits(records.credits.size(),
              [this](std::size_t id, std::string& out) { return plain_credit(records.names(id), out); }),
      albums(records.albums.size(),
             [this](std::size_t id, std::string& out) { return plain_album(records.albums[id], out); }),
      title_sizes(sizes_of(titles, records.titles.size())),
      credit_sizes(sizes_of(credits, records.credits.size())),
      album_sizes(sizes_of(albums, records.albums.size())) {}

StandardTexts::StandardTexts(const Track& track) {
    if (!is_readable(track)) return;
    const Outline& outline = track.outline();
    said = {outline.whole, outline.letters, outline.has(Outline::work), false};
    not_latin = outline.title_script != Script::none && outline.title_script != Script::latin;
    const NormalForm& form = track.normal();
    album = to_utf8(form.album.text);
    // Of a track that was read the short way they are those of its texts.
    if (!outline.has(Outline::as_it_stands)) everything = form.everything;
    Memory memory;
    for (const Reading& reading : readings_of(form, memory)) {
        rows.push_back({to_utf8(reading.title), credit_text(form.credits, reading.kind)});
        if (!reading.name.empty()) rows.push_back({rows.back().title, credit_text(reading.name, reading.kind)});
    }
}

}  // namespace musicsync::catalog
