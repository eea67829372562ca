#include "score/works.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "score/evidence.hpp"
#include "score/given_title.hpp"
#include "score/title_numbers.hpp"

namespace musicsync {
namespace {

// Lists of works. Of those with a short name a number of one digit is as likely something else.
constexpr std::array<std::string_view, 14> lists{"op",  "opus",  "bwv", "kv",  "rv", "hwv", "woo",
                                                 "twv", "buxwv", "sz",  "wwv", "k",  "d",   "s"};

bool is_of_word(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

struct Piece {
    std::string word;            // ASCII letters small
    bool begins = false;         // first in its section: behind a colon, a dash, a comma
    bool ends_with_dot = false;  // "I."
};

std::vector<Piece> pieces_of(std::string_view title) {
    std::vector<Piece> out;
    bool begins = true;
    for (std::size_t i = 0; i < title.size();) {
        if (!is_of_word(title[i])) {
            begins = begins || title[i] == ':' || title[i] == ',' || (title[i] == '-' && i > 0 && title[i - 1] == ' ');
            ++i;
            continue;
        }
        Piece piece{{}, begins, false};
        const bool digits = is_digit(title[i]);
        for (; i < title.size() && is_of_word(title[i]); ++i) {
            if (!digits && is_digit(title[i]) && !piece.word.empty()) break;  // "BWV1007"
            const char c = title[i];
            piece.word.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
        }
        piece.ends_with_dot = i < title.size() && title[i] == '.';
        begins = false;
        out.push_back(std::move(piece));
    }
    return out;
}

std::optional<int> small_number(std::string_view word) noexcept {
    if (word.empty() || word.size() > 3 || !std::all_of(word.begin(), word.end(), is_digit<char>)) return std::nullopt;
    int value = 0;
    for (const char c : word) value = 10 * value + (c - '0');
    return value;
}

std::optional<OpusNumber> opus_at(const std::vector<Piece>& pieces, std::size_t i) {
    const std::string_view list = pieces[i].word;
    if (i + 1 == pieces.size() || std::find(lists.begin(), lists.end(), list) == lists.end()) return std::nullopt;
    const std::string& number = pieces[i + 1].word;
    if (!is_digit(number[0]) || (list.size() == 1 && number.size() < 2)) return std::nullopt;
    OpusNumber out{list == "opus" ? "op" : list == "kv" ? "k" : std::string(list), number, std::nullopt};
    const bool has_piece = i + 3 < pieces.size() && (pieces[i + 2].word == "no" || pieces[i + 2].word == "nr");
    if (has_piece) out.piece = small_number(pieces[i + 3].word);
    return out;
}

// "I." and "2." before the tempo, "3rd movement" is not written where there is an opus number.
std::optional<int> movement_at(const Piece& piece) {
    if (!piece.begins || !piece.ends_with_dot) return std::nullopt;
    const std::optional<int> number = small_number(piece.word);
    return number ? number : roman(std::string_view(piece.word));
}

// "Chopin, Ilse Marant" and "Chopin, Jun Okabe": the composer is the same, and nobody who plays.
bool other_performers(const CreditForm& a, const CreditForm& b) {
    constexpr double same_name = 0.85;
    if (a.names.size() < 2 || b.names.size() < 2 || a.names.front() != b.names.front()) return false;
    return std::none_of(a.names.begin() + 1, a.names.end(), [&b](std::u32string_view name) {
        return std::any_of(b.names.begin() + 1, b.names.end(), [name](std::u32string_view other) {
            return ratio(name, other) >= same_name || contains_words(name, other);
        });
    });
}

}  // namespace

WorkForm work_of(std::string_view title) {
    WorkForm out;
    title = title.substr(0, longest_split);
    if (std::none_of(title.begin(), title.end(), is_digit<char>)) return out;
    const std::vector<Piece> pieces = pieces_of(title);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (std::optional<OpusNumber> opus = opus_at(pieces, i)) out.numbers.push_back(std::move(*opus));
    }
    if (out.numbers.empty()) return out;
    for (std::size_t i = 1; i < pieces.size(); ++i) {  // the last one: "Act II: 3. Duet"
        if (const std::optional<int> movement = movement_at(pieces[i])) out.movement = movement;
    }
    return out;
}

WorkMatch match_works(const WorkForm& a, const WorkForm& b) noexcept {
    WorkMatch out = WorkMatch::unknown;
    for (const OpusNumber& left : a.numbers) {
        for (const OpusNumber& right : b.numbers) {
            if (left.list != right.list) continue;
            const bool same = left.number == right.number && (left.piece == right.piece || !left.piece || !right.piece);
            if (same) return WorkMatch::same;
            out = WorkMatch::other;
        }
    }
    return out;
}

void compare_works(const Side& left_track, const Side& right_track, Evidence& evidence) {
    constexpr double one_work = 0.96;
    constexpr double part_of_it = 0.86;
    const NormalForm& a = left_track.normal();
    const NormalForm& b = right_track.normal();
    const WorkMatch match = match_works(a.work, b.work);
    if (match == WorkMatch::unknown) return;
    evidence.number_conflict = match == WorkMatch::other;
    if (match == WorkMatch::other) return;
    evidence.other_name = evidence.other_name || other_performers(a.credits, b.credits);
    const std::optional<int>& left = a.work.movement;
    const std::optional<int>& right = b.work.movement;
    evidence.part_conflict = left && right && left != right;
    evidence.part_missing = left.has_value() != right.has_value();
    evidence.first_part_missing = evidence.number_missing = false;
    if (evidence.part_conflict) return;
    evidence.title = std::max(*evidence.title, evidence.part_missing ? part_of_it : one_work);
    evidence.shared_words = 1.0;
    evidence.words_replaced = evidence.words_added = false;
}

}  // namespace musicsync
