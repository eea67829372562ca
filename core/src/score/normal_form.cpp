#include "score/normal_form.hpp"

#include <algorithm>
#include <array>

#include "normalize/ascii.hpp"
#include "normalize/vocabulary.hpp"
#include "score/credit_form.hpp"
#include "score/given_title.hpp"
#include "score/mojibake.hpp"
#include "score/title_pieces.hpp"
#include "similarity/code_points.hpp"

namespace musicsync {
namespace {

// "Cuprunoid (unknown)" where a catalogue knows no year, "(2011)" where it knows nothing else.
std::string_view without_unknown_year(std::string_view album) noexcept {
    constexpr std::string_view mark = " (unknown)";
    if (album.ends_with(mark)) album.remove_suffix(mark.size());
    const bool only_a_year = std::none_of(album.begin(), album.end(),
                                          [](char c) {
                                              return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
                                                     (c >= 'A' && c <= 'Z');
                                          }) &&
                             album.starts_with('(');
    return only_a_year ? std::string_view{} : album;
}

bool is_digit(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }

bool is_number(std::u32string_view word) noexcept { return std::all_of(word.begin(), word.end(), is_digit); }

// Numbers that begin a word: "3", "3rd", "101hz"; "b2b" and "l33t" have none.
std::vector<std::u32string> numbers_of(std::u32string_view text) {
    std::vector<std::u32string> numbers;
    if (std::none_of(text.begin(), text.end(), is_digit)) return numbers;
    for (const std::u32string_view word : words_of(text)) {
        const auto end = std::find_if_not(word.begin(), word.end(), is_digit);
        if (end != word.begin()) numbers.emplace_back(word.begin(), end);
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

// ii to xx; one letter alone is a word ("I", "X").
std::optional<int> roman(std::u32string_view word) noexcept {
    constexpr std::array<std::u32string_view, 10> units{U"",  U"i",  U"ii",  U"iii",  U"iv",
                                                        U"v", U"vi", U"vii", U"viii", U"ix"};
    if (word.size() < 2) return std::nullopt;
    const std::size_t tens = word.starts_with(U'x') ? (word.starts_with(U"xx") ? 2 : 1) : 0;
    const auto* unit = std::find(units.begin(), units.end(), word.substr(tens));
    if (unit == units.end()) return std::nullopt;
    return static_cast<int>(tens * 10 + static_cast<std::size_t>(unit - units.begin()));
}

std::optional<int> ending_number(std::u32string_view title) {
    const std::size_t space = title.rfind(U' ');
    if (space == std::u32string_view::npos) return std::nullopt;
    const std::u32string_view word = title.substr(space + 1);
    if (!is_number(word)) return roman(word);
    if (word.size() > 4) return std::nullopt;
    int value = 0;
    for (const char32_t digit : word) value = value * 10 + static_cast<int>(digit - U'0');
    return value;
}

bool has_word(std::string_view text, std::string_view phrase) noexcept {
    for (std::size_t at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
        const std::size_t end = at + phrase.size();
        if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ')) return true;
    }
    return false;
}

// An album of talk about the songs.
bool is_talk(std::string_view album) noexcept {
    constexpr std::array<std::string_view, 4> phrases{"commentary", "commentaries", "track by track", "interviews"};
    const auto stands = [album](std::string_view phrase) { return has_word(album, phrase); };
    return album.size() >= 10 && std::any_of(phrases.begin(), phrases.end(), stands);
}

constexpr std::uint32_t told_by_albums = text::mask(text::Role::album_karaoke) | text::mask(text::Role::album_live) |
                                         text::mask(text::Role::album_compilation);

bool has_version(const std::vector<VersionToken>& versions, VersionKind kind) noexcept {
    return std::any_of(versions.begin(), versions.end(), [kind](const VersionToken& v) { return v.kind == kind; });
}

void add_version(std::vector<VersionToken>& versions, VersionKind kind) {
    if (!has_version(versions, kind)) versions.push_back(VersionToken{kind, {}, {}});
}

// Who sings it can say that it is an imitation: "Karaoke Star", "The Tribute Players", "Karaoke Hits Vol. 3".
void add_imitation(std::vector<VersionToken>& versions, std::string_view names, std::string_view album,
                   std::uint32_t said_by_album) {
    constexpr std::uint32_t of_names = text::mask(text::Role::album_karaoke) | text::mask(text::Role::cover_credit);
    const std::uint32_t said = text::vocabulary().said(of_names, names);
    if (text::has(said | said_by_album, text::Role::album_karaoke)) add_version(versions, VersionKind::karaoke);
    if (is_talk(album)) versions.push_back({VersionKind::interlude, "commentary", {}});
    if (text::has(said, text::Role::cover_credit)) add_version(versions, VersionKind::cover);
}

// The title's word, else the album's; an explicit album has songs that are not.
std::optional<bool> explicitness(const std::vector<VersionToken>& title, const std::vector<VersionToken>& album) {
    if (has_version(title, VersionKind::clean)) return false;
    if (has_version(title, VersionKind::explicit_)) return true;
    return has_version(album, VersionKind::clean) ? std::optional(false) : std::nullopt;
}

// "Live at Wembley", "MTV Unplugged in New York": what an album's name says of all its tracks.
void add_performance(std::vector<VersionToken>& versions, std::string_view album, std::uint32_t said) {
    const bool live = text::has(said, text::Role::album_live) || album.starts_with("live ") || album.ends_with(" live");
    if (live) add_version(versions, VersionKind::live);
    if (has_word(album, "unplugged")) add_version(versions, VersionKind::unplugged);
}

std::vector<std::uint32_t> word_hashes(std::u32string_view text) {
    std::vector<std::uint32_t> hashes;
    hashes.reserve(1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), U' ')));
    std::size_t at = 0;
    for (auto word = next_word(text, at); !word.empty(); word = next_word(text, at)) hashes.push_back(word_hash(word));
    std::sort(hashes.begin(), hashes.end());
    return hashes;
}

// True where sort_words() would change nothing.
bool is_sorted(std::u32string_view text, const std::vector<Word>& words) noexcept {
    std::size_t end = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].begin != end || (i > 0 && text[end - 1] != U' ')) return false;
        if (i > 0 && words[i].in(text) < words[i - 1].in(text)) return false;
        end = std::size_t{words[i].begin} + words[i].length + 1;
    }
    return words.empty() ? text.empty() : end == text.size() + 1;
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

TextForm::TextForm(std::u32string given) : text(std::move(given)) {
    if (text.size() > compared_symbols) text.resize(compared_symbols);
    words = hashed_words(text);
    if (is_sorted(text, words)) return;
    sorted = sort_words(text);
}

TextForm::TextForm(std::string_view utf8) : TextForm(to_code_points(utf8)) {}

std::u32string lowered(std::string_view text) {
    if (!text::is_ascii(text)) return to_code_points(lower(text));
    std::u32string out(text.size(), U'\0');
    std::transform(text.begin(), text.end(), out.begin(),
                   [](char c) { return static_cast<unsigned char>(text::lower_ascii(c)); });
    return out;
}

NormalForm make_normal_form(const Track::Fields& raw) {
    NormalForm form;
    std::optional<Track::Fields> read_right = read_as_utf8(raw);
    const Track::Fields& fields = read_right ? *read_right : raw;
    const std::vector<std::string> names = credited_names(fields);
    const std::string_view album_text = without_unknown_year(fields.album);
    const std::string whole_album = normalize(album_text);
    TitleParts album = parse_title(album_text);
    const std::string given = given_title(fields.title);
    form.whole = to_code_points(normalize(given));
    const std::string own = without_own_artist(given, names);
    const std::string_view title = without_own_album(own, whole_album);
    TitleParts parts = parse_title(title);

    form.title = TextForm(parts.base);
    form.script = script_of(parts.base);
    if (!text::is_ascii(parts.base))
        form.romanized_title = romanized_form(parts.base, form.script, parse_title(fields.title_reading).base);
    form.versions = std::move(parts.versions);
    form.album_versions = std::move(album.versions);
    form.explicit_ = fields.explicit_ ? fields.explicit_ : explicitness(form.versions, form.album_versions);
    form.part = parts.part;
    take_apart(title, parts.base, form);
    form.work = work_of(title);
    form.credits_given = !names.empty();
    form.numbers = numbers_of(form.title.text);
    form.ending_number = ending_number(form.title.text);
    form.wildcards = form.title.text.find(U'*') != std::u32string::npos;
    form.credits = make_credits(names, parts.featured, fields.artist_reading);
    form.album = TextForm(album.base);
    const std::uint32_t said = text::vocabulary().said(told_by_albums, whole_album);
    form.compilation = text::has(said, text::Role::album_compilation);
    add_performance(form.album_versions, whole_album, said);
    add_imitation(form.versions, names.size() == 1 ? names.front() : join(names, " "), whole_album, said);
    const std::u32string_view line = form.credits.line.text;
    form.joined = sort_words({form.title.text, line}, Repeats::kept);
    form.joined_bag = Bag(form.joined);
    // "outro (to kampf)" on "To Kampf" says no more than once what it says.
    form.everything = sort_words({form.whole, line, to_code_points(whole_album)}, Repeats::dropped);
    if (form.everything.size() > compared_symbols) form.everything.resize(compared_symbols);
    form.word_hashes = word_hashes(form.everything);
    form.classic.title = lowered(fields.title);
    form.classic.artist =
        fields.artists.size() == 1 ? lowered(fields.artists.front()) : lowered(join(fields.artists, ", "));
    form.classic.album = lowered(fields.album);
    form.outline = Outline(form, fields);
    return form;
}

}  // namespace musicsync
