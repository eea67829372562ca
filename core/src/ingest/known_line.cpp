#include "ingest/known_line.hpp"

#include <bit>
#include <cstring>

#include "musicsync/track.hpp"

namespace musicsync::json {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint32_t most_digits = 8;

// The value of so many digits at most, of which there are `size`; `bad` is set where they are not digits only, or more,
// or the first is a 0 too many.
std::uint32_t number_of(const char* digits, std::uint32_t size, std::uint64_t& bad) noexcept {
    if (size - 1 >= most_digits) {
        bad = 1;
        return 0;
    }
    constexpr std::uint64_t zeros = 0x3030303030303030;
    constexpr std::uint64_t high = 0xF0F0F0F0F0F0F0F0;
    std::uint64_t eight = 0;
    std::memcpy(&eight, digits, sizeof eight);
    const unsigned missing = 8 * (most_digits - size);
    eight = eight << missing | (zeros & ((std::uint64_t{1} << missing) - 1));
    bad |= ((eight & high) ^ zeros) | (((eight + 0x0606060606060606) & high) ^ zeros);
    bad |= static_cast<std::uint64_t>(*digits == '0' && size > 1);
    eight = (eight & 0x0F0F0F0F0F0F0F0F) * (10 * 256 + 1) >> 8;  // pairs of digits, pairs of pairs, all
    eight = (eight & 0x00FF00FF00FF00FF) * (100 * 65536 + 1) >> 16;
    return static_cast<std::uint32_t>((eight & 0x0000FFFF0000FFFF) * (10000 * 4294967296 + 1) >> 32);
}

bool is_number(Field field) noexcept {
    return field == Field::duration_ms || field == Field::duration_s || field == Field::year;
}

}  // namespace

bool KnownLine::Between::set(std::string_view text) noexcept {
    if (text.size() > sizeof bytes) return false;
    bytes = mask = {};
    std::memcpy(&bytes, text.data(), text.size());
    std::memset(&mask, 0xFF, text.size());
    size = static_cast<std::uint32_t>(text.size());
    return true;
}

inline KnownLine::Between::Half KnownLine::Between::differs(const char* text) const noexcept {
    Half first{};
    Half second{};
    std::memcpy(&first, text, sizeof first);
    std::memcpy(&second, text + sizeof first, sizeof second);
    return ((first ^ bytes[0]) & mask[0]) | ((second ^ bytes[1]) & mask[1]);
}

// The field whose key is at at[0]. `from` is behind the last value, and behind this one afterwards; it stays before a
// null, which then is as fixed as what stands around it.
bool KnownLine::read_step(std::string_view lines, std::size_t& from, const std::uint32_t* at) {
    const std::size_t key = at[0] + std::size_t{1};
    Step step;
    step.field = field_of(lines.substr(key, lines.find('"', key) - key));
    step.separator = 4 * fields_;
    const std::size_t value = at[2];
    if (lines.substr(value, at[3] - value) == "null") return true;
    const bool text = lines[value] == '"';
    const std::size_t begin = value + (text ? 1 : 0);
    if (step.field == Field::explicit_ || count_ == most_steps) return false;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const char last = lines[at[3] - std::size_t{1}];  // no blank behind the value
    const bool fits = text ? last == '"' : is_digit(lines[value]) && is_digit(last);
    if (!fits || (step.field != Field::other && text == is_number(step.field))) return false;
    if (!text) step.kind = Kind::number;
    if (step.field == Field::isrc) step.kind = Kind::isrc;
    if (!step.before.set(lines.substr(from, begin - from))) return false;
    from = at[3] - (text ? 1U : 0U);
    steps_[count_++] = step;
    return true;
}

void KnownLine::learn(std::string_view lines, std::size_t begin, std::size_t end,
                      std::span<const std::uint32_t> places) {
    count_ = fields_ = 0;
    std::size_t from = begin;
    std::size_t at = 0;  // of '{', then of each comma, then of '}'
    bool known = end < lines.size() && places[0] == begin && places[1] < end && lines[places[1]] == '"';
    while (known && lines[places[at]] != '}') {
        ++fields_;
        known = read_step(lines, from, places.data() + at + 1);
        at += 4;
    }
    if (!known || !last_.set(lines.substr(from, end + 1 - from))) count_ = 0;
}

inline void KnownLine::write(const Step& step, const Value& value, ColumnBuilder& out) const {
    const std::string_view text(value.text, value.size);
    switch (step.field) {
        case Field::id: out.id(text); return;
        case Field::title: out.title(text); return;
        case Field::artists: out.credit(text); return;
        case Field::album: out.album(text); return;
        case Field::isrc: out.isrc(text); return;
        case Field::title_reading: out.title_reading(text); return;
        case Field::artist_reading: out.artist_reading(text); return;
        case Field::duration_ms: out.duration_ms(value.number); return;
        case Field::duration_s: out.duration_ms(std::int64_t{1000} * value.number); return;
        case Field::year: out.release_year(static_cast<std::int32_t>(value.number)); return;
        default: return;
    }
}

std::size_t KnownLine::put(std::string_view lines, std::size_t begin, std::span<const std::uint32_t> places,
                           std::size_t escape, ColumnBuilder& out) {
    if (count_ == 0 || places.size() < this->places()) return 0;
    Between::Half differs{};
    std::uint64_t bad = 0;
    std::size_t at = begin;
    for (std::size_t i = 0; i < count_; ++i) {
        const Step& step = steps_[i];
        const char* const text = lines.data() + at;
        differs |= step.before.differs(text);
        const char* const value = text + step.before.size;
        const std::uint32_t end = places[step.separator] - (step.kind == Kind::number ? 0U : 1U);
        const auto size = static_cast<std::uint32_t>(end - at - step.before.size);
        values_[i] = {value, size, 0};
        if (step.kind == Kind::number) {
            values_[i].number = number_of(value, size, bad);
            bad |= static_cast<std::uint64_t>(step.field == Field::year && values_[i].number > last_year);
            bad |= static_cast<std::uint64_t>(step.field == Field::duration_s && values_[i].number > longest_ms / 1000);
        } else {
            if (size > Track::max_text_bytes) return 0;  // also where the value has no end
            bad |= static_cast<std::uint64_t>(value[0] == ' ' || value[std::ptrdiff_t{size} - 1] == ' ');
            if (step.kind == Kind::isrc)
                bad |= static_cast<std::uint64_t>(size > 0 && !is_canonical_isrc({value, size}));
        }
        at = end;
    }
    differs |= last_.differs(lines.data() + at);
    at += last_.size;
    if ((differs[0] | differs[1] | bad) != 0 || escape < at) return 0;
    for (std::size_t i = 0; i < count_; ++i) write(steps_[i], values_[i], out);
    out.end_row();
    return at;
}

}  // namespace musicsync::json
