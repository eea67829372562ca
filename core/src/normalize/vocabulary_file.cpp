#include "vocabulary_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <utility>

#include "unicode.hpp"

namespace musicsync::text {
namespace {

constexpr std::size_t field_count = 5;
constexpr std::string_view removing = "none";  // the role that takes a phrase out of the vocabulary
constexpr std::size_t largest_file = std::size_t{16} << 20;

constexpr std::array<std::string_view, role_count> role_names{
    "plain",    "tail",       "head",           "version",       "noise",        "credit",     "context",
    "source",   "filler",     "ensemble",       "guest",         "companion",    "suffix",     "unknown_artist",
    "sentence", "not_guest",  "particle",       "month",         "guest_word",   "ending",     "context_kind",
    "article",  "possessive", "channel_suffix", "album_karaoke", "cover_credit", "album_live", "album_compilation"};
static_assert(!role_names.back().empty());

std::optional<Role> role_named(std::string_view name) {
    const auto found = std::ranges::find(role_names, name);
    if (found == role_names.end()) return std::nullopt;
    return static_cast<Role>(found - role_names.begin());
}

std::optional<VersionKind> kind_named(std::string_view text) {
    for (std::size_t i = 0; i <= static_cast<std::size_t>(VersionKind::other); ++i) {
        const auto kind = static_cast<VersionKind>(i);
        if (name(kind) == text) return kind;
    }
    return std::nullopt;
}

std::string joined_roles() {
    std::string out;
    for (const std::string_view role : role_names) out += std::string(role) + ", ";
    return out + std::string(removing);
}

std::string joined_kinds() {
    std::string out;
    for (std::size_t i = 0; i <= static_cast<std::size_t>(VersionKind::other); ++i) {
        out += (i > 0 ? ", " : "") + std::string(name(static_cast<VersionKind>(i)));
    }
    return out;
}

struct Line {
    std::array<std::string_view, field_count> fields{};
    std::size_t given = 0;

    [[nodiscard]] std::string_view phrase() const { return fields[0]; }
    [[nodiscard]] std::string_view role() const { return fields[1]; }
    [[nodiscard]] std::string_view kind() const { return fields[2]; }
    [[nodiscard]] std::string_view detail() const { return fields[3]; }
    [[nodiscard]] std::string_view language() const { return fields[4]; }
};

Line split_line(std::string_view text) {
    Line line;
    while (true) {
        const std::size_t tab = std::min(text.find('\t'), text.size());
        if (line.given < field_count) line.fields[line.given] = text.substr(0, tab);
        ++line.given;
        if (tab == text.size()) return line;
        text.remove_prefix(tab + 1);
    }
}

bool says_nothing(std::string_view line) {
    return line.empty() || line.front() == '#' || line.find_first_not_of(" \t") == std::string_view::npos ||
           line.starts_with("phrase\trole");
}

// Where a complaint belongs.
struct Place {
    std::string_view file;
    std::size_t line = 0;  // 1-based

    [[nodiscard]] Error error(std::string_view field, const std::string& reason,
                              Errc code = Errc::invalid_value) const {
        return {code, std::string(file) + ":" + std::to_string(line) + ": " + std::string(field) + ": " + reason,
                std::string(field), line - 1};
    }
};

bool is_language(std::string_view code) {
    return code.empty() || ((code.size() == 2 || code.size() == 3) &&
                            std::ranges::all_of(code, [](char c) { return c >= 'a' && c <= 'z'; }));
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::optional<Error> phrase_problem(std::string_view phrase, std::string_view role, const Place& place) {
    const std::optional<Role> known = role_named(role);
    const std::size_t most_words = known && is_list(*known) ? max_listed_words : max_phrase_words;
    if (phrase.empty()) return place.error("phrase", "has no letters or digits");
    if (phrase.size() > max_phrase_bytes)
        return place.error("phrase", "is longer than " + std::to_string(max_phrase_bytes) + " bytes");
    if (std::ranges::count(phrase, ' ') >= static_cast<std::ptrdiff_t>(most_words))
        return place.error("phrase", "has more than " + std::to_string(most_words) + " words");
    return std::nullopt;
}

// Role, kind and language of a line whose texts are good.
Result<Phrase> read_phrase(const Line& line, const Place& place) {
    Phrase phrase;
    const std::optional<Role> role = role_named(line.role());
    if (!role) return place.error("role", quoted(line.role()) + " is none of " + joined_roles());
    phrase.role = *role;
    if (takes_kind(*role)) {
        const std::optional<VersionKind> kind = kind_named(line.kind());
        if (!kind) return place.error("kind", quoted(line.kind()) + " is none of " + joined_kinds());
        phrase.kind = *kind;
    } else if (!line.kind().empty()) {
        return place.error("kind", "must be empty for role " + std::string(line.role()));
    } else if (!line.detail().empty()) {
        return place.error("detail", "must be empty for role " + std::string(line.role()));
    }
    if (*role == Role::version) phrase.kind = VersionKind::rerecorded;
    if (!is_language(line.language()))
        return place.error("language", quoted(line.language()) + " is no code of two or three small letters");
    return phrase;
}

std::optional<Error> shape_problem(const Line& line, const Place& place) {
    if (line.given < 2)
        return place.error("role", "is missing: a line is phrase, role, kind, detail, language with a tab between");
    if (line.given > field_count)
        return place.error("line", "has " + std::to_string(line.given) + " fields, not " + std::to_string(field_count));
    return std::nullopt;
}

}  // namespace

Result<std::vector<Phrase>> read_embedded(const EmbeddedFile& file) {
    std::vector<Phrase> phrases;
    phrases.reserve(file.lines.size());
    Place place{file.name, 0};
    for (const std::string_view text : file.lines) {
        ++place.line;
        if (says_nothing(text)) continue;
        const Line line = split_line(text);
        if (const auto problem = shape_problem(line, place)) return *problem;
        if (const auto problem = phrase_problem(line.phrase(), line.role(), place)) return *problem;
        Result<Phrase> phrase = read_phrase(line, place);
        if (!phrase) return phrase.error();
        phrases.push_back(*phrase);
        phrases.back().text = line.phrase();
        phrases.back().detail = line.detail();
        phrases.back().language = line.language();
    }
    return phrases;
}

Result<std::unique_ptr<const VocabularyFile>> VocabularyFile::parse(std::string_view text, const std::string& name) {
    auto file = std::make_unique<VocabularyFile>();
    std::unordered_map<std::string, std::size_t> seen;
    Place place{name, 0};
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    while (!text.empty()) {
        ++place.line;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view row = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (row.ends_with('\r')) row.remove_suffix(1);
        if (says_nothing(row)) continue;
        const Line line = split_line(row);
        if (const auto problem = shape_problem(line, place)) return *problem;
        std::string spelled = normalize(line.phrase());
        if (spelled.find("\xEF\xBF\xBD") != std::string::npos)
            return place.error("phrase", "is not UTF-8", Errc::invalid_utf8);
        if (const auto problem = phrase_problem(spelled, line.role(), place)) return *problem;
        const auto [first, fresh] = seen.emplace(spelled + '\t' + std::string(line.role()), place.line);
        if (!fresh)
            return place.error("phrase",
                               quoted(spelled) + " stands in line " + std::to_string(first->second) + " already");
        if (line.role() == removing) {
            file->removed_.push_back(file->keep(std::move(spelled)));
            continue;
        }
        Result<Phrase> phrase = read_phrase(line, place);
        if (!phrase) return phrase.error();
        file->phrases_.push_back(*phrase);
        file->phrases_.back().text = file->keep(std::move(spelled));
        file->phrases_.back().detail = file->keep(normalize(line.detail()));
        file->phrases_.back().language = file->keep(std::string(line.language()));
    }
    return Result<std::unique_ptr<const VocabularyFile>>(std::move(file));
}

std::vector<Phrase> VocabularyFile::added_to(const Vocabulary& base) const {
    std::vector<Phrase> all;
    const std::vector<std::string_view>& gone = removed_;
    std::ranges::copy_if(base.phrases(), std::back_inserter(all),
                         [&](const Phrase& phrase) { return std::ranges::find(gone, phrase.text) == gone.end(); });
    all.insert(all.end(), phrases_.begin(), phrases_.end());
    return all;
}

Result<std::unique_ptr<const VocabularyFile>> read_vocabulary_file(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    const auto refused = [&] { return Error{Errc::io, path + ": " + std::strerror(errno)}; };
    if (!stream) return refused();
    std::string text;
    text.resize(largest_file + 1);
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad() || (stream.gcount() == 0 && !stream.eof())) return refused();
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > largest_file)
        return Error{Errc::too_long, path + " is larger than " + std::to_string(largest_file) + " bytes"};
    return VocabularyFile::parse(text, path);
}

}  // namespace musicsync::text
