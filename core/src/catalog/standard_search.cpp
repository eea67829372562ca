#include "catalog/standard_search.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "score/evidence.hpp"
#include "similarity/code_points.hpp"

namespace musicsync::catalog {
namespace {

bool begins_or_ends_with(std::string_view title, std::string_view name) noexcept {
    if (title.size() < name.size() + 2) return false;
    return (title.starts_with(name) && title[name.size()] == ' ') ||
           (title.ends_with(name) && title[title.size() - name.size() - 1] == ' ');
}

// Whether one title without a name of so many symbols, with which it begins or ends, can be as alike to the other as it
// has to be (read_name in misplaced.cpp).
bool can_be_without(const Signature& a, const Signature& b, std::size_t name) noexcept {
    const auto symbols = static_cast<double>(std::size_t{a.size} + b.size);
    return 2.0 * static_cast<double>(common_at_most(a, b)) >= moved_name * (symbols - static_cast<double>(name + 1));
}

// The title without the number at its end, where the track has one that counts its parts.
std::optional<std::string> stem_of(const NormalForm& form) {
    if (!form.part && !form.ending_number) return std::nullopt;
    const std::u32string_view title = form.title.text;
    return to_utf8(form.part ? title : title.substr(0, title.rfind(U' ')));
}

}  // namespace

StandardSearch::StandardSearch(const Profile& profile, const StandardRows& rows, const BesideStandardRows& beside,
                               const MadeTracks& tracks, const Track& query, const Wanted& wanted)
    : profile_(profile),
      all_(rows),
      rows_(rows.rows),
      beside_(beside),
      compared_(profile, rows.rows, tracks, query, wanted),
      form_(query.normal()),
      album_(form_.album.text, rows_.albums),
      found_(Rows::in_chunk) {
    compared_.compare_tracks(rows_.others.span());
    add_readings();
    add_other_ways();
    add_best_credits();
    for (TitleSearch& title : by_title_) title.begin();
    add_other_scripts();
}

// A name before a title counts beside the credits: which of them is right, the other side says.
void StandardSearch::add_readings() {
    const Script script = form_.credits.script;
    std::vector<float> likeness(all_.credits.texts_of.size(), CreditColumns::least);
    for (const TextForm* line : {&form_.credits.line, &form_.credits.romanized_line}) {
        if (!line->empty()) beside_.credits.raise(*line, likeness);
    }
    for (const std::u32string_view name : form_.credits.names) {
        if (name != form_.credits.line.text) beside_.credits.raise(name, likeness);
    }
    credits_.push_back({all_.credits, likeness, !form_.credits.names.empty(), script});
    const std::vector<Reading> readings = readings_of(form_, memory_);
    const auto named = std::find_if(readings.begin(), readings.end(), [](const Reading& r) { return !r.name.empty(); });
    if (named != readings.end()) {
        beside_.credits.raise(TextForm(named->name, &memory_), likeness);
        credits_.push_back({all_.credits, std::move(likeness), true, script});
    }
    for (const Reading& reading : readings) {
        const TextForm& title = titles_.emplace_back(reading.title, &memory_);
        by_title_.emplace_back(profile_, all_, beside_, compared_, album_,
                               reading.name.empty() ? credits_.front() : credits_.back(), title, reading.kind);
    }
}

// Rows that another way than by their letters may make alike.
void StandardSearch::add_other_ways() {
    const Outline& outline = query().track().outline();
    std::vector<std::uint32_t> rows;
    const auto add = [&rows](std::uint32_t row) { rows.push_back(row); };
    all_.by_letters.find(outline.letters, add);
    all_.by_whole.find(outline.whole, add);
    if (outline.has(Outline::work)) rows.insert(rows.end(), all_.works.begin(), all_.works.end());
    if (const std::optional<std::string> stem = stem_of(form_)) {
        for (const std::uint32_t row : all_.words.rows_with(*stem)) {
            if (rows_.titles[rows_.title_of[row]].starts_with(*stem)) add(row);
        }
    }
    const Signature title = rows_.titles.signature_of(form_.title.text);
    for (const std::u32string_view one : form_.credits.names) {
        const std::string name = to_utf8(one);
        for (const std::uint32_t row : all_.words.rows_with(name)) {
            if (can_be_without(title, rows_.title_signatures[row], one.size()) &&
                begins_or_ends_with(rows_.titles[rows_.title_of[row]], name))
                add(row);
        }
    }
    add_named_in(to_utf8(form_.title.text), title, rows);
    compared_.compare(rows);
}

// Those of credits with a name that the query's title begins or ends with.
void StandardSearch::add_named_in(std::string_view title, const Signature& signature,
                                  std::vector<std::uint32_t>& rows) const {
    const auto add = [&](std::string_view name) {
        const std::size_t symbols = to_code_points(name).size();
        beside_.credits.credits_with(name, [&](std::uint32_t credit) {
            const auto [first, last] = rows_.rows_of_credit(credit);
            for (std::uint32_t row = first; row < last; ++row) {
                if (can_be_without(signature, rows_.title_signatures[row], symbols)) rows.push_back(row);
            }
        });
    };
    for (std::size_t space = title.find(' '); space < title.size(); space = title.find(' ', space + 1)) {
        add(title.substr(0, space));
        add(title.substr(space + 1));
    }
}

// So that most others are passed over.
void StandardSearch::add_best_credits() {
    constexpr std::size_t enough = 256;
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t credit : best_credits(credits_.front().likeness)) {
        const auto [first, last] = rows_.rows_of_credit(credit);
        for (std::uint32_t row = first; row < last && rows.size() < enough; ++row) rows.push_back(row);
    }
    compared_.compare(rows);
}

// Of titles in other scripts nothing may be known, and all else may be equal.
void StandardSearch::add_other_scripts() {
    const Script script = query().track().outline().title_script;
    const bool latin = script == Script::latin || script == Script::none;
    const Worths& worths = by_title_.front().worths();
    const Groups& groups = rows_.groups;
    survivors_.clear();
    if (latin) {
        std::size_t group = 0;
        std::size_t behind = 0;
        bool worth_it = false;
        for (const std::uint32_t row : all_.not_latin) {
            if (row >= behind) {
                while (groups.begins[group + 1] <= row) ++group;
                behind = groups.begins[group + 1];
                worth_it = static_cast<double>(worths.without_title(group)) >= compared_.floor();
            }
            if (worth_it) survivors_.push_back(row);
        }
    } else {
        for (std::size_t group = 0; group < groups.size(); ++group) {
            if (static_cast<double>(worths.without_title(group)) < compared_.floor()) continue;
            for (std::uint32_t row = groups.begins[group]; row < groups.begins[group + 1]; ++row)
                survivors_.push_back(row);
        }
    }
    compared_.compare(survivors_);
}

void StandardSearch::scan(std::size_t begin, std::size_t end) {
    for (; begin < end; begin += std::min(Rows::in_chunk, end - begin)) {
        const std::size_t behind = std::min(begin + Rows::in_chunk, end);
        for (TitleSearch& title : by_title_) title.scan(begin, behind);
        find_as_whole(begin, behind);
    }
}

// Rows that are alike as a whole: title and names, or the words of all fields, in whatever field they stand.
void StandardSearch::find_as_whole(std::size_t begin, std::size_t end) {
    const auto find = [&](const SignatureColumns& column, const Signature& asked, double likeness) {
        const std::size_t count = find_alike(column.part(begin, end), asked, as_need(likeness), found_.data());
        survivors_.assign(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(count));
        for (std::uint32_t& row : survivors_) row += static_cast<std::uint32_t>(begin);
    };
    const double joined = std::max(moved_words, likeness_needed());
    find(all_.joined, all_.joined_levels.of(form_.joined), joined);
    keep_joined(joined);
    compared_.compare(survivors_);
    find(all_.everything, all_.everything_levels.of(form_.everything), std::max(same_words, likeness_needed()));
    everything_.insert(everything_.end(), survivors_.begin(), survivors_.end());
}

// How alike a pair has to be as a whole, which then counts for its titles and names, if all else is equal.
double StandardSearch::likeness_needed() const {
    const Weights& weights = profile_.weights;
    const double known = weights.title + weights.artists + (album_.empty() ? 0.0 : weights.album);
    const double rest = album_.empty() ? 0.0 : weights.album / std::max(known, 1e-9);
    return (compared_.floor() - rest) / std::max(1.0 - rest, 1e-9);
}

// Of the survivors those whose titles and names have so many symbols in common. What titles and names have beyond the
// query's whole text is in no common subsequence, whatever the other has: most are out of it by that alone.
void StandardSearch::keep_joined(double likeness) {
    const Outline& mine = query().track().outline();
    const Signature title = rows_.titles.signature_of(form_.joined);
    const Signature names = all_.credits.texts.signature_of(form_.joined);
    const auto beyond = [](const Signature& text, const Signature& all) {
        return text.size - common_at_most(text, all);
    };
    std::erase_if(survivors_, [&](std::uint32_t row) {
        const std::size_t group = beside_.group_of[row];
        const auto symbols = static_cast<double>(all_.joined.sizes[row]);
        const double shared = likeness / 2.0 * (symbols + static_cast<double>(form_.joined.size()));
        const std::size_t unlike = beyond(rows_.title_signatures[row], title) +
                                   beyond(beside_.credits.line(rows_.groups.credits[group]), names);
        if (static_cast<double>(unlike) > symbols - shared + rounding) return true;
        return mine.joined_bag.ratio_at_most(all_.joined_bag(row, group)) < likeness;
    });
}

// Those that are alike by all their words are compared together: few of them are among the best.
std::vector<Ranked> StandardSearch::take() {
    compared_.compare(everything_);
    return compared_.take();
}

}  // namespace musicsync::catalog
