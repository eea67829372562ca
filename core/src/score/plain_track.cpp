#include "score/plain_track.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "normalize/ascii.hpp"
#include "score/outline_writer.hpp"
#include "score/plain_fields.hpp"
#include "score/title_numbers.hpp"

namespace musicsync {
namespace {

bool is_ascii(std::string_view text) { return text::is_ascii(text); }

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

bool is_particle(const PlainWord& word) noexcept {
    return word.length == 3 && (word.text() == "the" || word.text() == "and");
}

// The line's words but for "the" and "and"; the text of them, which may be the line's or in `room`.
std::span<const Word> write_telling(const PlainText& line, Word* out, PlainText& room,
                                    std::string_view& text) noexcept {
    text = line.text();
    if (std::none_of(line.words().begin(), line.words().end(), is_particle)) return write_words(line, out);
    std::size_t count = 0;
    for (const PlainWord& word : line.words()) {
        if (is_particle(word)) continue;
        if (count > 0) static_cast<void>(room.add(" "));  // has room for what the line had room for
        out[count++] = kept(word, room.text().size());
        static_cast<void>(room.add(word.text()));
    }
    text = room.text();
    return {out, count};
}

Script script_of_ascii(std::string_view text) noexcept {
    const auto is_letter = [](char c) {
        return (text::ascii_classes[static_cast<unsigned char>(c)] & text::ascii_letter) != 0;
    };
    return std::any_of(text.begin(), text.end(), is_letter) ? Script::latin : Script::none;
}

class PlainReader {
  public:
    explicit PlainReader(const Track::Fields& fields) noexcept : fields_(fields) {}

    // False for a track that is not read so.
    [[nodiscard]] bool read() {
        const TellingWords& telling = telling_words();
        return is_ascii(fields_.title) && is_ascii(fields_.album) &&
               std::all_of(fields_.artists.begin(), fields_.artists.end(), is_ascii) &&
               title_.read_title(fields_.title, telling) && album_.read_album(fields_.album, telling) &&
               credits_.read(fields_.artists, featured(), telling);
    }
    [[nodiscard]] PlainOutline write(Outline& out);

  private:
    [[nodiscard]] const std::vector<std::string>& featured() const noexcept {
        static const std::vector<std::string> nobody;
        return title_.parts() ? title_.parts()->featured : nobody;
    }
    [[nodiscard]] bool says_more() const noexcept {
        return title_.parts() || album_.parts() || album_.said().version() || credits_.said().version();
    }
    void write_texts(Outline& out, std::byte* room, std::size_t for_words, std::size_t for_hashes) const;
    [[nodiscard]] std::unique_ptr<const Besides> besides() const;
    [[nodiscard]] std::uint32_t traits(const Besides* besides) const;

    const Track::Fields& fields_;
    PlainTitleText title_;
    PlainTitleText album_;
    PlainCredits credits_;
};

std::unique_ptr<const Besides> PlainReader::besides() const {
    if (!says_more()) return nullptr;
    auto out = std::make_unique<Besides>();
    const auto take = [](const PlainTitleText& text, std::string& whole, std::vector<VersionToken>& versions) {
        if (!text.parts()) return;
        versions = text.parts()->versions;
        if (text.whole().text() != text.base().text()) whole = text.whole().text();
    };
    take(title_, out->whole_title, out->versions);
    take(album_, out->whole_album, out->album_versions);
    if (title_.parts()) out->part = title_.parts()->part;
    out->explicit_ = explicitness(out->versions, out->album_versions);
    add_said(out->versions, out->album_versions, credits_.said(), album_.said());
    return out;
}

std::uint32_t PlainReader::traits(const Besides* besides) const {
    const PlainText& title = title_.base();
    const PlainText& album = album_.base();
    const PlainText& line = credits_.line();
    const std::span<const PlainWord> words = title.words();
    const bool digits = title_.may_have_digits() && std::any_of(words.begin(), words.end(), [](const PlainWord& word) {
                            return is_digit(*word.begin);
                        });
    const bool ends_in_number = words.size() > 1 && ending_number_in(words.back().text()).has_value();
    const bool compilation = album_.said().compilation;
    const bool part = besides != nullptr && besides->part;
    const bool older =
        besides == nullptr ? compilation : says_it_is_older(besides->versions, besides->album_versions, compilation);
    const bool versions = besides != nullptr && !(besides->versions.empty() && besides->album_versions.empty());
    return when(!title.sorted().empty(), Outline::sorted_title) | when(!line.sorted().empty(), Outline::sorted_line) |
           when(!album.sorted().empty(), Outline::sorted_album) |
           when(credits_.sizes().size() == 1, Outline::one_name) |
           when(ends_in_number || digits || part, Outline::numbers) | when(part, Outline::part) |
           when(title_.is_work(), Outline::work) | when(versions, Outline::versions) |
           when(!title_.whole().is_as_given() && title.text().find('*') != std::string_view::npos, Outline::wildcards) |
           when(album.text() == title.text(), Outline::album_is_title) | Outline::title_or_names |
           when(!says_more(), Outline::as_it_stands) | when(!fields_.isrc.empty(), Outline::isrc) |
           when(!fields_.id.empty(), Outline::id) | when(compilation, Outline::compilation) |
           when(older, Outline::older) | when(credits_.given(), Outline::credits_given) |
           when(ends_in_number, Outline::ending_number);
}

// Words, hashes and bytes, one behind the other.
void PlainReader::write_texts(Outline& out, std::byte* room, std::size_t for_words, std::size_t for_hashes) const {
    const PlainText& line = credits_.line();
    auto* const kept_words = reinterpret_cast<Word*>(room);
    PlainText room_for_telling;
    std::string_view telling;
    out.title_words = write_words(title_.base(), kept_words);
    out.telling_words = write_telling(line, kept_words + out.title_words.size(), room_for_telling, telling);
    out.hashes =
        write_hashes({&title_.whole(), &line, &album_.whole()}, reinterpret_cast<std::uint32_t*>(room + for_words));
    OutlineWriter writer(out, reinterpret_cast<std::uint8_t*>(room + for_words + for_hashes));
    writer.add(Outline::title, title_.base().text(), title_.base().sorted());
    writer.add(Outline::line, line.text(), line.sorted());
    writer.add(Outline::album, album_.base().text(), album_.base().sorted());
    writer.add_telling(telling);
    for (const std::uint8_t size : credits_.sizes()) writer.add_size(size);
    out.bytes = writer.written();
}

PlainOutline PlainReader::write(Outline& out) {
    const PlainText& title = title_.base();
    const PlainText& line = credits_.line();
    const auto bytes_of = [](const PlainText& text) { return text.text().size() + text.sorted().size(); };
    const std::size_t for_words = (title.words().size() + line.words().size()) * sizeof(Word);
    const std::size_t for_hashes =
        (title_.whole().words().size() + line.words().size() + album_.whole().words().size()) * sizeof(std::uint32_t);
    const std::size_t for_bytes = bytes_of(title) + bytes_of(line) + bytes_of(album_.base()) + line.text().size() +
                                  credits_.sizes().size();  // the line without "the" and "and" too
    PlainOutline made;
    made.besides = besides();
    made.room = std::make_unique_for_overwrite<std::byte[]>(for_words + for_hashes + for_bytes);
    out = Outline(fields_);
    write_texts(out, made.room.get(), for_words, for_hashes);
    out.traits = traits(made.besides.get());
    if (made.besides) {
        out.title_versions = made.besides->versions;
        out.album_versions = made.besides->album_versions;
        if (!out.explicit_) out.explicit_ = made.besides->explicit_;
    }
    const TextHashes hashes(title.text());
    out.whole = title_.parts() ? TextHashes(title_.whole().text()).whole : hashes.whole;
    out.letters = hashes.letters;
    out.credits = static_cast<std::uint16_t>(credits_.sizes().size());
    out.guests = static_cast<std::uint16_t>(credits_.guests());
    out.title_script = script_of_ascii(title.text());
    out.title_scripts = script_bit(out.title_script);
    out.credit_script = script_of_ascii(line.text());
    out.title_sets = TextSets(title.words());
    out.line_sets = TextSets(line.words());
    out.telling_sets = TextSets(out.telling_words);
    out.words = WordSet(out.hashes);
    out.joined_bag.add(title.text());
    if (!line.text().empty()) {
        out.joined_bag.add(std::string_view(" "));
        out.joined_bag.add(line.text());
    }
    return made;
}

}  // namespace

PlainOutline outline_plain(const Track::Fields& fields, Outline& out) {
    PlainReader reader(fields);
    return reader.read() ? reader.write(out) : PlainOutline{};
}

bool plain_title(std::string_view title, std::string& out, PlainTitle& said) {
    PlainTitleText read;
    if (!is_ascii(title) || !read.read_title(title, telling_words()) || read.parts()) return false;
    const std::string_view text = read.base().text();
    const TextHashes hashes(text);
    said = {hashes.whole, hashes.letters, read.is_work(), text.find('*') != std::string_view::npos};
    out.append(text);
    return true;
}

bool plain_album(std::string_view album, std::string& out) {
    PlainTitleText read;
    if (!is_ascii(album) || !read.read_album(album, telling_words()) || read.parts() || read.said().version())
        return false;
    out.append(read.base().text());
    return true;
}

bool plain_credit(const std::vector<std::string>& artists, std::string& out) {
    PlainCredits credits;
    if (!std::all_of(artists.begin(), artists.end(), is_ascii) || !credits.read(artists, {}, telling_words()) ||
        credits.said().version())
        return false;
    std::size_t begin = 0;
    for (const std::uint8_t size : credits.sizes()) {
        if (begin > 0) out.push_back('\n');
        out.append(credits.line().text().substr(begin, size));
        begin += size + std::size_t{1};
    }
    return true;
}

}  // namespace musicsync
