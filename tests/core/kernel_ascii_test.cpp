// Normal forms of short ASCII texts, on every kernel, against the rules read byte by byte. That these are ICU's is for
// normalize_ways_test.cpp.
#include <gtest/gtest.h>

#include "kernel_texts.hpp"
#include "reference/ascii_form.hpp"

namespace {

using namespace musicsync::testing_support;
using musicsync::kernel::Kernel;
using musicsync::kernel::longest_ascii;

constexpr std::uint64_t seed = 20'261'126;
// Of every kind that the rules tell apart, what stands beside letters and digits in ASCII, and what is no ASCII.
constexpr std::string_view telling("azAZnN09 '`.!,&+*$-/:@[{\t\x7f\0\x80\xFF\xE1", 30);

// What a kernel makes of the texts from `first` on, and where it stops.
struct Forms {
    Forms(const Kernel& kernel, const std::vector<std::string>& all, std::size_t first) {
        std::vector<const std::uint8_t*> begins;
        std::vector<std::size_t> sizes;
        for (std::size_t i = first; i < all.size(); ++i) {
            begins.push_back(reinterpret_cast<const std::uint8_t*>(all[i].data()));
            sizes.push_back(all[i].size());
        }
        std::string bytes(longest_ascii * (begins.size() + 1), '?');
        std::vector<std::size_t> ends(begins.size() + 1, 0);
        const std::size_t count = kernel.ascii_forms({begins.data(), sizes.data(), begins.size()},
                                                     reinterpret_cast<std::uint8_t*>(bytes.data()), ends.data());
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t begin = i == 0 ? 0 : ends[i - 1];
            texts.push_back(bytes.substr(begin, ends[i] - begin));
        }
    }
    std::vector<std::string> texts;
};

void expect_of_every_kernel(const std::vector<std::string>& all) {
    for (const Kernel* kernel : every_kernel()) {
        for (std::size_t next = 0; next < all.size(); ++next) {
            const Forms forms(*kernel, all, next);
            for (const std::string& form : forms.texts) {
                const std::string& text = all[next++];
                ASSERT_EQ(form, musicsync::reference::ascii_form(text))
                    << kernel->name << ": " << testing::PrintToString(text);
            }
            if (next == all.size()) break;
            ASSERT_EQ(musicsync::reference::ascii_form(all[next]), "")
                << kernel->name << " stopped at " << testing::PrintToString(all[next]);
        }
    }
}

TEST(KernelAscii, gives_the_reference_for_all_texts_of_two_bytes) {
    for (unsigned first = 0; first < 256; ++first) {
        std::vector<std::string> all = {std::string(1, static_cast<char>(first))};
        for (unsigned second = 0; second < 256; ++second)
            all.push_back({static_cast<char>(first), static_cast<char>(second)});
        expect_of_every_kernel(all);
        if (testing::Test::HasFatalFailure()) return;
    }
}

// Every byte in every place of texts of every length, where pieces meet and overlap.
TEST(KernelAscii, gives_the_reference_wherever_a_byte_stands) {
    for (std::size_t size = 0; size <= longest_ascii + 2; ++size) {
        std::string text(size, 'Q');
        for (std::size_t i = 3; i < size; i += 7) text[i] = ' ';
        std::vector<std::string> all = {text};
        for (std::size_t at = 0; at < size; ++at) {
            for (const char c : telling) {
                all.push_back(text);
                all.back()[at] = c;
            }
        }
        expect_of_every_kernel(all);
        if (testing::Test::HasFatalFailure()) return;
    }
}

TEST(KernelAscii, gives_the_reference_for_random_texts) {
    KernelTexts texts(seed);
    for (std::size_t round = 0; round < often(400); ++round) {
        std::vector<std::string> all(texts.below(100));
        for (std::string& text : all) {
            // Mostly what leaves it a text for this way; apostrophes and spaces in runs.
            const std::string_view signs = texts.below(4) == 0 ? telling : std::string_view("abNnZ0 '`-(,.", 13);
            const std::size_t size = texts.length(longest_ascii + 4);
            while (text.size() < size) text += signs[texts.below(signs.size())];
        }
        expect_of_every_kernel(all);
        if (testing::Test::HasFatalFailure()) return;
    }
}

TEST(KernelAscii, leaves_little_to_others) {
    for (const char* text : {"Don't Stop Believin'", "AC/DC", "  Hello,  World Wide!  ", "Mr. Brightside (Live)"})
        EXPECT_NE(musicsync::reference::ascii_form(text), "") << text;
    for (const char* text :
         {"", "!!!", "Beatles, The", "R.E.M.", "P!nk", "Guns N' Roses", "A & B", "\xC3\xA9t\xC3\xA9"})
        EXPECT_EQ(musicsync::reference::ascii_form(text), "") << text;
}

}  // namespace
