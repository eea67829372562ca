#include "score/plain_fields.hpp"

#include <algorithm>

#include "normalize/ascii.hpp"
#include "normalize/plain.hpp"
#include "normalize/title.hpp"
#include "normalize/vocabulary.hpp"
#include "score/given_title.hpp"
#include "score/title_numbers.hpp"
#include "score/title_pieces.hpp"
#include "score/works.hpp"

namespace musicsync {
namespace {

// True where no word of the text, and no two in a row, says more than its letters at one of the places.
bool says_nothing(std::span<const PlainWord> words, unsigned where, const TellingWords& telling) noexcept {
    if (telling.has(words.front().hash, where)) return false;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (telling.has(words[i].hash, where) || telling.has(words[i - 1].hash, words[i].hash, where)) return false;
    }
    return true;
}

// True where words without a sign are a title and nothing else.
bool are_title(std::span<const PlainWord> words, bool digits, unsigned where, const TellingWords& telling) noexcept {
    const std::uint32_t last = words.back().hash;
    if (telling.has(last, TellingWords::title_end) || !says_nothing(words, where, telling)) return false;
    if (words.size() == 1) return true;
    if (telling.has(words.end()[-2].hash, last, TellingWords::title_end)) return false;
    const auto behind_first = words.subspan(1);
    return std::none_of(
               behind_first.begin(), behind_first.end(),
               [&telling](const PlainWord& word) { return telling.has(word.hash, TellingWords::title_part); }) &&
           (!digits || std::none_of(behind_first.begin(), behind_first.end(),
                                    [](const PlainWord& word) { return text::counts_part(word.text()); }));
}

// True where all words are letters and digits that were given so, and no list has signs that could be read.
bool are_words_only(const PlainText& text, const TellingWords& telling) noexcept {
    return text.is_as_given() && !text.words().empty() && !telling.vocabulary().has_phrase_of_signs();
}

bool is_ordinary_title(const PlainText& text, unsigned where, const TellingWords& telling) noexcept {
    return are_words_only(text, telling) && are_title(text.words(), text.has_digit(), where, telling);
}

bool features(std::string_view word) noexcept { return word == "feat" || word == "ft" || word == "featuring"; }

// From the first of some words to the end of the last.
std::string_view text_of(std::span<const PlainWord> words) noexcept {
    const PlainWord& last = words.back();
    return {words.front().begin, static_cast<std::size_t>(last.begin + last.length - words.front().begin)};
}

std::size_t letters_in(std::span<const PlainWord> words) noexcept {
    std::size_t out = 0;
    for (const PlainWord& word : words) out += word.length;
    return out;
}

// Names of channels begin or end so, whatever stands before it.
bool may_be_of_channel(std::string_view name) noexcept {
    return name.starts_with("official") || name.ends_with("vevo") || name.ends_with("topic") ||
           name.ends_with("official");
}

}  // namespace

bool PlainTitleText::add(std::string_view given) {
    whole_.clear();
    if (!whole_.add_form_of(given)) return false;
    whole_.find_words();
    return true;
}

// The long way, for what is more than words.
bool PlainTitleText::take_apart(std::string_view given) {
    parts_ = text::read_title(text::fold(given));
    if (!base_.add(parts_->base)) return false;
    base_.find_words();
    return true;
}

// "winding tonight feat yen harris": one word says that a name follows it, as find_feature() has it, and no other word
// says anything.
bool PlainTitleText::read_one_guest(const TellingWords& telling) {
    const std::span<const PlainWord> words = whole_.words();
    const auto found =
        std::find_if(words.begin(), words.end(), [](const PlainWord& word) { return features(word.text()); });
    if (found == words.begin() || words.end() - found < 2) return false;
    const std::span<const PlainWord> title(words.begin(), found);
    const std::span<const PlainWord> guest(found + 1, words.end());
    const bool measure = found->text() == "ft" && is_digit(title.back().text().back());  // "6 ft under"
    const bool marked = found->text() == "featuring";
    if (measure || guest.front().text() == "of" || (!marked && letters_in(guest) > 2 * letters_in(title))) return false;
    if (!are_title(title, whole_.has_digit(), TellingWords::title, telling) ||
        !says_nothing(guest, TellingWords::title | TellingWords::credit, telling) || !base_.add(text_of(title)))
        return false;
    base_.find_words();
    parts_ = TitleParts{std::string(text_of(title)), {}, {std::string(text_of(guest))}, {}, {}};
    return true;
}

bool PlainTitleText::read_title(std::string_view title, const TellingWords& telling) {
    if (!add(title)) return false;
    const bool may_be_number = title.starts_with('0');  // the track's
    if (!may_be_number && is_ordinary_title(whole_, TellingWords::title, telling)) {
        may_have_digits_ = whole_.has_digit();
        is_work_ = may_have_digits_ && !work_of(title).numbers.empty();
        return true;
    }
    std::string none;
    const std::string_view given = given_title(title, none);
    if (is_in_sections(given) || (given.size() != title.size() && !add(given))) return false;
    is_work_ = !work_of(given).numbers.empty();
    if (!may_be_number && are_words_only(whole_, telling) && read_one_guest(telling)) return true;
    return text::is_only_title(given, whole_.text()) || (take_apart(given) && !base_.text().empty());
}

bool PlainTitleText::read_album(std::string_view album, const TellingWords& telling) {
    if (album.empty()) return true;
    const std::string_view given = given_album(album);
    if (!add(given)) return false;
    if (is_ordinary_title(whole_, TellingWords::title | TellingWords::album, telling)) return true;
    said_ = said_by_album(whole_.text());
    return text::is_only_title(given, whole_.text()) || take_apart(given);
}

bool PlainCredits::read(const std::vector<std::string>& artists, const std::vector<std::string>& featured,
                        const TellingWords& telling) {
    given_ = !artists.empty();
    if (add_ordinary(artists, telling) && add_guests(featured)) return true;
    clear();
    if (featured.empty() && add_as_they_are(artists)) {
        line_.find_words();
        said_ = said_by_names(line_.text());
        return true;
    }
    clear();
    return add_read(artists, featured);
}

// False where a word may say more, or a name is no name as it was given.
bool PlainCredits::add_ordinary(const std::vector<std::string>& artists, const TellingWords& telling) {
    for (const std::string& artist : artists) {
        if (!begin_name() || !line_.add_form_of(artist) || !end_name()) return false;
        const std::string_view name = last_name();
        if (!line_.is_as_given() || may_be_of_channel(name) || is_repeated(name)) return false;
    }
    line_.find_words();
    return line_.words().empty() || says_nothing(line_.words(), TellingWords::credit, telling);
}

// As prepare_names() adds them to names that it leaves as they are; false where it does more.
bool PlainCredits::add_guests(const std::vector<std::string>& featured) {
    guests_ = 0;
    for (const std::string& guest : featured) {
        if (!begin_name() || !line_.add(guest) || !end_name()) return false;
        const std::string_view name = last_name();
        if (!text::is_ascii(name) || is_repeated(name) || has_short_word(name) || is_unknown_artist(name)) return false;
        ++guests_;
    }
    if (guests_ > 0) line_.find_words();
    return true;
}

// False where a credit has to be read to tell its names, or a name would not stay as it is.
bool PlainCredits::add_as_they_are(const std::vector<std::string>& artists) {
    const text::Vocabulary& known = text::vocabulary();
    return std::all_of(artists.begin(), artists.end(), [&](const std::string& artist) {
        if (!text::is_one_name(artist) || !begin_name() || !line_.add_form_of(artist) || !end_name()) return false;
        const std::string_view name = last_name();
        const std::string_view last_word = name.substr(name.rfind(' ') + 1);
        return !text::has(known.entry(last_word).ends, text::Role::channel_suffix) && !is_unknown_artist(name) &&
               !has_short_word(name) && !is_repeated(name);
    });
}

// The long way.
bool PlainCredits::add_read(const std::vector<std::string>& artists, const std::vector<std::string>& featured) {
    std::vector<std::string> names = credited_names(artists);
    given_ = !names.empty();
    said_ = said_by_names(join(names, " "));
    guests_ = prepare_names(names, featured);
    const bool all = std::all_of(names.begin(), names.end(), [this](const std::string& name) {
        return text::is_ascii(name) && begin_name() && line_.add(name) && end_name();
    });
    if (all) line_.find_words();
    return all;
}

// Whether the last name is one of those before it.
bool PlainCredits::is_repeated(std::string_view name) const noexcept {
    std::string_view line = line_.text();
    for (std::size_t i = 0; i + 1 < count_; ++i) {
        if (line.substr(0, sizes_[i]) == name) return true;
        line.remove_prefix(sizes_[i] + std::size_t{1});
    }
    return false;
}

}  // namespace musicsync
