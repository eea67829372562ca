// The numbers that a model reads, and that the shipped model follows their directions.
#include "score/features.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <set>

#include "musicsync/score.hpp"
#include "tracks.hpp"

namespace {

using musicsync::Evidence;
using musicsync::feature_count;
using musicsync::FeatureId;
using musicsync::features_of;
using musicsync::FeatureValues;
using musicsync::VersionGap;

double value(const Evidence& evidence, FeatureId id) { return features_of(evidence)[static_cast<std::size_t>(id)]; }

// Evidence of two tracks that agree in everything.
Evidence equal() {
    Evidence e;
    e.title = e.artist = e.album = e.any_artist = 1.0;
    e.duration_gap_s = 0.0;
    e.year_gap = 0;
    e.title_symbols = 10;
    return e;
}

template <class Change>
Evidence with(Change change) {
    Evidence e = equal();
    change(e);
    return e;
}

bool is_unknown(double x) { return std::isnan(x); }

TEST(Features, have_names_of_their_own_and_a_direction) {
    std::set<std::string_view> names;
    for (const auto& feature : musicsync::feature_names()) {
        EXPECT_TRUE(names.insert(feature.name).second) << feature.name;
        EXPECT_TRUE(feature.direction >= -1 && feature.direction <= 1) << feature.name;
    }
    EXPECT_EQ(names.size(), feature_count);
    EXPECT_EQ(musicsync::feature_names()[static_cast<std::size_t>(FeatureId::joined_uncovered)].name,
              "joined_uncovered");
}

TEST(Features, of_two_equal_tracks_are_all_0_but_what_nobody_asked) {
    const FeatureValues values = features_of(equal());
    for (std::size_t i = 0; i < feature_count; ++i) {
        const auto id = static_cast<FeatureId>(i);
        const bool not_compared = id == FeatureId::joined_unlike || id == FeatureId::joined_uncovered;
        EXPECT_TRUE(not_compared ? is_unknown(values[i]) : values[i] == 0.0) << musicsync::all_features()[i].name;
    }
}

TEST(Features, are_unknown_where_a_side_does_not_know) {
    const Evidence nothing;
    for (const FeatureId id : {FeatureId::title_unlike, FeatureId::artist_unlike, FeatureId::no_name_shared,
                               FeatureId::album_unlike_inexact, FeatureId::duration_gap_near_title, FeatureId::year_gap,
                               FeatureId::joined_unlike, FeatureId::joined_uncovered})
        EXPECT_TRUE(is_unknown(value(nothing, id))) << musicsync::all_features()[static_cast<std::size_t>(id)].name;
    EXPECT_EQ(value(nothing, FeatureId::title_unknown), 1.0);
    EXPECT_EQ(value(nothing, FeatureId::artist_unknown), 1.0);
    EXPECT_EQ(value(nothing, FeatureId::nothing_known), 1.0);
    EXPECT_EQ(value(with([](Evidence& e) { e.title.reset(); }), FeatureId::nothing_known), 0.0);
}

TEST(Features, of_likenesses_are_what_is_missing_to_1) {
    const Evidence e = with([](Evidence& x) {
        x.title = 0.75;
        x.artist = 0.5;
        x.any_artist = 0.25;
        x.shared_words = 0.5;
        x.artist_words = 0.25;
        x.joined = 0.75;
        x.joined_cover = 0.5;
    });
    EXPECT_EQ(value(e, FeatureId::title_unlike), 0.25);
    EXPECT_EQ(value(e, FeatureId::artist_unlike), 0.5);
    EXPECT_EQ(value(e, FeatureId::no_name_shared), 0.75);
    EXPECT_EQ(value(e, FeatureId::words_missing), 0.5);
    EXPECT_EQ(value(e, FeatureId::artist_words_missing), 0.75);
    EXPECT_EQ(value(e, FeatureId::joined_unlike), 0.25);
    EXPECT_EQ(value(e, FeatureId::joined_uncovered), 0.5);
    EXPECT_EQ(value(e, FeatureId::title_inexact), 1.0);
}

TEST(Features, flag_what_the_evidence_flags) {
    const auto flags = [](FeatureId id, auto change) {
        return value(with(change), id) == 1.0 && value(equal(), id) == 0.0;
    };
    EXPECT_TRUE(flags(FeatureId::title_contained, [](Evidence& e) { e.contained = true; }));
    EXPECT_TRUE(flags(FeatureId::artist_in_other_script, [](Evidence& e) { e.artist_in_other_script = true; }));
    EXPECT_TRUE(flags(FeatureId::guest_missing, [](Evidence& e) { e.guest_missing = true; }));
    EXPECT_TRUE(flags(FeatureId::album_is_title, [](Evidence& e) { e.album_is_title = true; }));
    EXPECT_TRUE(flags(FeatureId::version_hard, [](Evidence& e) { e.version_gap = VersionGap::hard; }));
    EXPECT_TRUE(flags(FeatureId::version_soft, [](Evidence& e) { e.version_gap = VersionGap::soft; }));
    EXPECT_TRUE(flags(FeatureId::version_keeps_length, [](Evidence& e) { e.version_keeps_length = true; }));
    EXPECT_TRUE(flags(FeatureId::version_agrees, [](Evidence& e) { e.version_agrees = true; }));
    EXPECT_TRUE(flags(FeatureId::part_conflict, [](Evidence& e) { e.part_conflict = true; }));
    EXPECT_TRUE(flags(FeatureId::part_missing, [](Evidence& e) { e.part_missing = true; }));
    EXPECT_TRUE(flags(FeatureId::number_conflict, [](Evidence& e) { e.number_conflict = true; }));
    EXPECT_TRUE(flags(FeatureId::explicit_conflict, [](Evidence& e) { e.explicit_conflict = true; }));
    EXPECT_TRUE(flags(FeatureId::misplaced, [](Evidence& e) { e.misplaced = true; }));
    EXPECT_TRUE(flags(FeatureId::romanized, [](Evidence& e) { e.romanized = e.scripts_differ = true; }));
    EXPECT_TRUE(flags(FeatureId::scripts_differ, [](Evidence& e) { e.scripts_differ = true; }));
    EXPECT_EQ(value(with([](Evidence& e) { e.romanized = e.scripts_differ = true; }), FeatureId::scripts_differ), 0.0);
    EXPECT_EQ(value(with([](Evidence& e) { e.version_gap = VersionGap::soft; }), FeatureId::version_hard), 0.0);
    EXPECT_EQ(value(with([](Evidence& e) { e.version_gap = VersionGap::hard; }), FeatureId::version_soft), 0.0);
}

TEST(Features, of_a_number_at_the_end_or_a_short_title_count_for_titles_that_are_not_equal) {
    const auto inexact = [](double title, std::size_t symbols) {
        return with([=](Evidence& e) {
            e.title = title;
            e.title_symbols = symbols;
            e.number_missing = true;
        });
    };
    EXPECT_EQ(value(inexact(0.9, 5), FeatureId::short_title), 1.0);
    EXPECT_EQ(value(inexact(0.9, 6), FeatureId::short_title), 0.0);
    EXPECT_EQ(value(inexact(1.0, 5), FeatureId::short_title), 0.0);
    EXPECT_EQ(value(inexact(0.9, 5), FeatureId::number_missing), 1.0);
    EXPECT_EQ(value(inexact(1.0, 5), FeatureId::number_missing), 0.0);
}

TEST(Features, of_albums_and_years_are_by_how_equal_the_titles_are) {
    const auto album = [](double title) {
        return with([=](Evidence& e) {
            e.title = title;
            e.album = 0.25;
            e.year_gap = 12;
        });
    };
    EXPECT_EQ(value(album(1.0), FeatureId::album_unlike), 0.75);
    EXPECT_EQ(value(album(1.0), FeatureId::album_unlike_inexact), 0.0);
    EXPECT_EQ(value(album(0.96), FeatureId::album_unlike), 0.0);
    EXPECT_EQ(value(album(0.96), FeatureId::album_unlike_inexact), 0.75);
    EXPECT_EQ(value(album(1.0), FeatureId::year_gap), 12.0);
}

// The one feature that a gap of 7 s is told by.
FeatureId told_by(Evidence evidence) {
    evidence.duration_gap_s = 7.0;
    FeatureId found = FeatureId::count;
    for (const FeatureId id : {FeatureId::duration_gap, FeatureId::duration_gap_near_title,
                               FeatureId::duration_gap_other_title, FeatureId::duration_gap_other_artist,
                               FeatureId::duration_gap_other_version, FeatureId::duration_gap_other_edit}) {
        if (value(evidence, id) == 0.0) continue;
        EXPECT_EQ(value(evidence, id), 7.0);
        EXPECT_EQ(found, FeatureId::count);
        found = id;
    }
    return found;
}

TEST(Features, tell_a_duration_by_what_else_is_told) {
    EXPECT_EQ(told_by(equal()), FeatureId::duration_gap);
    EXPECT_EQ(told_by(with([](Evidence& e) { e.title = 0.8; })), FeatureId::duration_gap_near_title);
    EXPECT_EQ(told_by(with([](Evidence& e) { e.title = 0.69; })), FeatureId::duration_gap_other_title);
    EXPECT_EQ(told_by(with([](Evidence& e) {
                  e.title = 0.8;
                  e.shared_words = 0.3;
              })),
              FeatureId::duration_gap_other_title);
    EXPECT_EQ(told_by(with([](Evidence& e) {
                  e.title = 0.65;
                  e.contained = true;
              })),
              FeatureId::duration_gap_near_title);
    EXPECT_EQ(told_by(with([](Evidence& e) { e.artist = 0.44; })), FeatureId::duration_gap_other_artist);
    EXPECT_EQ(told_by(with([](Evidence& e) { e.artist = 0.46; })), FeatureId::duration_gap);
    EXPECT_EQ(told_by(with([](Evidence& e) {
                  e.artist = 0.64;
                  e.artist_words = 0.0;
              })),
              FeatureId::duration_gap_other_artist);
    EXPECT_EQ(told_by(with([](Evidence& e) { e.version_gap = VersionGap::hard; })),
              FeatureId::duration_gap_other_version);
    EXPECT_EQ(told_by(with([](Evidence& e) { e.version_gap = VersionGap::soft; })), FeatureId::duration_gap_other_edit);
    EXPECT_EQ(value(with([](Evidence& e) { e.title = 0.8; }), FeatureId::near_title), 1.0);
    EXPECT_EQ(value(with([](Evidence& e) { e.title = 0.5; }), FeatureId::other_title), 1.0);
}

TEST(Features, of_an_equal_title_by_another_artist_tell_how_long_it_is) {
    const Evidence cover = with([](Evidence& e) { e.artist = 0.2; });
    EXPECT_EQ(value(cover, FeatureId::other_artist), 1.0);
    EXPECT_EQ(value(cover, FeatureId::equal_title_of_other_artist), 10.0);
    EXPECT_EQ(value(equal(), FeatureId::equal_title_of_other_artist), 0.0);
}

// A number that the feature may have: the flags are 0 and 1, likenesses lie between, gaps and lengths go on.
double any_value(std::mt19937_64& random, std::string_view name) {
    const double share = static_cast<double>(random() >> 11) * 0x1p-53;
    if (name.find("gap") != std::string_view::npos) return 120.0 * share * share;
    if (name == "equal_title_of_other_artist") return std::floor(40.0 * share);
    return share;
}

TEST(ShippedModel, never_rises_where_a_feature_moves_against_its_direction) {
    const musicsync::Profile profile = musicsync::Profile::standard();
    std::mt19937_64 random(7);
    std::size_t fell = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::array<double, feature_count> values{};
        for (std::size_t i = 0; i < feature_count; ++i) {
            const auto kind = random() % 4;
            if (kind == 0) values[i] = std::numeric_limits<double>::quiet_NaN();
            if (kind == 1) values[i] = any_value(random, musicsync::feature_names()[i].name);
        }
        const std::size_t moved = random() % feature_count;
        const auto& feature = musicsync::feature_names()[moved];
        double low = any_value(random, feature.name);
        double high = any_value(random, feature.name);
        if (low > high) std::swap(low, high);
        values[moved] = feature.direction <= 0 ? low : high;
        const double better = profile.model->probability(values.data());
        values[moved] = feature.direction <= 0 ? high : low;
        const double worse = profile.model->probability(values.data());
        if (feature.direction != 0) {
            ASSERT_LE(worse, better) << feature.name << " from " << low << " to " << high;
        }
        fell += worse < better ? 1 : 0;
    }
    EXPECT_GT(fell, 2000U);  // not because nothing counts
}

TEST(ShippedModel, has_log_odds_that_are_its_contributions_and_its_intercept) {
    const musicsync::Model& model = *musicsync::Profile::standard().model;
    const std::vector<musicsync::Track> left{musicsync::testing_support::track({"Africa", {"Toto"}, "Toto IV", 295})};
    const std::vector<musicsync::Track> right{musicsync::testing_support::track({"Afrika (Live)", {"Toto"}, "", 299})};
    const std::vector<double> features = *musicsync::feature_pairs(left, right);
    double sum = model.parts().intercept;
    for (const double one : model.contributions(features.data())) sum += one;
    const auto& at = model.parts().calibration.at;
    const auto& to = model.parts().calibration.to;
    ASSERT_EQ(at.size(), to.size());
    double expected = sum;
    for (std::size_t i = 0; i + 1 < at.size(); ++i) {
        if (i > 0 && sum < at[i]) break;
        expected = to[i] + (sum - at[i]) * (to[i + 1] - to[i]) / (at[i + 1] - at[i]);
    }
    const double p = *musicsync::probability(musicsync::Profile::standard(), left[0], right[0]);
    EXPECT_NEAR(std::log(p / (1.0 - p)), expected, 1e-9);
}

TEST(FeaturePairs, gives_rows_of_features_and_refuses_columns_of_different_length) {
    const auto tracks = [](std::initializer_list<const char*> titles) {
        std::vector<musicsync::Track> out;
        for (const char* title : titles) out.push_back(musicsync::testing_support::track({title, {"Jane"}}));
        return out;
    };
    const auto rows =
        *musicsync::feature_pairs(tracks({"River Song", "River Song"}), tracks({"River Song", "Otto Mops"}));
    ASSERT_EQ(rows.size(), 2 * feature_count);
    EXPECT_EQ(rows[0], 0.0);              // title_unlike of the first pair
    EXPECT_GT(rows[feature_count], 0.5);  // ... and of the second
    EXPECT_EQ(musicsync::feature_pairs(tracks({"a"}), {}).error().code, musicsync::Errc::length_mismatch);
    EXPECT_TRUE(musicsync::feature_pairs({}, {})->empty());
}

}  // namespace
