// Texts on which kernels go wrong, and what a kernel takes in its plain form: what the tests of the kernels share.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/kernels.hpp"

namespace musicsync::testing_support {

// `./dev test --all` asks for a hundred times as much, and where a program is slow (sanitizers, an emulated CPU) the
// short run takes a tenth.
inline bool all_of_it() { return std::getenv("MUSICSYNC_TEST_ALL") != nullptr; }
inline bool a_tenth() { return !all_of_it() && std::getenv("MUSICSYNC_TEST_TENTH") != nullptr; }
inline std::size_t often(std::size_t count) { return all_of_it() ? 100 * count : a_tenth() ? count / 10 : count; }

// All that run here, or the one of MUSICSYNC_KERNEL.
inline std::vector<const kernel::Kernel*> every_kernel() {
    const char* wanted = std::getenv("MUSICSYNC_KERNEL");
    std::vector<const kernel::Kernel*> out;
    for (const kernel::Kernel* const* entry = kernel::available(); *entry != nullptr; ++entry) {
        if (wanted == nullptr || std::string_view(wanted) == (*entry)->name) out.push_back(*entry);
    }
    return out;
}

class KernelTexts {
  public:
    explicit KernelTexts(std::uint64_t seed) : random_(seed) {}

    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }

    // Half of them beside the widths of registers and blocks, the others anywhere up to `most`.
    std::size_t length(std::size_t most) {
        static constexpr std::size_t edges[] = {0,  1,  7,  8,  9,  15, 16,  17,  31,  32,  33,
                                                63, 64, 65, 95, 96, 97, 127, 128, 129, 191, 192};
        const std::size_t drawn = below(2) == 0 ? edges[below(std::size(edges))] : below(most + 1);
        return drawn <= most ? drawn : below(most + 1);
    }

    // Few symbols make long common subsequences; those of alphabet 2 meet on one slot of the hash tables.
    char32_t symbol(std::size_t alphabet) {
        const auto draw = static_cast<char32_t>(below(26));
        switch (alphabet) {
            case 0: return U'a' + draw % 2;
            case 1: return U'a' + draw;
            case 2: return 0x4E00 + draw * 1024;
            case 3: return 0xF0 + draw;  // on both sides of what has a table of its own
            default: return below(2) == 0 ? U'a' + draw : 0x10000 + static_cast<char32_t>(below(0xFFFFF));
        }
    }

    std::u32string text(std::size_t length, std::size_t alphabet) {
        std::u32string out;
        out.reserve(length);
        while (out.size() < length) out.push_back(symbol(alphabet));
        return out;
    }

    // A text of the same alphabet, in one of three cases the first one with a few symbols changed.
    std::u32string partner(const std::u32string& first, std::size_t length, std::size_t alphabet) {
        if (below(3) != 0) return text(length, alphabet);
        std::u32string out = first;
        out.resize(length, U'a');
        for (std::size_t changes = below(4); changes > 0 && !out.empty(); --changes)
            out[below(out.size())] = symbol(alphabet);
        return out;
    }

    static constexpr std::size_t alphabets = 5;

  private:
    std::mt19937_64 random_;
};

// A tile as kernels.hpp describes it, built bit by bit: a row of `tile_bytes` for each symbol of `alphabet`, the first
// one for symbols that are not in it. `part` is the tile of each lane's 64 symbols from 64 · part on.
class PlainTile {
  public:
    PlainTile(const kernel::Kernel& kernel, unsigned bits, std::u32string_view alphabet,
              std::span<const std::u32string> lanes, std::size_t part = 0)
        : size_((alphabet.size() + 1) * kernel.tile_bytes), blocks_(size_ / sizeof(Block) + 1) {
        const std::size_t first = part * kernel::block_symbols;
        for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
            const std::size_t end = std::min(lanes[lane].size(), first + kernel::block_symbols);
            for (std::size_t i = first; i < end; ++i) {
                const std::size_t found = alphabet.find(lanes[lane][i]);
                if (found == std::u32string_view::npos) continue;
                std::uint8_t* const row = blocks_.data()->bytes + (found + 1) * kernel.tile_bytes;
                row[lane * bits / 8 + (i - first) / 8] |= static_cast<std::uint8_t>(1U << ((i - first) % 8));
            }
        }
    }
    [[nodiscard]] const std::uint8_t* rows() const { return blocks_.data()->bytes; }
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    struct alignas(kernel::most_tile_bytes) Block {
        std::uint8_t bytes[kernel::most_tile_bytes] = {};
    };
    std::size_t size_;
    std::vector<Block> blocks_;
};

// The texts that a kernel compares in lockstep with a tile: each as the rows of its symbols, the shorter ones filled
// up with the row of zeros, and room for the answers.
class PlainFour {
  public:
    using Texts = std::array<std::u32string, kernel::lockstep>;
    using Lanes = std::array<std::uint8_t, kernel::most_tile_bytes>;

    // The distinct symbols of the texts but the last one, which is in no row.
    static std::u32string alphabet_of(const Texts& texts) {
        std::u32string alphabet;
        for (const std::u32string& text : texts) {
            for (const char32_t c : text) {
                if (alphabet.find(c) == std::u32string::npos) alphabet.push_back(c);
            }
        }
        if (alphabet.size() > 1) alphabet.pop_back();
        return alphabet;
    }

    PlainFour(const kernel::Kernel& kernel, std::u32string_view alphabet, const Texts& texts) {
        for (const std::u32string& text : texts) length_ = std::max(length_, text.size());
        for (std::size_t k = 0; k < texts.size(); ++k) {
            for (const char32_t c : texts[k])
                rows_[k].push_back(static_cast<std::uint16_t>((alphabet.find(c) + 1) * kernel.tile_bytes));
            rows_[k].resize(length_, 0);
        }
    }
    // What a kernel takes; it points into this.
    [[nodiscard]] kernel::Four four() {
        kernel::Four out{};
        for (std::size_t k = 0; k < kernel::lockstep; ++k) {
            out.text[k] = rows_[k].data();
            out.common[k] = common[k].data();
        }
        out.length = length_;
        return out;
    }
    [[nodiscard]] const std::vector<std::uint16_t>& rows_of(std::size_t k) const { return rows_[k]; }
    [[nodiscard]] std::size_t length() const { return length_; }

    std::array<Lanes, kernel::lockstep> common{};

  private:
    std::array<std::vector<std::uint16_t>, kernel::lockstep> rows_;
    std::size_t length_ = 0;
};

// The number in a lane of `bits`, lowest byte first.
inline std::uint64_t lane_at(const std::uint8_t* lanes, std::size_t lane, unsigned bits) {
    std::uint64_t value = 0;
    for (std::size_t byte = bits / 8; byte > 0; --byte) value = value << 8 | lanes[lane * bits / 8 + byte - 1];
    return value;
}

// A table of rows for each symbol of one byte, whole and in halves.
inline kernel::RowsOfBytes rows_of_bytes(KernelTexts& texts) {
    kernel::RowsOfBytes table{};
    for (std::size_t symbol = 0; symbol < std::size(table.rows); ++symbol) {
        table.rows[symbol] = static_cast<std::uint16_t>(texts.below(0x10000));
        table.low[symbol] = static_cast<std::uint8_t>(table.rows[symbol] & 0xFF);
        table.high[symbol] = static_cast<std::uint8_t>(table.rows[symbol] >> 8);
    }
    return table;
}

}  // namespace musicsync::testing_support
