#include "phrases.hpp"

#include <algorithm>

#include "dates.hpp"
#include "vocabulary.hpp"

namespace musicsync::text {
namespace {

constexpr std::size_t longest_part = 400;  // bytes; no version phrase with its venue is longer

struct Item {  // a phrase, a year, an ordinal or one unknown word
    std::size_t begin = 0;
    std::size_t end = 0;
    const Phrase* phrase = nullptr;
    int year = 0;
    bool ordinal = false;

    [[nodiscard]] bool unknown() const { return phrase == nullptr && year == 0 && !ordinal; }
    [[nodiscard]] bool is(Role role) const { return phrase != nullptr && phrase->role == role; }
    [[nodiscard]] bool names_version() const { return is(Role::plain) || is(Role::tail) || is(Role::head); }
};

std::size_t end_of_word(std::string_view text, std::size_t begin) {
    return std::min(text.find(' ', begin), text.size());
}

// The longest phrase that begins at `begin`.
Item match_at(std::string_view text, std::size_t begin, const Vocabulary& words_known) {
    Item item{begin, end_of_word(text, begin)};
    const bool begins = words_known.entry(text.substr(begin, item.end - begin)).begins_phrase;
    std::size_t end = begin;
    for (std::size_t words = 0; begins && words < max_phrase_words && end < text.size(); ++words) {
        end = end_of_word(text, words == 0 ? begin : end + 1);
        if (end - begin > max_phrase_bytes) break;
        if (const Phrase* phrase = words_known.find(text.substr(begin, end - begin))) {
            item.phrase = phrase;
            item.end = end;
        }
    }
    if (item.phrase == nullptr) {
        const std::string_view word = text.substr(begin, item.end - begin);
        item.year = as_year(word);
        item.ordinal = is_ordinal(word);
    }
    return item;
}

std::vector<Item> match_all(std::string_view text) {
    const Vocabulary& words_known = vocabulary();
    std::vector<Item> items;
    for (std::size_t at = 0; at < text.size(); at = items.back().end + 1)
        items.push_back(match_at(text, at, words_known));
    return items;
}

// Words that cannot be anybody's name: "(in the mix)" is no remix by "in the".
bool is_a_name(std::string_view words) {
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = end_of_word(words, at);
        if (!vocabulary().lists(Role::particle, words.substr(at, end - at))) return true;
        at = end + 1;
    }
    return false;
}

bool can_be_dated(VersionKind kind) {
    switch (kind) {
        case VersionKind::mono:
        case VersionKind::stereo:
        case VersionKind::explicit_:
        case VersionKind::clean:
        case VersionKind::bonus:
        case VersionKind::language: return false;
        default: return true;
    }
}

void join(std::string& detail, std::string_view more) {
    if (!detail.empty() && !more.empty()) detail += ' ';
    detail += more;
}

// Reads the items of one part in the order that the rules are written down: phrases only; words after a head phrase;
// words before a tail phrase.
class PartReader {
  public:
    PartReader(std::string_view text, PartReading& out) : text_(text), items_(match_all(text)), out_(out) {}

    void read() {
        const std::size_t tail = covered_tail();
        if (tail == 0) {
            read_run(0, items_.size(), {});
        } else if (!read_head()) {
            read_names_before(tail);
        }
    }

  private:
    // The first item of the run of phrases, years and ordinals that ends the part.
    std::size_t covered_tail() const {
        std::size_t first = items_.size();
        while (first > 0 && !items_[first - 1].unknown() && !opens_text(items_[first - 1])) --first;
        return first;
    }

    static bool opens_text(const Item& item) {
        return item.is(Role::context) || item.is(Role::credit) || item.is(Role::head);
    }

    // Everything from `begin` to `end` is covered: adds its tokens; `name` belongs to the first phrase that takes one.
    void read_run(std::size_t begin, std::size_t end, std::string_view name, std::optional<int> waiting = {}) {
        const std::size_t first_token = out_.versions.size();
        bool noise = false;
        const bool other_phrases =
            std::any_of(at(begin), at(end), [](const Item& i) { return i.names_version() || i.is(Role::noise); });
        const std::size_t named = name.empty() ? end : taker_of_name(begin, end);
        for (std::size_t i = begin; i < end; ++i) {
            const Item& item = items_[i];
            noise = noise || item.is(Role::noise) || item.is(Role::source);
            if (item.year != 0) {
                if (!date_last_token(first_token, item.year)) waiting = item.year;
                continue;
            }
            const bool takes_name = i == named;
            const bool bare_version = item.is(Role::version) && !other_phrases && waiting;
            if (!item.names_version() && !takes_name && !bare_version) continue;
            VersionToken token{item.phrase->kind, std::string(takes_name ? name : std::string_view{}), {}};
            join(token.detail, item.phrase->detail);
            if (waiting && can_be_dated(token.kind)) std::swap(token.year, waiting);
            out_.versions.push_back(std::move(token));
        }
        const bool tokens = out_.versions.size() > first_token;
        if (waiting && !tokens && !noise && end - begin == 1) {  // "(2020)" alone
            out_.versions.push_back({VersionKind::other, "", waiting});
            noise = true;
        }
        out_.known = out_.known || tokens || noise;
    }

    // A name before "extended remix" is the remixer's; else it belongs to the first phrase that can have one.
    std::size_t taker_of_name(std::size_t begin, std::size_t end) const {
        std::size_t first = end;
        for (std::size_t i = begin; i < end; ++i) {
            if (!items_[i].is(Role::tail) && !items_[i].is(Role::version)) continue;
            if (items_[i].phrase->kind == VersionKind::remix) return i;
            first = std::min(first, i);
        }
        return first;
    }

    std::vector<Item>::const_iterator at(std::size_t i) const {
        return items_.begin() + static_cast<std::ptrdiff_t>(i);
    }

    bool date_last_token(std::size_t first_token, int year) {
        if (out_.versions.size() == first_token) return false;
        VersionToken& last = out_.versions.back();
        if (last.year || !can_be_dated(last.kind)) return false;
        last.year = year;
        return true;
    }

    // "live at X", "from X", "prod by X", after covered items at most. False where no such phrase begins the part.
    bool read_head() {
        std::size_t i = 0;
        while (i < items_.size() && !items_[i].unknown() && !opens_text(items_[i])) ++i;
        if (i == items_.size() || !opens_text(items_[i])) return false;
        if (i > 0 && items_[i].is(Role::context) &&
            std::none_of(at(0), at(i), [](const Item& x) { return x.names_version(); }))
            return false;
        const bool only_year = i == 1 && items_[0].year != 0;  // "1960 live in berlin"
        if (!only_year) read_run(0, i, {});
        const Item& opening = items_[i];
        std::size_t end = items_.size();
        if (opening.is(Role::head)) end = first_version_from(std::max(covered_tail(), i + 1));
        const std::size_t from = std::min(opening.end + 1, text_.size());
        const std::size_t to = end < items_.size() ? items_[end].begin : text_.size();
        std::string_view rest = text_.substr(from, to > from ? to - from : 0);
        if (rest.ends_with(' ')) rest.remove_suffix(1);
        out_.known = true;
        if (opening.is(Role::context)) {
            out_.rest = rest;
            out_.opens = Opens::context;
        } else if (opening.is(Role::credit)) {
            out_.opens = Opens::credit;
        } else {
            read_detail(*opening.phrase, rest, end);
            VersionToken& token = out_.versions[out_.open_version];
            if (only_year && !token.year) token.year = items_[0].year;
        }
        return true;
    }

    std::size_t first_version_from(std::size_t i) const {  // a year before it dates the head phrase
        while (i < items_.size() && !items_[i].names_version()) ++i;
        return i;
    }

    void read_detail(const Phrase& phrase, std::string_view rest, std::size_t tail) {
        VersionToken token{phrase.kind, {}, take_trailing_date(rest)};
        token.detail = std::string(rest);
        out_.open_version = out_.versions.size();
        out_.versions.push_back(std::move(token));
        out_.opens = tail < items_.size() ? Opens::nothing : Opens::detail;
        if (tail < items_.size()) read_run(tail, items_.size(), {});
    }

    // "tiesto remix", "bbc session 1990", "frozen soundtrack": the uncovered words before `tail` are a name.
    void read_names_before(std::size_t tail) {
        if (tail == items_.size()) return;
        std::size_t first = 0;
        if (items_[0].is(Role::plain) && items_[0].phrase->kind == VersionKind::live && tail > 1) {
            out_.versions.push_back({VersionKind::live, {}, {}});  // "live bbc session"
            first = 1;
        }
        std::optional<int> year;
        if (items_[first].year != 0 && first + 1 < tail) year = items_[first++].year;  // "2012 collection remaster"
        std::string_view name = text_.substr(items_[first].begin, items_[tail].begin - 1 - items_[first].begin);
        const auto takes = [](const Item& i) { return i.is(Role::tail) || i.is(Role::version) || i.is(Role::source); };
        const auto taker = std::find_if(at(tail), items_.cend(), takes);
        if (taker == items_.end() || !is_a_name(name)) {
            out_.versions.clear();
            return;
        }
        out_.free_length = name.size();
        if (taker->is(Role::source)) {
            out_.source = name;
            out_.known = true;
            return;
        }
        read_run(tail, items_.size(), name, year);
    }

    std::string_view text_;
    std::vector<Item> items_;
    PartReading& out_;
};

}  // namespace

PartReading read_part(std::string_view normalized) {
    PartReading reading;
    if (normalized.empty() || normalized.size() > longest_part) return reading;
    PartReader(normalized, reading).read();
    return reading;
}

}  // namespace musicsync::text
