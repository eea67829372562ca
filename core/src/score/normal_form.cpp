#include "score/normal_form.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "normalize/ascii.hpp"
#include "normalize/title.hpp"
#include "score/credit_form.hpp"
#include "score/given_title.hpp"
#include "score/mojibake.hpp"
#include "score/plain_track.hpp"
#include "score/said_versions.hpp"
#include "score/title_numbers.hpp"
#include "score/title_pieces.hpp"
#include "similarity/code_points.hpp"
#include "similarity/room.hpp"

namespace musicsync {
namespace {

// Numbers that begin a word: "3", "3rd", "101hz"; "b2b" and "l33t" have none.
std::vector<std::u32string_view> numbers_of(const TextForm& title) {
    std::vector<std::u32string_view> numbers;
    for (const Word& word : title.words) {
        const std::u32string_view text = word.in(title.text);
        const auto end = std::find_if_not(text.begin(), text.end(), is_digit<char32_t>);
        if (end != text.begin()) numbers.emplace_back(text.begin(), end);
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

std::optional<int> ending_number_of(std::u32string_view title) {
    const std::size_t space = title.rfind(U' ');
    return space == std::u32string_view::npos ? std::nullopt : ending_number_in(title.substr(space + 1));
}

// True where sorting the words, joined by single spaces, would change nothing.
bool is_sorted(std::u32string_view text, const FoundWords& words) noexcept {
    const char32_t* end = text.data();
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].text.data() != end || (i > 0 && (end[-1] != U' ' || words[i] < words[i - 1]))) return false;
        end += words[i].text.size() + 1;
    }
    return words.empty() ? text.empty() : end == text.data() + text.size() + 1;
}

std::span<const std::uint32_t> sorted_hashes(const FoundWords& words, std::pmr::memory_resource* memory) {
    const std::span<std::uint32_t> out = room_for<std::uint32_t>(words.size(), memory);
    std::transform(words.begin(), words.end(), out.begin(), [](const FoundWord& word) { return word.hash; });
    std::sort(out.begin(), out.end());
    return out;
}

void write_lowered(std::string_view ascii, char32_t* out) noexcept {
    std::transform(ascii.begin(), ascii.end(), out,
                   [](char c) { return static_cast<unsigned char>(text::lower_ascii(c)); });
}

std::u32string_view lowered(std::string_view text, std::pmr::memory_resource* memory) {
    if (!text::is_ascii(text)) return to_code_points(lower(text), memory);
    const std::span<char32_t> out = room_for<char32_t>(text.size(), memory);
    write_lowered(text, out.data());
    return {out.data(), out.size()};
}

FoundWords sorted_words(std::u32string_view text, std::pmr::memory_resource* memory) {
    FoundWords out = find_words(text, memory);
    std::sort(out.begin(), out.end());
    return out;
}

// The words of each field as it is compared, sorted.
struct FieldWords {
    FoundWords title;
    FoundWords line;
    FoundWords album;
    explicit FieldWords(std::pmr::memory_resource* memory) : title(memory), line(memory), album(memory) {}
};

// The fields as one text, for what stands in the wrong one. `whole_album` is not cut as the album is.
void join_fields(NormalForm& form, const FieldWords& words, std::u32string_view whole_album, Memory& scratch) {
    const FoundWords both = merged(words.title, words.line);
    form.joined = joined(both, &form.memory);
    const bool whole_title = form.whole == form.title.text;
    FoundWords all = merged(whole_title ? both : merged(sorted_words(form.whole, &scratch), words.line),
                            whole_album == form.album.text ? words.album : sorted_words(whole_album, &scratch));
    // "outro (to kampf)" on "To Kampf" says no more than once what it says.
    all.erase(std::unique(all.begin(), all.end()), all.end());
    form.everything = joined(all, &form.memory);
    if (form.everything.size() > compared_symbols) {
        form.everything = form.everything.substr(0, compared_symbols);
        all = find_words(form.everything, &scratch);
    }
    form.word_hashes = sorted_hashes(all, &form.memory);
}

ClassicForm classic_form(const Track::Fields& fields, std::pmr::memory_resource* memory) {
    const std::vector<std::string>& artists = fields.artists;
    return {lowered(fields.title, memory), lowered(artists.size() == 1 ? artists.front() : join(artists, ", "), memory),
            lowered(fields.album, memory)};
}

// The symbols of an outline's text.
std::u32string_view widened(const Outline& plain, Outline::Text which, std::pmr::memory_resource* memory) {
    const std::span<char32_t> out = room_for<char32_t>(plain.sizes[which], memory);
    std::copy_n(plain.text(which), out.size(), out.data());
    return {out.data(), out.size()};
}

// Enough for most tracks, and hardly more: a text is kept in five forms, twice in bytes, and with its words.
std::size_t usual_room(const Track::Fields& fields) noexcept {
    constexpr std::size_t a_symbol = 5 * sizeof(char32_t) + 2 + 6;
    std::size_t symbols = fields.title.size() + fields.album.size();
    for (const std::string& artist : fields.artists) symbols += artist.size() + 1;
    return 96 + a_symbol * symbols;
}

// The fields with what was read in the wrong encoding read again, if there is any.
std::optional<Track::Fields> read_as_utf8(const Track::Fields& fields) {
    const auto wrong = [](std::string_view text) { return is_mojibake(text); };
    if (!wrong(fields.title) && !wrong(fields.album) &&
        std::none_of(fields.artists.begin(), fields.artists.end(), wrong))
        return std::nullopt;
    Track::Fields out = fields;
    out.title = without_mojibake(fields.title);
    out.album = without_mojibake(fields.album);
    for (std::string& artist : out.artists) artist = without_mojibake(artist);
    return out;
}

}  // namespace

TextForm::TextForm(std::u32string_view given, std::pmr::memory_resource* memory, FoundWords& found)
    : text(given.substr(0, compared_symbols)) {
    found = find_words(text, found.get_allocator().resource());
    const std::span<Word> kept = room_for<Word>(found.size(), memory);
    std::transform(found.begin(), found.end(), kept.begin(), [this](const FoundWord& word) {
        return Word{static_cast<std::uint16_t>(word.text.data() - text.data()),
                    static_cast<std::uint16_t>(word.text.size()), word.hash, word.symbols};
    });
    words = kept;
    if (is_sorted(text, found)) return;
    std::sort(found.begin(), found.end());
    sorted = joined(found, memory);
}

TextForm::TextForm(std::u32string_view given, std::pmr::memory_resource* memory) {
    std::array<std::byte, 2048> room;  // NOLINT(*-member-init): written before it is read
    Memory scratch(room.data(), room.size());
    FoundWords found(&scratch);
    *this = TextForm(given, memory, found);
}

std::u32string lowered(std::string_view text) {
    if (!text::is_ascii(text)) return to_code_points(lower(text));
    std::u32string out(text.size(), U'\0');
    write_lowered(text, out.data());
    return out;
}

NormalForm::NormalForm(const Track::Fields& raw) : NormalForm(raw, usual_room(raw)) {}

NormalForm::NormalForm(const Track::Fields& fields, const Outline& plain, const Besides* besides)
    : NormalForm(fields, plain, besides, usual_room(fields)) {}

NormalForm::NormalForm(const Track::Fields& raw, std::size_t bytes)
    : first_room(std::make_unique_for_overwrite<std::byte[]>(bytes)), memory(first_room.get(), bytes) {
    std::array<std::byte, 8192> room;  // NOLINT(*-member-init): written before it is read
    Memory scratch(room.data(), room.size());
    std::optional<Track::Fields> read_right = read_as_utf8(raw);
    const Track::Fields& fields = read_right ? *read_right : raw;
    std::vector<std::string> names = credited_names(fields.artists);
    const std::string_view album_text = given_album(fields.album);
    const std::string whole_album = normalize(album_text);
    std::optional<TitleParts> album_parts = text::parts_of(album_text, whole_album);
    const std::string& album_base = album_parts ? album_parts->base : whole_album;
    std::string given_room;
    const std::string_view given = given_title(fields.title, given_room);
    const std::string whole_title = normalize(given);
    std::string own_room;
    const std::string_view title_text = without_own_album(without_own_artist(given, names, own_room), whole_album);
    std::optional<TitleParts> parts =
        title_text == given ? text::parts_of(given, whole_title) : std::optional(parse_title(title_text));
    const std::string& title_base = parts ? parts->base : whole_title;

    FieldWords words(&scratch);
    const std::u32string_view base = to_code_points(title_base, &memory);
    title = TextForm(base, &memory, words.title);
    whole = whole_title == title_base ? base : to_code_points(whole_title, &memory);
    script = script_of(title_base);
    if (!text::is_ascii(title_base))
        romanized_title = romanized_form(title_base, script, parse_title(fields.title_reading).base, &memory);
    if (parts) versions = std::move(parts->versions);
    if (album_parts) album_versions = std::move(album_parts->versions);
    explicit_ = fields.explicit_ ? fields.explicit_ : explicitness(versions, album_versions);
    if (parts) part = parts->part;
    take_apart(title_text, title_base, *this);
    work = work_of(title_text);
    credits_given = !names.empty();
    numbers = numbers_of(title);
    ending_number = ending_number_of(title.text);
    wildcards = title.text.find(U'*') != std::u32string_view::npos;
    const SaidByAlbum album_says = said_by_album(whole_album);
    compilation = album_says.compilation;
    add_said(versions, album_versions, said_by_names(names.size() == 1 ? names.front() : join(names, " ")), album_says);

    credits = make_credits(std::move(names), parts ? parts->featured : std::vector<std::string>{},
                           fields.artist_reading, &memory, words.line);
    album = TextForm(to_code_points(album_base, &memory), &memory, words.album);
    join_fields(*this, words, to_code_points(whole_album, &scratch), scratch);
    classic = classic_form(raw, &memory);  // as they are written
}

// All is in the outline or was kept beside it; nothing is read again, so that no other vocabulary reads it otherwise.
NormalForm::NormalForm(const Track::Fields& fields, const Outline& plain, const Besides* besides, std::size_t bytes)
    : first_room(std::make_unique_for_overwrite<std::byte[]>(bytes)), memory(first_room.get(), bytes) {
    std::array<std::byte, 8192> room;  // NOLINT(*-member-init): written before it is read
    Memory scratch(room.data(), room.size());
    FieldWords words(&scratch);
    const auto symbols_of = [&](Outline::Text which) { return widened(plain, which, &memory); };
    title = TextForm(symbols_of(Outline::title), &memory, words.title);
    whole = title.text;
    script = plain.title_script;
    scripts = plain.title_scripts;
    if (plain.has(Outline::numbers)) {
        numbers = numbers_of(title);
        ending_number = ending_number_of(title.text);
    }
    std::string none;
    if (plain.has(Outline::work)) work = work_of(given_title(fields.title, none));
    wildcards = plain.has(Outline::wildcards);
    credits_given = plain.has(Outline::credits_given);
    compilation = plain.has(Outline::compilation);
    explicit_ = plain.explicit_;
    const std::span<const std::uint8_t> names = plain.bytes.last(plain.credits);
    credits = plain_credits(symbols_of(Outline::line), names, plain.credit_script, &memory, words.line);
    credits.guests = plain.guests;
    album = TextForm(symbols_of(Outline::album), &memory, words.album);
    std::u32string_view whole_album = album.text;
    if (besides != nullptr) {
        versions = besides->versions;
        album_versions = besides->album_versions;
        part = besides->part;
        if (!besides->whole_title.empty()) whole = to_code_points(besides->whole_title, &memory);
        if (!besides->whole_album.empty()) whole_album = to_code_points(besides->whole_album, &scratch);
    }
    join_fields(*this, words, whole_album, scratch);
    classic = classic_form(fields, &memory);
}

}  // namespace musicsync
