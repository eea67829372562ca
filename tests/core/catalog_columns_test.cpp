// Columns that take less room than their numbers: what goes in comes out, and a file's is told of where it does harm.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "catalog/layout.hpp"
#include "catalog/packed.hpp"
#include "catalog/rising_lists.hpp"
#include "catalog/starts.hpp"
#include "catalog/table.hpp"
#include "kernel_texts.hpp"
#include "reseal.hpp"

namespace {

using namespace musicsync;
using namespace musicsync::catalog;
using testing_support::often;
using Bytes = std::vector<std::byte>;

// A file of one of them.
template <class Columns>
struct Only {
    Columns all;
    template <class Self, class Visit>
    static void columns(Self& self, const Visit& visit) {
        if constexpr (requires { Columns::columns(self.all, visit); })
            Columns::columns(self.all, visit);
        else
            visit("numbers", self.all);
    }
};

template <class Columns>
Bytes file_of(const Only<Columns>& only) {
    return as_bytes(Layout({0, 0, format::Kind::few}, only));
}

// Calls take(columns) for those of a file that its table and Finder find nothing wrong with.
template <class Columns, class Take>
void read(const Bytes& file, Take take) {
    const Result<Table> table = Table::read(file, "file");
    if (!table) return;
    Only<Columns> only;
    Finder find(*table);
    Only<Columns>::columns(only, format::Visit(find));
    if (find.fault().empty()) take(only.all);
}

// Calls take(columns) for those of files with other bytes in them.
template <class Columns, class Take>
void read_damaged(const Only<Columns>& good, std::uint64_t seed, Take take) {
    std::mt19937_64 random(seed);
    const Bytes file = file_of(good);
    for (std::size_t i = 0; i < often(2000); ++i) {
        Bytes damaged = file;
        for (std::size_t changes = 1 + random() % 3; changes > 0; --changes) {
            const std::size_t at = sizeof(format::Header) + random() % (file.size() - sizeof(format::Header));
            damaged[at] = static_cast<std::byte>(random() % 3 == 0 ? 255 : random() % 256);
        }
        testing_support::reseal(damaged);
        read<Columns>(damaged, take);
    }
}

std::vector<std::uint32_t> begins_of(const std::vector<std::uint32_t>& sizes) {
    std::vector<std::uint32_t> out{0};
    for (const std::uint32_t size : sizes) out.push_back(out.back() + size);
    return out;
}

// Most of one byte, some at its limit, few of more.
std::vector<std::uint32_t> some_sizes(std::mt19937_64& random, std::size_t count) {
    std::vector<std::uint32_t> out(count);
    for (std::uint32_t& size : out) {
        const std::uint64_t kind = random() % 100;
        size = static_cast<std::uint32_t>(kind == 0  ? random() % 70'000
                                          : kind < 4 ? 253 + random() % 4
                                                     : random() % 40);
    }
    return out;
}

template <class T>
void expect_packed(const std::vector<T>& numbers, std::size_t bits) {
    const Packed<T> packed(numbers);
    ASSERT_EQ(packed.words().size(), 2 + (numbers.size() * bits + 63) / 64);
    ASSERT_TRUE(std::equal(packed.begin(), packed.end(), numbers.begin(), numbers.end()));
    std::size_t count = 0;
    read<Packed<T>>(file_of(Only<Packed<T>>{Packed<T>(numbers)}), [&](const Packed<T>& same) {
        ++count;
        ASSERT_EQ(same.size(), numbers.size());
        for (std::size_t i = 0; i < numbers.size(); ++i) ASSERT_EQ(same[i], numbers[i]);
        const T most = numbers.empty() ? T{0} : *std::max_element(numbers.begin(), numbers.end());
        EXPECT_TRUE(same.below(std::size_t{most} + 1));
        EXPECT_EQ(same.below(most), numbers.empty());
    });
    EXPECT_EQ(count, 1U);
}

TEST(CatalogColumns, of_packed_numbers_have_what_was_given) {
    std::mt19937_64 random(1);
    for (unsigned bits = 0; bits <= packing::widest; ++bits) {
        for (const std::size_t count : {0U, 1U, 2U, 7U, 64U, 65U, 1000U}) {
            std::vector<std::uint64_t> numbers(count);
            const std::uint64_t most = (std::uint64_t{1} << bits) - 1;
            for (std::uint64_t& number : numbers) number = random() & most;
            if (count > 0) numbers[random() % count] = most;
            expect_packed(numbers, count > 0 ? bits : 0);
            if (bits <= 32)
                expect_packed(std::vector<std::uint32_t>(numbers.begin(), numbers.end()), count > 0 ? bits : 0);
            if (bits <= 8)
                expect_packed(std::vector<std::uint8_t>(numbers.begin(), numbers.end()), count > 0 ? bits : 0);
        }
    }
}

TEST(CatalogColumns, of_packed_numbers_have_parts) {
    const Packed<std::uint32_t> packed(std::vector<std::uint32_t>{5, 0, 9, 1023, 7});
    const auto part = packed.part(1, 4);
    EXPECT_EQ(part.size(), 3U);
    EXPECT_EQ(std::vector<std::uint32_t>(part.begin(), part.end()), (std::vector<std::uint32_t>{0, 9, 1023}));
    EXPECT_TRUE(packed.part(2, 2).empty());
}

TEST(CatalogColumns, of_packed_numbers_are_what_they_say_or_refused) {
    const auto is_taken = [](std::vector<std::uint64_t> words) {
        return Packed<std::uint32_t>::of(Column(std::move(words))).has_value();
    };
    const auto said = [](std::uint64_t count, std::uint64_t bits) { return count | bits << 32U; };
    EXPECT_TRUE(is_taken({said(4, 16), 0, 0}));
    EXPECT_TRUE(is_taken({said(0, 0), 0}));
    EXPECT_TRUE(is_taken({said(0xFFFFFFFF, 0), 0}));
    EXPECT_FALSE(is_taken({}));
    EXPECT_FALSE(is_taken({said(0, 0)}));
    EXPECT_FALSE(is_taken({said(4, 16), 0}));
    EXPECT_FALSE(is_taken({said(4, 16), 0, 0, 0}));
    EXPECT_FALSE(is_taken({said(5, 16), 0, 0}));
    EXPECT_FALSE(is_taken({said(1, 33), 0, 0}));
    EXPECT_FALSE(is_taken({said(1, 0xFFFFFFFF), 0, 0}));
    EXPECT_FALSE(is_taken({said(0xFFFFFFFF, 32), 0, 0}));
    const Only<Packed<std::uint32_t>> good{Packed(std::vector<std::uint32_t>{5, 0, 9, 1023, 7, 3, 900, 12})};
    read_damaged(good, 2, [](const Packed<std::uint32_t>& packed) {
        if (!packed.below(500)) return;
        for (const std::uint32_t number : packed) ASSERT_LT(number, 500U);
    });
}

TEST(CatalogColumns, of_starts_have_what_was_given) {
    std::mt19937_64 random(3);
    for (std::size_t i = 0; i < often(300); ++i) {
        const std::vector<std::uint32_t> begins = begins_of(some_sizes(random, i % 120));
        std::size_t count = 0;
        read<Starts>(file_of(Only<Starts>{Starts(begins)}), [&](const Starts& starts) {
            ++count;
            ASSERT_EQ(starts.size(), begins.size() - 1);
            ASSERT_STREQ(starts.fault(begins.back()), "");
            ASSERT_STRNE(starts.fault(begins.back() + 1), "");
            for (std::size_t text = 0; text < starts.size(); ++text) {
                ASSERT_EQ(starts.of(text).begin, begins[text]) << text;
                ASSERT_EQ(starts.of(text).end, begins[text + 1]) << text;
            }
        });
        ASSERT_EQ(count, 1U);
    }
    EXPECT_EQ(Starts().size(), 0U);
}

// Starts without a fault are those of things that lie one behind the other, whoever made them.
TEST(CatalogColumns, of_starts_are_in_order_or_told_of) {
    std::mt19937_64 random(4);
    const std::vector<std::uint32_t> begins = begins_of(some_sizes(random, 200));
    std::size_t good = 0;
    std::size_t told = 0;
    read_damaged(Only<Starts>{Starts(begins)}, 5, [&](const Starts& starts) {
        if (*starts.fault(begins.back()) != '\0') {
            ++told;
            return;
        }
        ++good;
        std::uint32_t at = 0;
        for (std::size_t text = 0; text < starts.size(); ++text) {
            ASSERT_EQ(starts.of(text).begin, at);
            ASSERT_GE(starts.of(text).end, at);
            at = starts.of(text).end;
        }
        ASSERT_LE(at, begins.back());
    });
    EXPECT_GT(good, 0U);
    EXPECT_GT(told, 0U);
}

std::vector<std::uint32_t> rising(std::mt19937_64& random, std::size_t count, std::uint32_t below) {
    std::vector<std::uint32_t> out(count);
    for (std::uint32_t& number : out) number = static_cast<std::uint32_t>(random() % below);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

// Some lists, one behind the other.
struct Some {
    std::vector<std::uint32_t> begins{0};
    std::vector<std::uint32_t> items{};
    Some(std::mt19937_64& random, std::size_t lists, std::uint32_t below) {
        for (; lists > 0; --lists) {
            const std::size_t count = random() % 4 == 0 ? random() % 500 : random() % 5;
            for (const std::uint32_t number : rising(random, count, below)) items.push_back(number);
            begins.push_back(static_cast<std::uint32_t>(items.size()));
        }
    }
};

TEST(CatalogColumns, of_rising_lists_have_what_was_given) {
    std::mt19937_64 random(6);
    for (const std::uint32_t below : {1U, 100U, 128U, 129U, 20'000U, 3'000'000U, 0xFFFFFFFFU}) {
        const Some some(random, 90, below);
        std::size_t count = 0;
        read<RisingLists>(
            file_of(Only<RisingLists>{RisingLists(some.begins, some.items)}), [&](const RisingLists& lists) {
                ++count;
                ASSERT_STREQ(lists.fault(below), "");
                const bool any = !some.items.empty();
                EXPECT_EQ(*lists.fault(0) != '\0', any);
                const std::uint32_t most = any ? *std::max_element(some.items.begin(), some.items.end()) : 0;
                EXPECT_EQ(*lists.fault(most) != '\0', any);
                ASSERT_EQ(lists.size(), some.begins.size() - 1);
                for (std::size_t list = 0; list < lists.size(); ++list) {
                    const std::vector<std::uint32_t> expected(some.items.begin() + some.begins[list],
                                                              some.items.begin() + some.begins[list + 1]);
                    std::vector<std::uint32_t> found;
                    lists.for_each(list, [&found](std::uint32_t number) { found.push_back(number); });
                    ASSERT_EQ(found, expected);
                    ASSERT_EQ(lists.size_of(list), expected.size());
                }
            });
        EXPECT_EQ(count, 1U);
    }
}

TEST(CatalogColumns, of_rising_lists_are_below_their_bound_or_told_of) {
    std::mt19937_64 random(7);
    const Some some(random, 40, 5000);
    std::size_t good = 0;
    std::size_t told = 0;
    read_damaged(Only<RisingLists>{RisingLists(some.begins, some.items)}, 8, [&](const RisingLists& lists) {
        if (*lists.fault(5000) != '\0') {
            ++told;
            return;
        }
        ++good;
        for (std::size_t list = 0; list < lists.size(); ++list) {
            std::size_t count = 0;
            lists.for_each(list, [&count](std::uint32_t number) {
                ASSERT_LT(number, 5000U);
                ++count;
            });
            ASSERT_EQ(count, lists.size_of(list));
        }
    });
    EXPECT_GT(good, 0U);
    EXPECT_GT(told, 0U);
}

}  // namespace
