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

// Of each form, or what was read besides where that is more; more than fits into a row of what has none.
template <class Besides>
std::vector<std::uint8_t> sizes_of(const Forms& forms, std::size_t texts, Besides besides) {
    std::vector<std::uint8_t> out(texts);
    for (std::size_t id = 0; id < texts; ++id) {
        const std::size_t size = forms.has(id) ? std::max(forms[id].size(), besides(id)) : longest_signed;
        out[id] = static_cast<std::uint8_t>(std::min(size, longest_signed));
    }
    return out;
}

// Names count twice: they may stand in the credit too.
std::size_t most_symbols(const TitleAlone& title) noexcept {
    std::size_t out = title.whole.size();
    for (const std::string& name : title.featured) out += name.size() + 1;
    return out;
}

}  // namespace

FieldForms::FieldForms(const Records& records)
    : records_(records),
      said_(records.titles.size()),
      titles_alone_(records.titles.size()),
      albums_alone_(records.albums.size()),
      titles_(records.titles.size(), [this](std::size_t id, std::string& out) { return read_title(id, out); }),
      credits_(records.credits.size(),
               [this](std::size_t id, std::string& out) {
                   const std::vector<std::string> names = records_.names(id);
                   return plain_credit(names, out) || read_credit_alone(names, {}, out);
               }),
      albums_(records.albums.size(), [this](std::size_t id, std::string& out) { return read_album(id, out); }),
      title_sizes_(
          sizes_of(titles_, records.titles.size(),
                   [this](std::size_t id) { return titles_alone_[id] ? most_symbols(*titles_alone_[id]) : 0; })),
      credit_sizes_(sizes_of(credits_, records.credits.size(), [](std::size_t) { return std::size_t{0}; })),
      album_sizes_(sizes_of(albums_, records.albums.size(), [this](std::size_t id) {
          return albums_alone_[id] ? albums_alone_[id]->whole.size() : 0;
      })) {}

bool FieldForms::read_title(std::size_t id, std::string& out) {
    const std::size_t before = out.size();
    if (!plain_title(records_.titles[id], out, said_[id])) {
        std::optional<TitleAlone> alone = read_title_alone(records_.titles[id]);
        if (!alone) return false;
        out.append(alone->base);
        said_[id] = alone->said;
        titles_alone_[id] = std::make_unique<const TitleAlone>(*std::move(alone));
    }
    return !said_[id].wildcards && out.size() > before;
}

bool FieldForms::read_album(std::size_t id, std::string& out) {
    if (plain_album(records_.albums[id], out)) return true;
    std::optional<AlbumAlone> alone = read_album_alone(records_.albums[id]);
    if (!alone) return false;
    out.append(alone->base);
    albums_alone_[id] = std::make_unique<const AlbumAlone>(*std::move(alone));
    return true;
}

const std::vector<std::string>& FieldForms::featured(std::size_t track) const noexcept {
    static const std::vector<std::string> nobody;
    const auto& title = titles_alone_[records_.title_of[track]];
    return title ? title->featured : nobody;
}

std::string_view FieldForms::whole_title(std::size_t track) const noexcept {
    const auto& title = titles_alone_[records_.title_of[track]];
    return title ? std::string_view(title->whole) : std::string_view();
}

std::string_view FieldForms::whole_album(std::size_t track) const noexcept {
    const auto& album = albums_alone_[records_.album_of[track]];
    return album ? std::string_view(album->whole) : std::string_view();
}

StandardTexts::StandardTexts(const FieldForms& forms, const Records& records, std::size_t track)
    : rows(1), album(forms.albums()[records.album_of[track]]), said(forms.said(track)) {
    rows[0].title = forms.titles()[records.title_of[track]];
    static_cast<void>(  // both are ASCII, or the forms would not tell
        read_credit_alone(records.names(records.credit_of[track]), forms.featured(track), rows[0].credit));
}

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
