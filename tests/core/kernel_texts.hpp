// Texts on which kernels go wrong, and the plain form of a tile: what the tests of the kernels share.
#pragma once

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
// one for symbols that are not in it.
class PlainTile {
  public:
    PlainTile(const kernel::Kernel& kernel, unsigned bits, std::u32string_view alphabet,
              std::span<const std::u32string> lanes)
        : size_((alphabet.size() + 1) * kernel.tile_bytes), blocks_(size_ / sizeof(Block) + 1) {
        for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
            for (std::size_t i = 0; i < lanes[lane].size(); ++i) {
                const std::size_t found = alphabet.find(lanes[lane][i]);
                if (found == std::u32string_view::npos) continue;
                std::uint8_t* const row = blocks_.data()->bytes + (found + 1) * kernel.tile_bytes;
                row[lane * bits / 8 + i / 8] |= static_cast<std::uint8_t>(1U << (i % 8));
            }
        }
    }
    [[nodiscard]] const std::uint8_t* rows() const { return blocks_.data()->bytes; }
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    struct alignas(kernel::tile_alignment) Block {
        std::uint8_t bytes[kernel::tile_alignment] = {};
    };
    std::size_t size_;
    std::vector<Block> blocks_;
};

// The distinct symbols of a text in their order, 255 at most, and the text as their numbers from 1 (0: none of them).
struct Numbered {
    std::u32string alphabet;
    std::vector<std::uint8_t> text;

    explicit Numbered(std::u32string_view symbols) {
        for (const char32_t c : symbols) {
            if (alphabet.find(c) == std::u32string::npos && alphabet.size() < 255) alphabet.push_back(c);
            text.push_back(static_cast<std::uint8_t>(alphabet.find(c) + 1));
        }
    }
};

}  // namespace musicsync::testing_support
