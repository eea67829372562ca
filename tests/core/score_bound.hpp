// The upper bounds of docs/scoring.md, as they are written there: what a catalogue search may rule a track out by.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musicsync/profile.hpp"
#include "score/evidence.hpp"

namespace musicsync::testing_support {

inline std::map<char32_t, std::size_t> symbols_of(std::u32string_view text) {
    std::map<char32_t, std::size_t> counts;
    for (const char32_t c : text) ++counts[c];
    return counts;
}

// Symbols that both texts have, each as often as the text with fewer of it.
inline std::size_t common(std::u32string_view a, std::u32string_view b) {
    std::size_t total = 0;
    const auto other = symbols_of(b);
    for (const auto& [symbol, count] : symbols_of(a)) {
        const auto found = other.find(symbol);
        if (found != other.end()) total += std::min(count, found->second);
    }
    return total;
}

// Bound of `ratio`, and of `token_sort`, which has the same symbols.
inline double shared(std::u32string_view a, std::u32string_view b) {
    if (a.empty() && b.empty()) return 1.0;
    return 2.0 * static_cast<double>(common(a, b)) / static_cast<double>(a.size() + b.size());
}

inline double shared(const TextForm& a, const TextForm& b) {
    return std::max(shared(a.text, b.text), shared(a.by_word(), b.by_word()));
}

inline bool same_without_spaces(std::u32string_view a, std::u32string_view b) {
    auto left = symbols_of(a);
    auto right = symbols_of(b);
    left.erase(U' ');
    right.erase(U' ');
    return left == right;
}

inline const TextForm& latin(const TextForm& form, const TextForm& romanized) {
    return romanized.empty() ? form : romanized;
}

// What a side may turn out to be worth: at most `most` where it is known, and whether it may be unknown.
struct Worth {
    double most = 0.0;
    bool known = true;
    bool unknown = false;
};

inline bool same_but_for_the_numeral(const NormalForm& a, const NormalForm& b) {
    const auto count = [](const NormalForm& form) { return form.part ? form.part : form.ending_number; };
    const auto stem = [](const NormalForm& form) {
        const std::u32string_view title = form.title.text;
        return form.part || !form.ending_number ? title : title.substr(0, title.rfind(U' '));
    };
    return count(a) && count(a) == count(b) && stem(a) == stem(b);
}

// A title in two scripts is compared by the name in the one script.
inline double in_one_script(const NormalForm& several, const NormalForm& one) {
    double most = 0.0;
    for (const TextForm& name : several.names_in_scripts) most = std::max(most, shared(name.text, one.title.text));
    return most;
}

inline Worth title_worth(const NormalForm& a, const NormalForm& b) {
    if (a.title.empty() || b.title.empty()) return {0.0, false, true};
    const bool surely_one = a.whole == b.whole || same_but_for_the_numeral(a, b) || a.wildcards || b.wildcards ||
                            same_without_spaces(a.title.text, b.title.text);
    const double letters = shared(a.title, b.title);
    const double spelled = shared(latin(a.title, a.romanized_title), latin(b.title, b.romanized_title));
    const double named = std::max(in_one_script(a, b), in_one_script(b, a));
    return {surely_one ? 1.0 : std::max({letters, spelled, named}), true, a.script != b.script};
}

inline double name_bound(std::u32string_view a, std::u32string_view b) {
    constexpr double inside = 0.88;
    if (same_without_spaces(a, b)) return 1.0;
    return std::max(shared(a, b), common(a, b) == std::min(a.size(), b.size()) ? inside : 0.0);
}

inline Worth artist_worth(const CreditForm& a, const CreditForm& b) {
    if (a.names.empty() || b.names.empty()) return {0.0, false, true};
    double most =
        std::max(shared(a.line, b.line), shared(latin(a.line, a.romanized_line), latin(b.line, b.romanized_line)));
    for (const auto& left : a.names) {
        for (const auto& right : b.names) most = std::max(most, name_bound(left, right));
    }
    return {most, true, a.script != b.script};
}

// A piece of the one title may be the artist or the album that is looked for.
inline bool piece_may_be_found(const NormalForm& mine, const NormalForm& other) {
    constexpr double found = 0.75;
    if (mine.segments.size() < 2) return false;
    const std::u32string_view first = mine.segments.front();
    if (!other.credits.line.empty()) {
        if (shared(first, other.credits.line.text) >= found) return true;
        for (const auto& name : other.credits.names) {
            if (shared(first, name) >= found) return true;
        }
    }
    const TextForm& album = other.album.empty() ? mine.album : other.album;
    std::u32string rest;
    for (std::size_t start = mine.segments.size() - 1; start >= 1; --start) {
        if (!rest.empty()) rest.insert(0, 1, U' ');
        rest.insert(0, mine.segments[start]);
        if (!album.empty() && shared(rest, album.text) >= found) return true;
    }
    return false;
}

inline bool begins_or_ends_with_a_name(const NormalForm& mine, const NormalForm& other) {
    const std::u32string_view title = mine.title.text;
    return std::any_of(other.credits.names.begin(), other.credits.names.end(), [title](std::u32string_view name) {
        return title.starts_with(std::u32string(name) + U' ') || title.ends_with(U' ' + std::u32string(name));
    });
}

inline bool shortened(const NormalForm& mine, const NormalForm& other) {
    return std::find(mine.pieces.begin(), mine.pieces.end(), other.title.text) != mine.pieces.end();
}

inline double shared_hashes(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
    std::vector<std::uint32_t> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    const std::size_t fewer = std::min(a.size(), b.size());
    return fewer == 0 ? 0.0 : static_cast<double>(both.size()) / static_cast<double>(fewer);
}

// Text in the wrong field raises title and artists: to how much at most.
inline void add_rescues(const NormalForm& a, const NormalForm& b, Worth& title, Worth& artist) {
    const auto raise = [](Worth& worth, double most) { worth = {std::max(worth.most, most), true, worth.unknown}; };
    if (shortened(a, b) || shortened(b, a)) raise(title, 0.86);
    if (match_works(a.work, b.work) == WorkMatch::same) raise(title, 0.96);
    if (begins_or_ends_with_a_name(a, b) || begins_or_ends_with_a_name(b, a)) {
        const auto letters = static_cast<double>(common(a.title.text, b.title.text));
        const auto shorter = static_cast<double>(std::min(a.title.text.size(), b.title.text.size()));
        raise(title, 2.0 * letters / (letters + shorter));
        raise(artist, 1.0);
    }
    const double joined = shared(a.joined, b.joined);
    double everything = shared(a.everything, b.everything);
    if (a.album.empty() != b.album.empty()) everything = std::max(everything, joined);
    if (shared_hashes(a.word_hashes, b.word_hashes) < 0.3) everything = 0.0;
    const double moved = std::max(joined >= 0.85 ? joined : 0.0, everything >= 0.95 ? everything : 0.0);
    if (moved == 0.0) return;
    raise(title, moved);
    raise(artist, moved);
}

inline double duration_penalty(const Track& a, const Track& b) {
    if (!a.duration() || !b.duration()) return 0.0;
    const double gap = static_cast<double>(std::abs((*a.duration() - *b.duration()).count())) / 1000.0;
    return 0.4 * std::clamp((gap - 3.0) / 27.0, 0.0, 1.0) + 0.6 * std::clamp((gap - 30.0) / 60.0, 0.0, 1.0);
}

inline double score_bound(const Profile& profile, const Track& left, const Track& right) {
    const NormalForm& a = left.normal();
    const NormalForm& b = right.normal();
    const double facts = profile.penalties.duration * duration_penalty(left, right);
    Worth title = title_worth(a, b);
    Worth artist = artist_worth(a.credits, b.credits);
    if (title.known && (piece_may_be_found(a, b) || piece_may_be_found(b, a))) return std::clamp(1.0 - facts, 0.0, 1.0);
    if (title.known) add_rescues(a, b, title, artist);
    const bool album_known = !a.album.empty() && !b.album.empty();
    const double album = album_known ? shared(a.album, b.album) : 0.0;
    double best = 0.0;
    for (const bool with_title : {false, true}) {
        for (const bool with_artist : {false, true}) {
            if (!(with_title ? title.known : title.unknown) || !(with_artist ? artist.known : artist.unknown)) continue;
            const Weights& w = profile.weights;
            const double known =
                (with_title ? w.title : 0.0) + (with_artist ? w.artists : 0.0) + (album_known ? w.album : 0.0);
            double value = (with_title ? w.title * title.most : 0.0) + (with_artist ? w.artists * artist.most : 0.0) +
                           (album_known ? w.album * album : 0.0);
            value = known > 0.0 ? value / known : 0.0;
            if (!with_title) value -= profile.penalties.title_unknown;
            if (!with_artist) value -= profile.penalties.artist_unknown;
            best = std::max(best, value - facts);
        }
    }
    return std::clamp(best, 0.0, 1.0);
}

}  // namespace musicsync::testing_support
