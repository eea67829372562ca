#include "title.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "artists.hpp"
#include "bare_version.hpp"
#include "clause.hpp"
#include "guests.hpp"
#include "misspelt.hpp"
#include "musicsync/normalize.hpp"
#include "part_number.hpp"
#include "plain.hpp"
#include "segments.hpp"
#include "unicode.hpp"
#include "vocabulary.hpp"

namespace musicsync {
namespace text {
namespace {

// Keeps the segments that are the title and reads the others.
class TitleReader {
  public:
    explicit TitleReader(View folded) : segments_(split_title(folded)) {
        for (std::size_t i = 0; i < segments_.size(); ++i) {
            if (segments_[i].kind == Segment::Kind::text && word_length(segments_[i].content) > 0) last_text_ = i;
        }
    }

    TitleParts read() {
        for (std::size_t i = 0; i < segments_.size(); ++i) read_segment(i);
        read_base();
        date_versions();
        sort_versions();
        remove_repeated_names();
        return std::move(out_);
    }

  private:
    void read_segment(std::size_t i) {
        const Segment& segment = segments_[i];
        if (segment.kind == Segment::Kind::text) {
            keep_text(segment.content);
            return;
        }
        const Place place = segment.kind == Segment::Kind::bracket ? Place::bracket : Place::suffix;
        std::optional<Text> put_right;  // what the clause's views are into
        const Clause clause = read_with_slips(segment.content, place, put_right);
        if (!may_cut(i, clause)) {
            kept_ += U' ';
            place == Place::suffix ? keep_text(segment.content) : keep(segment.outer);
            return;
        }
        take(clause);
        if (clause.free_length > 2 * std::max<std::size_t>(kept_length_, 1)) {  // a third of the string has to stay
            kept_ += U' ';
            keep(segment.content);
            kept_version_ = true;
            return;
        }
        for (View part : clause.unknown) {
            kept_ += U' ';
            keep(part);
        }
        kept_ += U' ';
    }

    // "(Accoustic)": where not all is known, and with a version word put right it is.
    static Clause read_with_slips(View content, Place place, std::optional<Text>& put_right) {
        Clause given = read_clause(content, place);
        if (given.known && given.plain) return given;
        put_right = with_version_words_put_right(content);
        if (!put_right) return given;
        Clause meant = read_clause(*put_right, place);
        return meant.known && meant.unknown.empty() && meant.plain ? meant : given;
    }

    bool may_cut(std::size_t i, const Clause& clause) const {
        if (!clause.known) return false;
        if (!kept_any_) return clause.plain && clause.unknown.empty() && i < last_text_;  // "[Official Video] Song"
        return true;
    }

    void keep(View text) {
        kept_ += text;
        kept_length_ += word_length(text);
        kept_any_ = kept_any_ || !trim(text).empty();  // "!!!" has no word characters
    }

    // Running text may hold "feat. X": the rest of the segment is names.
    void keep_text(View text) {
        Feature feature;
        if (!find_feature(text, 0, feature)) {
            keep(text);
            return;
        }
        const View title = text.substr(0, feature.begin);
        const View names = text.substr(feature.names);
        const std::size_t left = kept_length_ + word_length(title);
        const bool enough = left > 0 && (feature.marked || word_length(names) <= 2 * left);
        if (!enough) {
            keep(text);
            return;
        }
        keep(title);
        add_names(split_credit(names));
    }

    void take(const Clause& clause) {
        out_.versions.insert(out_.versions.end(), clause.versions.begin(), clause.versions.end());
        add_names(clause.featured);
        if (out_.context.empty()) out_.context = clause.context;
    }

    void add_names(std::vector<std::string> names) {
        out_.featured.insert(out_.featured.end(), std::make_move_iterator(names.begin()),
                             std::make_move_iterator(names.end()));
    }

    void read_base() {
        std::string base = finish(kept_);
        const std::size_t words = ending_words(base);
        if (words > 0) {
            kept_.resize(start_of_last_words(kept_, words));
            base = finish(kept_);
        }
        auto version = kept_version_ ? std::nullopt : take_bare_version(kept_, base);
        out_.part = take_part_number(kept_);
        out_.base = version || out_.part ? finish(kept_) : std::move(base);
        if (version) out_.versions.push_back(*std::move(version));
    }

    // How many words video sites put behind the title without a bracket; 0 where nothing would be left.
    static std::size_t ending_words(std::string_view base) {
        std::size_t longest = 0;
        if (!has(vocabulary().entry(base.substr(base.rfind(' ') + 1)).ends, Role::ending)) return 0;
        for (const std::string_view ending : vocabulary().list(Role::ending)) {
            const bool ends =
                base.size() > ending.size() && base.ends_with(ending) && base[base.size() - ending.size() - 1] == ' ';
            if (!ends) continue;
            longest = std::max(longest, static_cast<std::size_t>(std::ranges::count(ending, ' ')) + 1);
        }
        return longest;
    }

    static std::size_t start_of_last_words(View text, std::size_t words) {
        std::size_t at = text.size();
        for (; words > 0; --words) {
            while (at > 0 && !is_word(text[at - 1])) --at;
            while (at > 0 && !is_space(text[at - 1])) --at;
        }
        return at;
    }

    // "2011 - Remaster", "(Live) (1975)": a year of its own dates the token that has none.
    void date_versions() {
        auto& versions = out_.versions;
        const auto year = std::ranges::find_if(
            versions, [](const VersionToken& t) { return t.kind == VersionKind::other && t.detail.empty() && t.year; });
        if (year == versions.end()) return;
        for (const VersionKind kind :
             {VersionKind::remaster, VersionKind::live, VersionKind::session, VersionKind::demo}) {
            const auto undated =
                std::ranges::find_if(versions, [&](const VersionToken& t) { return t.kind == kind && !t.year; });
            if (undated == versions.end()) continue;
            undated->year = year->year;
            versions.erase(year);
            return;
        }
    }

    // A token without a detail says nothing beside one of its kind that has one.
    void sort_versions() {
        auto& versions = out_.versions;
        const auto key = [](const VersionToken& t) { return std::tie(t.kind, t.detail, t.year); };
        std::ranges::sort(versions, [&](const auto& a, const auto& b) { return key(a) < key(b); });
        versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
        for (std::size_t i = 0; i + 1 < versions.size();) {
            const bool says_nothing =
                versions[i].detail.empty() && !versions[i].year && versions[i].kind == versions[i + 1].kind;
            if (says_nothing) {
                versions.erase(versions.begin() + static_cast<std::ptrdiff_t>(i));
            } else {
                ++i;
            }
        }
    }

    void remove_repeated_names() { out_.featured = without_repeats(std::move(out_.featured)); }

    std::vector<Segment> segments_;
    Text kept_;
    std::size_t last_text_ = 0;
    std::size_t kept_length_ = 0;
    bool kept_any_ = false;
    bool kept_version_ = false;  // a version's words stay in the title
    TitleParts out_;
};

}  // namespace

TitleParts read_title(View folded) {
    TitleParts parts = TitleReader(folded).read();
    if (parts.base.empty()) return TitleParts{finish(folded), {}, {}, {}, {}};  // "(Live)" is the title itself
    return parts;
}

std::optional<TitleParts> parts_of(std::string_view title, std::string_view normal) {
    if (may_be_only_title(title) && is_only_title(title, normal)) return std::nullopt;
    return read_title(fold(title));
}

}  // namespace text

TitleParts parse_title(std::string_view title) {
    if (text::may_be_only_title(title)) {
        std::string base = normalize(title);
        if (text::is_only_title(title, base)) return TitleParts{std::move(base), {}, {}, {}, {}};
    }
    return text::read_title(text::fold(title));
}

}  // namespace musicsync
