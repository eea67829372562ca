#include "score/plain_track.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/normalize.hpp"
#include "normalize/ascii.hpp"
#include "normalize/plain.hpp"
#include "normalize/vocabulary.hpp"
#include "score/credit_form.hpp"
#include "score/given_title.hpp"
#include "score/outline_writer.hpp"
#include "score/plain_text.hpp"
#include "score/said_versions.hpp"
#include "score/telling_words.hpp"
#include "score/title_numbers.hpp"
#include "score/works.hpp"

namespace musicsync {
namespace {

bool is_ascii(std::string_view text) { return text::is_ascii(text); }

// True where no word of the text, and no two in a row, says more than its letters at one of the places.
bool says_nothing(std::span<const PlainWord> words, unsigned where, const TellingWords& telling) noexcept {
    bool says = telling.has(words.front().hash, where);
    for (std::size_t i = 1; i < words.size(); ++i)
        says |= telling.has(words[i].hash, where) | telling.has(words[i - 1].hash, words[i].hash, where);
    return !says;
}

// True where the text is a title and nothing else. One that is as it was given has no sign to be read either.
bool is_ordinary_title(const PlainText& text, unsigned where, const TellingWords& telling) noexcept {
    const std::span<const PlainWord> words = text.words();
    if (!text.is_as_given() || words.empty() || telling.vocabulary().has_phrase_of_signs()) return false;
    const std::uint32_t last = words.back().hash;
    if (telling.has(last, TellingWords::title_end) || !says_nothing(words, where, telling)) return false;
    if (words.size() == 1) return true;
    if (telling.has(words.end()[-2].hash, last, TellingWords::title_end)) return false;
    const auto behind_first = words.subspan(1);
    return std::none_of(
               behind_first.begin(), behind_first.end(),
               [&telling](const PlainWord& word) { return telling.has(word.hash, TellingWords::title_part); }) &&
           (!text.has_digit() || std::none_of(behind_first.begin(), behind_first.end(),
                                              [](const PlainWord& word) { return text::counts_part(word.text()); }));
}

// Names of channels begin or end so, whatever stands before it.
bool may_be_of_channel(std::string_view name) noexcept {
    return name.starts_with("official") || name.ends_with("vevo") || name.ends_with("topic") ||
           name.ends_with("official");
}

// The names of the artist field, joined by spaces.
class PlainCredits {
  public:
    // False where they say of the recording what has to be read, or are no plain names.
    [[nodiscard]] bool read(const std::vector<std::string>& artists, const TellingWords& telling) {
        given_ = !artists.empty();
        if (add_ordinary(artists, telling)) return true;
        clear();
        if (add_as_they_are(artists)) {
            line_.find_words();
            return !said_by_names(line_.text()).version();
        }
        std::vector<std::string> names = credited_names(artists);
        given_ = !names.empty();
        if (said_by_names(join(names, " ")).version()) return false;
        prepare_names(names, {});
        clear();
        const bool all = std::all_of(names.begin(), names.end(), [this](const std::string& name) {
            return text::is_ascii(name) && begin_name() && line_.add(name) && end_name();
        });
        if (all) line_.find_words();
        return all;
    }

    [[nodiscard]] const PlainText& line() const noexcept { return line_; }
    [[nodiscard]] std::span<const std::uint8_t> sizes() const noexcept { return {sizes_.data(), count_}; }
    [[nodiscard]] bool given() const noexcept { return given_; }

  private:
    // False where a word may say more, or a name is no name as it was given.
    bool add_ordinary(const std::vector<std::string>& artists, const TellingWords& telling) {
        for (const std::string& artist : artists) {
            if (!begin_name() || !line_.add_form_of(artist) || !end_name()) return false;
            const std::string_view name = last_name();
            if (!line_.is_as_given() || may_be_of_channel(name) || is_repeated(name)) return false;
        }
        line_.find_words();
        return line_.words().empty() || says_nothing(line_.words(), TellingWords::credit, telling);
    }
    // False where a credit has to be read to tell its names, or a name would not stay as it is.
    bool add_as_they_are(const std::vector<std::string>& artists) {
        const text::Vocabulary& known = text::vocabulary();
        return std::all_of(artists.begin(), artists.end(), [&](const std::string& artist) {
            if (!text::is_one_name(artist) || !begin_name() || !line_.add_form_of(artist) || !end_name()) return false;
            const std::string_view name = last_name();
            const std::string_view last_word = name.substr(name.rfind(' ') + 1);
            return !text::has(known.entry(last_word).ends, text::Role::channel_suffix) && !is_unknown_artist(name) &&
                   !has_short_word(name) && !is_repeated(name);
        });
    }
    void clear() noexcept {
        line_.clear();
        count_ = 0;
    }
    bool begin_name() noexcept {
        if (count_ == most_names || (count_ > 0 && !line_.add(" "))) return false;
        begin_ = line_.text().size();
        return true;
    }
    bool end_name() noexcept {
        sizes_[count_++] = static_cast<std::uint8_t>(line_.text().size() - begin_);
        return line_.text().size() > begin_;
    }
    [[nodiscard]] std::string_view last_name() const noexcept { return line_.text().substr(begin_); }
    // Whether the last name is one of those before it.
    [[nodiscard]] bool is_repeated(std::string_view name) const noexcept {
        std::string_view line = line_.text();
        for (std::size_t i = 0; i + 1 < count_; ++i) {
            if (line.substr(0, sizes_[i]) == name) return true;
            line.remove_prefix(sizes_[i] + std::size_t{1});
        }
        return false;
    }

    PlainText line_;
    std::array<std::uint8_t, most_names> sizes_;
    std::size_t count_ = 0;
    std::size_t begin_ = 0;  // of the last name
    bool given_ = false;
};

// The hashes of the words of all texts, each word once, sorted.
std::span<const std::uint32_t> write_hashes(const std::array<const PlainText*, 3>& texts, std::uint32_t* out) {
    std::array<const PlainWord*, 3 * PlainText::most_words> words;
    std::size_t count = 0;
    std::uint64_t seen = 0;  // a bit for each of them
    for (const PlainText* text : texts) {
        for (const PlainWord& word : text->words()) {
            const std::uint64_t bit = std::uint64_t{1} << (word.hash % 64);
            const auto end = words.begin() + static_cast<std::ptrdiff_t>(count);
            const auto is_word = [&word](const PlainWord* other) { return *other == word; };
            if ((seen & bit) != 0 && std::any_of(words.begin(), end, is_word)) continue;
            seen |= bit;
            words[count] = &word;
            out[count++] = word.hash;
        }
    }
    std::sort(out, out + count);
    return {out, count};
}

Word kept(const PlainWord& word, std::size_t begin) noexcept {
    return {static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(word.length), word.hash, word.symbols};
}

std::span<const Word> write_words(const PlainText& text, Word* out) noexcept {
    const auto keep = [&text](const PlainWord& word) {
        return kept(word, static_cast<std::size_t>(word.begin - text.text().data()));
    };
    std::transform(text.words().begin(), text.words().end(), out, keep);
    return {out, text.words().size()};
}

// The line's words but for "the" and "and", and the text of them.
std::span<const Word> write_telling(const PlainText& line, Word* out, PlainText& text) noexcept {
    std::size_t count = 0;
    for (const PlainWord& word : line.words()) {
        if (word.text() == "the" || word.text() == "and") continue;
        if (count > 0) static_cast<void>(text.add(" "));  // has room for what the line had room for
        out[count++] = kept(word, text.text().size());
        static_cast<void>(text.add(word.text()));
    }
    return {out, count};
}

// What a title says besides its words.
struct SaidByTitle {
    bool work = false;
    bool wildcards = false;
    bool digits = false;  // may have some
};

// Finds the words of a plain title.
bool read_title(std::string_view title, const TellingWords& telling, PlainText& out, SaidByTitle& said) {
    if (!out.add_form_of(title)) return false;
    out.find_words();
    const bool may_be_number = title.starts_with('0');  // the track's
    if (!may_be_number && is_ordinary_title(out, TellingWords::title, telling)) {
        said.digits = out.has_digit();
        said.work = said.digits && !work_of(title).numbers.empty();
        return true;
    }
    std::string none;
    const std::string_view given = given_title(title, none);
    if (given.find(": ") != std::string_view::npos) return false;
    if (given.size() != title.size()) {
        out.clear();
        if (!out.add_form_of(given)) return false;
        out.find_words();
    }
    if (!text::is_only_title(given, out.text())) return false;
    said = {!work_of(given).numbers.empty(), out.text().find('*') != std::string_view::npos, true};
    return true;
}

// Finds the words of a plain album.
bool read_album(std::string_view album, const TellingWords& telling, bool& compilation, PlainText& out) {
    if (album.empty()) return true;
    if (!out.add_form_of(album)) return false;
    out.find_words();
    if (is_ordinary_title(out, TellingWords::title | TellingWords::album, telling)) return true;
    if (!text::is_only_title(album, out.text())) return false;
    const SaidByAlbum said = said_by_album(out.text());
    compilation = said.compilation;
    return !said.version();
}

class PlainReader {
  public:
    explicit PlainReader(const Track::Fields& fields) noexcept : fields_(fields) {}

    // False for a track that is not plain.
    [[nodiscard]] bool read() {
        const TellingWords& telling = telling_words();
        return is_ascii(fields_.title) && is_ascii(fields_.album) &&
               std::all_of(fields_.artists.begin(), fields_.artists.end(), is_ascii) &&
               read_title(fields_.title, telling, title_, said_) &&
               read_album(fields_.album, telling, compilation_, album_) && credits_.read(fields_.artists, telling);
    }
    [[nodiscard]] std::unique_ptr<std::byte[]> write(Outline& out);

  private:
    [[nodiscard]] std::uint32_t traits() const;

    const Track::Fields& fields_;
    SaidByTitle said_;
    PlainText title_;
    PlainText album_;
    PlainCredits credits_;
    bool compilation_ = false;
};

std::uint32_t PlainReader::traits() const {
    const std::span<const PlainWord> words = title_.words();
    const PlainText& line = credits_.line();
    const bool digits = said_.digits && std::any_of(words.begin(), words.end(),
                                                    [](const PlainWord& word) { return is_digit(*word.begin); });
    const bool ends_in_number = words.size() > 1 && ending_number_in(words.back().text()).has_value();
    return when(!title_.sorted().empty(), Outline::sorted_title) | when(!line.sorted().empty(), Outline::sorted_line) |
           when(!album_.sorted().empty(), Outline::sorted_album) |
           when(credits_.sizes().size() == 1, Outline::one_name) | when(ends_in_number || digits, Outline::numbers) |
           when(said_.work, Outline::work) | when(said_.wildcards, Outline::wildcards) |
           when(album_.text() == title_.text(), Outline::album_is_title) | Outline::title_or_names |
           Outline::as_it_stands | when(!fields_.isrc.empty(), Outline::isrc) | when(!fields_.id.empty(), Outline::id) |
           when(compilation_, Outline::compilation | Outline::older) | when(credits_.given(), Outline::credits_given) |
           when(ends_in_number, Outline::ending_number);
}

std::unique_ptr<std::byte[]> PlainReader::write(Outline& out) {
    const PlainText& line = credits_.line();
    const std::array<const PlainText*, 3> texts{&title_, &line, &album_};
    std::size_t words = 0;
    std::size_t symbols = 0;
    for (const PlainText* text : texts) {
        words += text->words().size();
        symbols += text->text().size() + text->sorted().size();
    }
    symbols += line.text().size();  // without "the" and "and"
    const std::size_t for_words = (title_.words().size() + line.words().size()) * sizeof(Word);
    const std::size_t for_hashes = words * sizeof(std::uint32_t);
    auto room = std::make_unique_for_overwrite<std::byte[]>(for_words + for_hashes + symbols + credits_.sizes().size());

    out = Outline(fields_);
    auto* const kept_words = reinterpret_cast<Word*>(room.get());
    PlainText telling;
    out.title_words = write_words(title_, kept_words);
    out.telling_words = write_telling(line, kept_words + out.title_words.size(), telling);
    out.hashes = write_hashes(texts, reinterpret_cast<std::uint32_t*>(room.get() + for_words));
    OutlineWriter writer(out, reinterpret_cast<std::uint8_t*>(room.get() + for_words + for_hashes));
    writer.add(Outline::title, title_.text(), title_.sorted());
    writer.add(Outline::line, line.text(), line.sorted());
    writer.add(Outline::album, album_.text(), album_.sorted());
    writer.add_telling(telling.text());
    for (const std::uint8_t size : credits_.sizes()) writer.add_size(size);
    out.bytes = writer.written();
    out.traits = traits();
    const TextHashes hashes(title_.text());
    out.whole = hashes.whole;
    out.letters = hashes.letters;
    out.credits = static_cast<std::uint16_t>(credits_.sizes().size());
    out.title_script = script_of(title_.text());
    out.title_scripts = script_bit(out.title_script);
    out.credit_script = script_of(line.text());
    out.title_sets = TextSets(title_.words());
    out.line_sets = TextSets(line.words());
    out.telling_sets = TextSets(out.telling_words);
    out.words = WordSet(out.hashes);
    out.joined_bag.add(title_.text());
    if (line.text().empty()) return room;
    out.joined_bag.add(std::string_view(" "));
    out.joined_bag.add(line.text());
    return room;
}

}  // namespace

std::unique_ptr<std::byte[]> outline_plain(const Track::Fields& fields, Outline& out) {
    PlainReader reader(fields);
    return reader.read() ? reader.write(out) : nullptr;
}

bool plain_title(std::string_view title, std::string& out, PlainTitle& said) {
    PlainText text;
    SaidByTitle besides;
    if (!is_ascii(title) || !read_title(title, telling_words(), text, besides)) return false;
    const TextHashes hashes(text.text());
    said = {hashes.whole, hashes.letters, besides.work, besides.wildcards};
    out.append(text.text());
    return true;
}

bool plain_album(std::string_view album, std::string& out) {
    PlainText text;
    bool compilation = false;
    if (!is_ascii(album) || !read_album(album, telling_words(), compilation, text)) return false;
    out.append(text.text());
    return true;
}

bool plain_credit(const std::vector<std::string>& artists, std::string& out) {
    PlainCredits credits;
    if (!std::all_of(artists.begin(), artists.end(), is_ascii) || !credits.read(artists, telling_words())) return false;
    std::size_t begin = 0;
    for (const std::uint8_t size : credits.sizes()) {
        if (begin > 0) out.push_back('\n');
        out.append(credits.line().text().substr(begin, size));
        begin += size + std::size_t{1};
    }
    return true;
}

}  // namespace musicsync
