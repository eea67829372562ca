#include "clause.hpp"

#include <algorithm>
#include <utility>

#include "artists.hpp"
#include "dates.hpp"
#include "guests.hpp"
#include "phrases.hpp"
#include "segments.hpp"
#include "vocabulary.hpp"

namespace musicsync::text {
namespace {

struct Part {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool after_comma = false;
};

bool digit_at(View text, std::size_t at) { return at < text.size() && is_digit(text[at]); }

// "1/16/92": a slash between digits, with another before or behind them.
bool is_of_date(View text, std::size_t at) {
    if (at == 0 || !digit_at(text, at - 1) || !digit_at(text, at + 1)) return false;
    std::size_t before = at;
    while (before > 0 && is_digit(text[before - 1])) --before;
    if (before > 1 && text[before - 1] == U'/' && is_digit(text[before - 2])) return true;
    std::size_t after = at + 1;
    while (digit_at(text, after)) ++after;
    return after < text.size() && text[after] == U'/' && digit_at(text, after + 1);
}

bool separates(View text, std::size_t at) {
    const char32_t c = text[at];
    if (c == U';' || c == U'|' || c == U',' || c == U'\0' || opens_bracket(c) || closes_bracket(c)) return true;
    if (c == U'/' && is_of_date(text, at)) return false;
    if (c == U'/')
        return slash_separates(text, at) || (at > 0 && is_digit(text[at - 1])) ||
               (at + 1 < text.size() && is_digit(text[at + 1]));
    return c == U'-' && at > 0 && is_space(text[at - 1]) && at + 1 < text.size() && is_space(text[at + 1]);
}

// The end of the quotation that begins at `at`, or `at` where none does (7" is an inch mark).
std::size_t quotation_end(View text, std::size_t at) {
    if (text[at] != U'"' || (at > 0 && is_word(text[at - 1]))) return at;
    const std::size_t end = text.find(U'"', at + 1);
    return end == View::npos ? at : end;
}

std::vector<Part> split(View text) {
    std::vector<Part> parts{{0, 0, false}};
    std::size_t last_quote = text.rfind(U'"');
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == U'"' && i < last_quote) i = quotation_end(text, i);
        if (!separates(text, i)) continue;
        parts.back().end = i;
        parts.push_back({i + 1, 0, text[i] == U','});
    }
    parts.back().end = text.size();
    return parts;
}

// "live @ moon" says "at".
std::string part_words(View part) {
    part = trim(part);
    if (part.empty()) return {};
    const std::size_t at = part.find(U'@');
    if (at == View::npos || at == 0 || !is_space(part[at - 1])) return finish(part);
    return finish(Text(part.substr(0, at)) + U" at " + Text(part.substr(at + 1)));
}

// "frozen original motion picture soundtrack" is "frozen".
std::string_view without_kind(std::string_view context) {
    std::string_view shortest = context;
    for (const std::string_view kind : vocabulary().list(Role::context_kind)) {
        const bool ends =
            context.size() > kind.size() && context.ends_with(kind) && context[context.size() - kind.size() - 1] == ' ';
        if (ends && context.size() - kind.size() - 1 < shortest.size())
            shortest = context.substr(0, context.size() - kind.size() - 1);
    }
    return shortest;
}

class ClauseReader {
  public:
    ClauseReader(View text, Place place) : text_(text), place_(place), parts_(split(text)) {}

    Clause read() {
        for (std::size_t i = 0; i < parts_.size(); ++i) read_part_at(i);
        close_names();
        for (VersionToken& token : out_.versions) finish_detail(token);
        for (std::size_t i : unknown_) out_.unknown.push_back(view(parts_[i]));
        return std::move(out_);
    }

  private:
    View view(const Part& part) const { return text_.substr(part.begin, part.end - part.begin); }

    void read_part_at(std::size_t i) {
        Part& part = parts_[i];
        Feature feature;
        if (find_feature(text_.substr(0, part.end), part.begin, feature)) {
            read_feature(i, feature);
            return;
        }
        const std::string words = part_words(view(part));
        if (words.empty()) return;
        if (names_end_ == 0 && dates_last_version(words)) return;
        const PartReading reading = read_part(words);
        if (reading.known) {
            accept(i, reading);
            return;
        }
        if (const std::size_t names = find_guests(text_.substr(0, part.end), part.begin); names != 0) {
            open_names(names, part.end);
            return;
        }
        if (!read_version_with_names(i)) absorb(i, words);
    }

    // "remix with camilo": a version before the word, names after it.
    bool read_version_with_names(std::size_t i) {
        constexpr View word = U" with ";
        const View part = view(parts_[i]);
        const std::size_t at = part.find(word);
        if (at == View::npos) return false;
        const std::string before = part_words(part.substr(0, at));
        const PartReading reading = read_part(before);
        if (!reading.known || reading.free_length > 0 || reading.opens != Opens::nothing) return false;
        accept(i, reading);
        open_names(parts_[i].begin + at + word.size(), parts_[i].end);
        return true;
    }

    // Text before "feat." in its part is a version ("remix feat. x") or, in a bracket, the main artist.
    void read_feature(std::size_t i, const Feature& feature) {
        Part before = parts_[i];
        const std::size_t end = before.end;
        before.end = feature.begin;
        const std::string words = part_words(view(before));
        const PartReading reading = read_part(words);
        std::size_t names = feature.names;
        if (reading.known) {
            accept(i, reading);
        } else if (const std::size_t with = words.empty() ? 0 : find_guests(text_.substr(0, before.end), before.begin);
                   with != 0) {
            names = with;
        } else if (!words.empty() && opens_ == Opens::nothing && names_end_ != 0) {
            names_end_ = end;
            return;
        } else if (!words.empty() && place_ == Place::bracket) {
            names = before.begin;
            take_back_unknown(i, names);
        } else if (!words.empty()) {
            parts_[i].end = feature.begin;
            unknown_.push_back(i);
        }
        open_names(names, end);
    }

    // "(layton greene, lil baby feat. city girls)": the parts before are artists too.
    void take_back_unknown(std::size_t i, std::size_t& names) {
        while (!unknown_.empty() && unknown_.back() + 1 == i && parts_[i].after_comma) {
            names = parts_[--i].begin;
            unknown_.pop_back();
        }
    }

    void open_names(std::size_t begin, std::size_t end) {
        close_names();
        names_begin_ = begin;
        names_end_ = end;
        opens_ = Opens::nothing;
        out_.known = true;
        out_.plain = false;
    }

    void close_names() {
        if (names_end_ == 0) return;
        for (std::string& name : split_credit(text_.substr(names_begin_, names_end_ - names_begin_))) {
            out_.featured.push_back(std::move(name));
        }
        names_end_ = 0;
    }

    void accept(std::size_t i, const PartReading& reading) {
        close_names();
        const std::size_t first = out_.versions.size();
        out_.versions.insert(out_.versions.end(), reading.versions.begin(), reading.versions.end());
        out_.free_length += reading.free_length;
        out_.plain = out_.plain && reading.free_length == 0 && reading.opens == Opens::nothing;
        out_.known = true;
        opens_ = reading.opens;
        open_version_ = first + reading.open_version;
        note_performance(i, first);
        if (reading.free_length > 0 && !reading.versions.empty()) prepend_unknown(i, first);
        if (!reading.source.empty() && out_.context.empty()) out_.context = std::string(reading.source);
        if (reading.opens == Opens::context) read_context(i, reading.rest);
    }

    // "live at mtv unplugged, bray studios, windsor": what follows a performance behind a comma is where it was.
    void note_performance(std::size_t i, std::size_t first) {
        for (std::size_t n = first; n < out_.versions.size(); ++n) {
            const VersionKind kind = out_.versions[n].kind;
            if (kind != VersionKind::live && kind != VersionKind::unplugged) continue;
            performance_ = n;
            performance_ends_ = i + 1;
        }
    }

    // "dimitri vegas, like mike remix": the comma is inside the name.
    void prepend_unknown(std::size_t i, std::size_t first) {
        const auto named = std::find_if(out_.versions.begin() + static_cast<std::ptrdiff_t>(first), out_.versions.end(),
                                        [](const VersionToken& t) { return !t.detail.empty(); });
        constexpr int most_commas = 4;
        for (int n = 0; n < most_commas && named != out_.versions.end() && !unknown_.empty(); ++n) {
            if (unknown_.back() + 1 != i || !parts_[i].after_comma) break;
            const std::string words = part_words(view(parts_[--i]));
            out_.free_length += words.size();
            if (says_something(i)) named->detail = words + " " + named->detail;
            unknown_.pop_back();
        }
    }

    // What stands in quotes after "from" is the name; without quotes it is the rest less what kind of thing it is.
    void read_context(std::size_t i, std::string_view rest) {
        if (!out_.context.empty() || take_quotation(parts_[i].begin)) return;
        if (vocabulary().lists(Role::sentence, rest.substr(0, rest.find(' '))) ||
            (rest.empty() && part_words(view(parts_[i])) == "from")) {
            out_.known = out_.versions.size() + out_.featured.size() > 0;
            unknown_.push_back(i);
            opens_ = Opens::nothing;
            return;
        }
        rest = without_kind(rest);
        out_.context = std::string(rest);
        out_.free_length += rest.size();
    }

    // Looks once, so that a clause full of "from" stays linear.
    bool take_quotation(std::size_t from) {
        if (std::exchange(quotation_sought_, true)) return false;
        for (std::size_t at = text_.find(U'"', from); at != View::npos; at = text_.find(U'"', at + 1)) {
            const std::size_t end = quotation_end(text_, at);
            if (end == at) continue;
            out_.context = finish(text_.substr(at + 1, end - at - 1));
            return true;
        }
        return false;
    }

    // An unknown part after an open phrase belongs to it: "live at cobo hall, detroit", "feat. a, b", "from x, season
    // 2".
    void absorb(std::size_t i, const std::string& words) {
        if (names_end_ != 0) {
            names_end_ = parts_[i].end;
        } else if (opens_ == Opens::detail) {
            if (says_something(i)) out_.versions[open_version_].detail += ' ' + words;
        } else if (performance_ends_ == i && i > 0 && parts_[i].after_comma) {
            if (says_something(i)) out_.versions[performance_].detail += ' ' + words;
            performance_ends_ = i + 1;
        } else if (opens_ == Opens::nothing) {
            unknown_.push_back(i);
        }
    }

    // Signs alone are dropped beside words: normalize("hall ÷") is "hall".
    bool says_something(std::size_t i) const { return word_length(view(parts_[i])) > 0; }

    bool dates_last_version(std::string_view words) {
        if (out_.versions.empty() || out_.versions.back().year) return false;
        const std::optional<int> year = take_trailing_date(words);
        if (!year || !words.empty()) return false;
        out_.versions.back().year = year;
        return true;
    }

    static void finish_detail(VersionToken& token) {
        std::string_view detail = token.detail;
        if (!token.year && detail.size() > 4) token.year = take_trailing_date(detail);
        if (detail.starts_with(' ')) detail.remove_prefix(1);
        if (detail.size() != token.detail.size()) token.detail = std::string(detail);
    }

    View text_;
    Place place_;
    std::vector<Part> parts_;
    std::vector<std::size_t> unknown_;
    std::size_t names_begin_ = 0;
    std::size_t names_end_ = 0;  // 0: no list of names is open
    bool quotation_sought_ = false;
    Opens opens_ = Opens::nothing;
    std::size_t open_version_ = 0;
    std::size_t performance_ = 0;
    std::size_t performance_ends_ = 0;  // the part that may go on with the place of the performance
    Clause out_;
};

}  // namespace

Clause read_clause(View folded, Place place) { return ClauseReader(folded, place).read(); }

}  // namespace musicsync::text
