#include "arrow_columns.hpp"

#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include "bind.hpp"

namespace musicsync::bindings {
namespace {

using Type = NumberColumn::Type;

constexpr std::array<std::pair<char, Type>, 11> number_types{{{'b', Type::bit},
                                                              {'c', Type::i8},
                                                              {'C', Type::u8},
                                                              {'s', Type::i16},
                                                              {'S', Type::u16},
                                                              {'i', Type::i32},
                                                              {'I', Type::u32},
                                                              {'l', Type::i64},
                                                              {'L', Type::u64},
                                                              {'f', Type::f32},
                                                              {'g', Type::f64}}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> names{
    {{"n", "null"},    {"b", "bool"},       {"c", "int8"},         {"C", "uint8"},  {"s", "int16"},
     {"S", "uint16"},  {"i", "int32"},      {"I", "uint32"},       {"l", "int64"},  {"L", "uint64"},
     {"e", "float16"}, {"f", "float32"},    {"g", "float64"},      {"z", "binary"}, {"Z", "large_binary"},
     {"u", "utf8"},    {"U", "large_utf8"}, {"vu", "string_view"}, {"+l", "list"},  {"+L", "large_list"},
     {"+s", "struct"}, {"tdD", "date32"}}};

std::string_view format_of(const ArrowSchema& schema) { return schema.format; }

Type type_of(const ArrowSchema& schema) {
    if (schema.dictionary != nullptr || format_of(schema).size() != 1) return Type::none;
    for (const auto& [format, type] : number_types) {
        if (format == schema.format[0]) return type;
    }
    return Type::none;
}

std::size_t width_of(Type type) {
    switch (type) {
        case Type::i8:
        case Type::u8: return 1;
        case Type::i16:
        case Type::u16: return 2;
        case Type::i32:
        case Type::u32:
        case Type::f32: return 4;
        default: return 8;
    }
}

[[noreturn]] void broken(const ArrowView& view, const char* problem) {
    throw py::type_error("an Arrow " + type_name(view.schema) + " array " + problem);
}

// Offsets that go backwards would be read outside of the producer's memory.
Offsets offsets_of(const ArrowView& view, bool wide) {
    static constexpr std::int64_t nothing = 0;
    if (view.array.n_buffers < 2) broken(view, "lacks its offsets");
    Offsets out{view.buffer(1, wide ? 8 : 4), wide};
    if (out.data == nullptr && view.rows > 0) broken(view, "lacks its offsets");
    if (out.data == nullptr) out.data = &nothing;  // an empty array may have no buffers
    std::size_t last = 0;
    for (std::size_t i = 0; view.rows > 0 && i <= view.rows; last = out.at(i++)) {
        if (out.at(i) < last) broken(view, "has offsets that go backwards");
    }
    return out;
}

// Arrow's string views: 4 bytes of length, then the text itself, or 4 of it and where the rest is.
std::string_view view_at(const ArrowView& view, const char* at) {
    constexpr std::size_t inside = 12;
    std::int32_t size = 0;
    std::memcpy(&size, at, 4);
    if (size < 0) broken(view, "has a text of negative length");
    const auto bytes = static_cast<std::size_t>(size);
    if (bytes <= inside) return {at + 4, bytes};
    std::array<std::int32_t, 2> place{};
    std::memcpy(place.data(), at + 8, 8);
    const std::int64_t buffers = view.array.n_buffers - 3;  // but validity, views and the sizes of the buffers
    if (place[0] < 0 || place[0] >= buffers || place[1] < 0) broken(view, "points outside of its buffers");
    const auto* sizes = static_cast<const std::int64_t*>(view.array.buffers[view.array.n_buffers - 1]);
    if (place[1] + std::int64_t{size} > sizes[place[0]]) broken(view, "points outside of its buffers");
    return {static_cast<const char*>(view.array.buffers[2 + place[0]]) + place[1], bytes};
}

std::vector<std::string_view> string_views(const ArrowView& view) {
    constexpr std::size_t width = 16;
    if (view.array.n_buffers < 3) broken(view, "lacks its buffers");
    const char* first = view.buffer(1, width);
    if (first == nullptr && view.rows > 0) broken(view, "lacks its views");
    const Validity valid = view.validity();
    std::vector<std::string_view> out(view.rows);
    for (std::size_t row = 0; row < view.rows; ++row) {
        if (valid[row]) out[row] = view_at(view, first + row * width);
    }
    return out;
}

// The entry that each row names.
std::vector<std::string_view> dictionary_views(const ArrowView& view) {
    if (view.array.dictionary == nullptr) broken(view, "lacks its dictionary");
    const ArrowView entries(*view.schema.dictionary, *view.array.dictionary);
    const TextColumn texts = text_column(entries);
    const ArrowSchema keys{view.schema.format, nullptr, nullptr, 0, 0, nullptr, nullptr, nullptr, nullptr};
    NumberColumn positions{type_of(keys), view.array.buffers[1], 0, view.validity()};
    positions.data = view.buffer(1, width_of(positions.type));
    if (positions.type == Type::none || positions.type == Type::bit) broken(view, "has keys that are no numbers");
    std::vector<std::string_view> out(view.rows);
    for (std::size_t row = 0; row < view.rows; ++row) {
        const std::optional<double> at = positions[row];
        if (!at) continue;
        if (*at < 0 || *at >= static_cast<double>(entries.rows)) broken(view, "has a key outside of its dictionary");
        out[row] = texts[static_cast<std::size_t>(*at)];
    }
    return out;
}

}  // namespace

Validity ArrowView::validity() const {
    if (array.n_buffers < 1 || array.null_count == 0) return {};
    return {static_cast<const std::uint8_t*>(array.buffers[0]), offset};
}

const char* ArrowView::buffer(std::size_t i, std::size_t width) const {
    const auto* start = static_cast<const char*>(array.buffers[i]);
    return start == nullptr ? nullptr : start + offset * width;
}

std::string type_name(const ArrowSchema& schema) {
    if (schema.dictionary != nullptr) return "dictionary of " + type_name(*schema.dictionary);
    for (const auto& [format, name] : names) {
        if (format == format_of(schema)) {
            const bool list = name.ends_with("list") && schema.n_children == 1;
            return std::string(name) + (list ? " of " + type_name(*schema.children[0]) : "");
        }
    }
    return "type '" + std::string(schema.format) + "'";
}

bool is_text(const ArrowSchema& schema) {
    if (schema.dictionary != nullptr) return is_text(*schema.dictionary);
    const std::string_view format = format_of(schema);
    return format == "u" || format == "U" || format == "vu" || format == "n";
}

bool is_number(const ArrowSchema& schema) { return format_of(schema) == "n" || type_of(schema) != Type::none; }

bool is_credit(const ArrowSchema& schema) {
    const bool list = format_of(schema) == "+l" || format_of(schema) == "+L";
    return list ? schema.n_children == 1 && is_text(*schema.children[0]) : is_text(schema);
}

TextColumn text_column(const ArrowView& view) {
    if (view.schema.dictionary != nullptr) return {true, {}, nullptr, {}, dictionary_views(view)};
    const std::string_view format = format_of(view.schema);
    if (format == "n") return {};
    if (format == "vu") return {true, {}, nullptr, {}, string_views(view)};
    const Offsets offsets = offsets_of(view, format == "U");
    if (view.array.n_buffers < 3) broken(view, "lacks its texts");
    const auto* bytes = static_cast<const char*>(view.array.buffers[2]);
    return {true, offsets, bytes != nullptr ? bytes : "", view.validity(), {}};
}

NumberColumn number_column(const ArrowView& view) {
    const Type type = type_of(view.schema);
    if (type == Type::none) return {};
    if (view.array.n_buffers < 2) broken(view, "lacks its values");
    if (view.array.buffers[1] == nullptr && view.rows > 0) broken(view, "lacks its values");
    if (type == Type::bit) return {type, view.array.buffers[1], view.offset, view.validity()};
    return {type, view.buffer(1, width_of(type)), 0, view.validity()};
}

CreditColumn credit_column(const ArrowView& view) {
    const std::string_view format = format_of(view.schema);
    if (format != "+l" && format != "+L") return {text_column(view), {}, {}};
    if (view.array.n_children != 1) broken(view, "lacks its items");
    const Offsets lists = offsets_of(view, format == "+L");
    const ArrowView items(*view.schema.children[0], *view.array.children[0]);
    if (view.rows > 0 && lists.at(view.rows) > items.rows) broken(view, "has offsets beyond its items");
    return {text_column(items), lists, view.validity()};
}

}  // namespace musicsync::bindings
