// Thai in the Royal Institute's spelling, as far as the signs alone tell: no dictionary says where a syllable ends.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "romanize.hpp"

namespace musicsync::text {
namespace {

struct Sound {
    std::string_view opening;
    std::string_view closing;
};

// ก (U+0E01) to ฮ (U+0E2E).
constexpr auto sounds = std::to_array<Sound>({
    {"k", "k"},  {"kh", "k"}, {"kh", "k"}, {"kh", "k"}, {"kh", "k"}, {"kh", "k"}, {"ng", "ng"}, {"ch", "t"},
    {"ch", "t"}, {"ch", "t"}, {"s", "t"},  {"ch", "t"}, {"y", "n"},  {"d", "t"},  {"t", "t"},   {"th", "t"},
    {"th", "t"}, {"th", "t"}, {"n", "n"},  {"d", "t"},  {"t", "t"},  {"th", "t"}, {"th", "t"},  {"th", "t"},
    {"n", "n"},  {"b", "p"},  {"p", "p"},  {"ph", "p"}, {"f", "p"},  {"ph", "p"}, {"f", "p"},   {"ph", "p"},
    {"m", "m"},  {"y", "i"},  {"r", "n"},  {"rue", ""}, {"l", "n"},  {"lue", ""}, {"w", "o"},   {"s", "t"},
    {"s", "t"},  {"s", "t"},  {"h", ""},   {"l", "n"},  {"", ""},    {"h", ""},
});
static_assert(sounds.size() == 0x0E2E - 0x0E01 + 1);

constexpr char32_t silencer = 0x0E4C;  // ์ over a letter that is written and not said
constexpr char32_t sara_am = 0x0E33;   // ำ, which NFKC takes apart into these two
constexpr char32_t nikhahit = 0x0E4D;
constexpr char32_t sara_aa = 0x0E32;
constexpr char32_t again = 0x0E46;  // ๆ

bool is_consonant(char32_t c) noexcept { return c >= 0x0E01 && c <= 0x0E2E; }
bool is_leading_vowel(char32_t c) noexcept { return c >= 0x0E40 && c <= 0x0E44; }
bool is_vowel_sign(char32_t c) noexcept { return (c >= 0x0E30 && c <= 0x0E39) || c == 0x0E47; }
bool is_tone(char32_t c) noexcept { return c >= 0x0E48 && c <= 0x0E4B; }
bool is_one_of(View letters, char32_t c) noexcept { return letters.find(c) != View::npos; }

// Without tones and silenced letters, ำ in one piece.
Text plain_letters(View run) {
    Text out;
    for (char32_t c : run) {
        if (c == silencer) {
            if (!out.empty() && is_vowel_sign(out.back())) out.pop_back();
            if (!out.empty() && is_consonant(out.back())) out.pop_back();
        } else if (c == sara_aa && !out.empty() && out.back() == nikhahit) {
            out.back() = sara_am;
        } else if (!is_tone(c)) {
            out += c;
        }
    }
    return out;
}

// Reads syllable after syllable: a vowel sign before or after its consonants, or none.
class Syllables {
  public:
    explicit Syllables(View letters) : letters_(letters) {}

    std::string read() {
        while (at_ < letters_.size()) {
            const std::size_t begin = out_.size();
            if (peek() == again) {
                out_ += last_;
                ++at_;
                continue;
            }
            if (is_leading_vowel(peek())) {
                const char32_t vowel = take();
                opening(true);
                after_leading(vowel);
            } else if (is_consonant(peek())) {
                opening(false);
                after_consonant();
            } else {
                ++at_;  // a sign without its letter
            }
            last_ = out_.substr(begin);
        }
        return std::move(out_);
    }

  private:
    char32_t peek(std::size_t ahead = 0) const noexcept {
        return at_ + ahead < letters_.size() ? letters_[at_ + ahead] : 0;
    }
    char32_t take() noexcept { return letters_[at_++]; }
    bool take_if(char32_t c) noexcept {
        const bool found = peek() == c;
        at_ += found ? 1 : 0;
        return found;
    }

    // One consonant, or two that open a syllable together.
    void opening(bool after_vowel) {
        if (!is_consonant(peek())) return;
        const char32_t first = take();
        const char32_t second = peek();
        const bool nucleus = is_vowel_sign(peek(1)) || peek(1) == sara_am || is_consonant(peek(1));
        const bool carrier = (first == U'ห' && is_one_of(U"งญนมยรลว", second)) || (first == U'อ' && second == U'ย');
        if (carrier && (nucleus || after_vowel)) {  // ห only lends its tone
            out_ += sounds[take() - 0x0E01].opening;
            return;
        }
        if (nucleus && second == U'ร' && first == U'ท' && is_vowel_sign(peek(1))) {
            out_ += 's';
            ++at_;
            return;
        }
        out_ += sounds[first - 0x0E01].opening;
        if (!nucleus) return;
        const bool silent_r = second == U'ร' && is_one_of(U"จซศส", first) && is_vowel_sign(peek(1));
        const bool cluster = (second == U'ร' && is_one_of(U"กขคตปผพ", first) && peek(1) != U'ร') ||
                             (second == U'ล' && is_one_of(U"กขคปผพ", first)) ||
                             (second == U'ว' && is_one_of(U"กขค", first) && !is_consonant(peek(1)));
        if (cluster) out_ += sounds[second - 0x0E01].opening;
        if (cluster || silent_r) ++at_;
    }

    void after_leading(char32_t vowel) {
        switch (vowel) {
            case U'แ':
                take_if(0x0E47);
                out_ += "ae";
                break;
            case U'โ': out_ += 'o'; break;
            case U'ใ': out_ += "ai"; return;
            case U'ไ':
                take_if(U'ย');
                out_ += "ai";
                return;
            default: return after_e();
        }
        if (!take_if(0x0E30)) closing();
    }

    // เ stands before many vowels.
    void after_e() {
        if (take_if(0x0E35)) {  // เ-ีย
            take_if(U'ย');
            out_ += "ia";
        } else if (take_if(0x0E37)) {  // เ-ือ
            take_if(U'อ');
            out_ += "uea";
        } else if (take_if(0x0E32)) {  // เ-า, เ-าะ
            out_ += take_if(0x0E30) ? "o" : "ao";
            return;
        } else if (take_if(0x0E34) || take_if(U'อ')) {  // เ-ิ, เ-อ
            out_ += "oe";
        } else if (peek() == U'ย' && !is_vowel_sign(peek(1))) {
            ++at_;
            out_ += "oei";
            return;
        } else {
            take_if(0x0E47);
            out_ += 'e';
        }
        if (!take_if(0x0E30)) closing();
    }

    void after_consonant() {
        switch (peek()) {
            case 0x0E30:
                ++at_;
                out_ += 'a';
                return;
            case 0x0E31:
                ++at_;
                out_ += take_if(U'ว') ? "ua" : "a";
                break;
            case 0x0E32:
                ++at_;
                out_ += 'a';
                break;
            case sara_am:
                ++at_;
                out_ += "am";
                return;
            case 0x0E34:
            case 0x0E35:
                ++at_;
                out_ += 'i';
                break;
            case 0x0E36:
                ++at_;
                out_ += "ue";
                break;
            case 0x0E37:
                ++at_;
                take_if(U'อ');
                out_ += "ue";
                break;
            case 0x0E38:
            case 0x0E39:
                ++at_;
                out_ += 'u';
                break;
            case 0x0E47:
                ++at_;
                take_if(U'อ');
                out_ += 'o';
                break;
            default: unwritten(); break;
        }
        closing();
    }

    // No vowel sign: อ and ว may stand for one, รร too; else it is "o" in a closed syllable and "a" in an open one.
    void unwritten() {
        if (peek() == U'อ' && !is_vowel_sign(peek(1))) {
            ++at_;
            out_ += 'o';
        } else if (peek() == U'ว' && is_consonant(peek(1)) && !is_vowel_sign(peek(2))) {
            ++at_;
            out_ += "ua";
        } else if (peek() == U'ร' && peek(1) == U'ร') {
            at_ += 2;
            out_ += is_consonant(peek()) && !is_vowel_sign(peek(1)) ? "a" : "an";
        } else {
            out_ += closes() ? 'o' : 'a';
        }
    }

    // The next consonant ends this syllable unless a vowel makes it open the next.
    bool closes() const noexcept {
        return is_consonant(peek()) && peek() != U'อ' && !is_vowel_sign(peek(1)) && peek(1) != sara_am;
    }
    void closing() {
        if (closes()) out_ += sounds[take() - 0x0E01].closing;
    }

    View letters_;
    std::size_t at_ = 0;
    std::string out_;
    std::string last_;
};

}  // namespace

void append_thai(std::string& out, View run) {
    const Text letters = plain_letters(run);
    out += Syllables(letters).read();
}

}  // namespace musicsync::text
