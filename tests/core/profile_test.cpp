// Profile files: what is read, what is refused and with which words, what is written.
#include "musicsync/profile.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "musicsync/score.hpp"

namespace {

using musicsync::Errc;
using musicsync::parse_profile;
using musicsync::Profile;

// A profile with `more` behind the format and the name.
std::string file(const std::string& more) {
    return R"({"format": "musicsync-profile/1", "name": "mine")" + (more.empty() ? "" : ", " + more) + "}";
}

std::string model(const std::string& more) {
    return file(R"("model": {"format": "musicsync-model/1", "version": "m-1", )" + more + "}");
}

Profile read(const std::string& more) { return *parse_profile(file(more), "mine.json"); }

struct Refusal {
    Errc code;
    std::string field;
    std::string message;
    friend bool operator==(const Refusal&, const Refusal&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Refusal& r) {
        return out << name(r.code) << " [" << r.field << "] " << r.message;
    }
};

Refusal refusal(const std::string& text) {
    const auto result = parse_profile(text, "mine.json");
    if (result) return {Errc::io, "", "no error"};
    const musicsync::Error& error = result.error();
    EXPECT_TRUE(error.message.starts_with("mine.json: ")) << error.message;
    return {error.code, error.field, error.message.substr(11)};
}

TEST(ProfileFile, takes_what_it_leaves_out_from_the_shipped_profile) {
    const Profile shipped = Profile::standard();
    const Profile mine = read("");
    EXPECT_EQ(mine.name, "mine");
    EXPECT_EQ(mine.rules, Profile::Rules::standard);
    EXPECT_EQ(mine.accept, shipped.accept);
    EXPECT_EQ(mine.reject, shipped.reject);
    EXPECT_EQ(mine.margin, shipped.margin);
    EXPECT_EQ(mine.weights, shipped.weights);
    EXPECT_EQ(mine.penalties, shipped.penalties);
    EXPECT_EQ(*mine.model, *shipped.model);
}

TEST(ProfileFile, replaces_what_it_names) {
    const Profile mine = read(R"("accept": 0.9, "accept_above": true, "reject": 0.2, "margin": 0.05,
        "weights": {"title": 0.7}, "penalties": {"version": 0.5, "artist_unknown": 0})");
    EXPECT_EQ(mine.accept, 0.9);
    EXPECT_TRUE(mine.accept_above);
    EXPECT_EQ(mine.reject, 0.2);
    EXPECT_EQ(mine.margin, 0.05);
    EXPECT_EQ(mine.weights, (musicsync::Weights{0.7, 0.35, 0.15}));
    EXPECT_EQ(mine.penalties.version, 0.5);
    EXPECT_EQ(mine.penalties.artist_unknown, 0.0);
    EXPECT_EQ(mine.penalties.duration, Profile::standard().penalties.duration);
}

TEST(ProfileFile, takes_null_for_left_out) { EXPECT_EQ(read(R"("accept": null)").accept, Profile::standard().accept); }

TEST(ProfileFile, of_classic_rules_starts_from_classic) {
    const Profile mine = read(R"("rules": "classic", "accept": 0.8)");
    EXPECT_EQ(mine.rules, Profile::Rules::classic);
    EXPECT_EQ(mine.accept, 0.8);
    EXPECT_EQ(mine.reject, 0.5);
    EXPECT_FALSE(mine.has_probability());
    const auto refused = musicsync::probability_pairs(mine, {}, {});
    EXPECT_EQ(refused.error().message, "profile 'mine' has no probability");
}

TEST(ProfileFile, reads_a_model_of_its_own) {
    const auto mine = parse_profile(model(R"("about": "by hand", "intercept": 1.5,
        "terms": [{"feature": "version_hard", "at": [0, 1], "add": [0, -3], "unknown": -1}],
        "calibration": {"at": [-1, 1], "to": [-2, 2]})"),
                                    "mine.json");
    ASSERT_TRUE(mine) << mine.error().message;
    const musicsync::Model::Parts expected{
        "m-1", "by hand", 1.5, {{"version_hard", {0.0, 1.0}, {0.0, -3.0}, -1.0}}, {{-1.0, 1.0}, {-2.0, 2.0}}};
    EXPECT_EQ(mine->model->parts(), expected);
}

TEST(ProfileFile, is_refused_where_it_is_no_json_object) {
    EXPECT_EQ(refusal("").code, Errc::invalid_json);
    EXPECT_EQ(refusal(file("").substr(0, 40)).code, Errc::invalid_json);
    EXPECT_TRUE(refusal(file("").substr(0, 40)).message.starts_with("not a JSON object: "));
    EXPECT_EQ(refusal("[1]"), (Refusal{Errc::invalid_json, "", "not a JSON object: it is a list"}));
    EXPECT_EQ(refusal("\"text\""), (Refusal{Errc::invalid_json, "", "not a JSON object: it is text"}));
    EXPECT_EQ(refusal(file("\"accept\": \"\xFF\"")).code, Errc::invalid_utf8);
}

TEST(ProfileFile, is_refused_without_the_format_that_this_version_reads) {
    EXPECT_EQ(refusal(R"({"name": "mine"})"),
              (Refusal{Errc::missing_field, "format", "format is missing: \"musicsync-profile/1\""}));
    EXPECT_EQ(refusal(R"({"format": "musicsync-profile/2", "name": "mine"})"),
              (Refusal{Errc::invalid_value, "format",
                       "format is \"musicsync-profile/2\", and this version reads musicsync-profile/1"}));
    EXPECT_EQ(refusal(file(R"("model": {"version": "m-1", "terms": []})")),
              (Refusal{Errc::missing_field, "model.format", "model.format is missing: \"musicsync-model/1\""}));
}

TEST(ProfileFile, is_refused_without_a_name) {
    EXPECT_EQ(refusal(R"({"format": "musicsync-profile/1"})"),
              (Refusal{Errc::missing_field, "name", "name is missing"}));
}

TEST(ProfileFile, is_refused_for_a_key_that_nobody_knows) {
    const auto unknown = [](const std::string& field) {
        return Refusal{Errc::invalid_value, field, field + " is not known"};
    };
    EXPECT_EQ(refusal(file(R"("acept": 0.9)")), unknown("acept"));
    EXPECT_EQ(refusal(file(R"("weights": {"artist": 0.3})")), unknown("weights.artist"));
    EXPECT_EQ(refusal(file(R"("penalties": {"versions": 0.3})")), unknown("penalties.versions"));
    EXPECT_EQ(refusal(model(R"("terms": [], "bias": 1)")), unknown("model.bias"));
    EXPECT_EQ(refusal(model(R"("terms": [{"name": "x"}])")), unknown("model.terms[0].name"));
    EXPECT_EQ(refusal(model(R"("terms": [], "calibration": {"from": []})")), unknown("model.calibration.from"));
}

TEST(ProfileFile, is_refused_for_a_key_that_is_there_twice) {
    EXPECT_EQ(refusal(file(R"("accept": 0.9, "accept": 0.8)")),
              (Refusal{Errc::invalid_value, "accept", "accept is there twice"}));
}

TEST(ProfileFile, is_refused_for_a_value_of_another_type) {
    const auto wrong = [](const std::string& field, const std::string& rest) {
        return Refusal{Errc::invalid_value, field, field + rest};
    };
    EXPECT_EQ(refusal(file(R"("accept": "0.9")")), wrong("accept", " is text, not a number"));
    EXPECT_EQ(refusal(file(R"("accept": true)")), wrong("accept", " is a boolean, not a number"));
    EXPECT_EQ(refusal(file(R"("accept_above": 1)")), wrong("accept_above", " is a number, not a boolean"));
    EXPECT_EQ(refusal(file(R"("rules": 1)")), wrong("rules", " is a number, not text"));
    EXPECT_EQ(refusal(file(R"("weights": [1])")), wrong("weights", " is a list, not an object"));
    EXPECT_EQ(refusal(file(R"("penalties": {"year": "x"})")), wrong("penalties.year", " is text, not a number"));
    EXPECT_EQ(refusal(file(R"("model": 1)")), wrong("model", " is a number, not an object"));
    EXPECT_EQ(refusal(model(R"("terms": {})")), wrong("model.terms", " is an object, not a list"));
    EXPECT_EQ(refusal(model(R"("terms": [1])")), wrong("model.terms[0]", " is a number, not an object"));
    EXPECT_EQ(refusal(model(R"("terms": [{"at": 1}])")),
              wrong("model.terms[0].at", " is a number, not a list of numbers"));
    EXPECT_EQ(refusal(model(R"("terms": [{"at": ["1"]}])")), wrong("model.terms[0].at[]", " is text, not a number"));
}

TEST(ProfileFile, is_refused_for_a_number_out_of_its_range) {
    for (const char* field : {"accept", "reject", "margin"}) {
        for (const char* value : {"-0.1", "1.01", "1e300"}) {
            EXPECT_EQ(refusal(file("\"" + std::string(field) + "\": " + value)),
                      (Refusal{Errc::invalid_value, field, std::string(field) + " is not between 0 and 1"}));
        }
    }
    EXPECT_EQ(refusal(file(R"("weights": {"title": 2})")).message, "weights.title is not between 0 and 1");
    EXPECT_EQ(refusal(file(R"("penalties": {"year": -1})")).message, "penalties.year is not between 0 and 1");
    for (const char* value : {"NaN", "Infinity", "1e999", "-", "0x1", "01"})
        EXPECT_EQ(refusal(file("\"accept\": " + std::string(value))).code, Errc::invalid_json) << value;
}

TEST(ProfileFile, is_refused_where_its_numbers_contradict_each_other) {
    EXPECT_EQ(refusal(file(R"("accept": 0.3, "reject": 0.4)")),
              (Refusal{Errc::invalid_value, "reject", "reject is above accept"}));
    EXPECT_EQ(refusal(file(R"("weights": {"title": 0, "artists": 0, "album": 0})")),
              (Refusal{Errc::invalid_value, "weights", "weights are all 0"}));
    EXPECT_EQ(refusal(file(R"("rules": "clasic")")),
              (Refusal{Errc::invalid_value, "rules", "rules is \"clasic\", not \"standard\" or \"classic\""}));
    EXPECT_EQ(refusal(file(R"("rules": "classic", "model": {})")),
              (Refusal{Errc::invalid_value, "model", "rules \"classic\" have no model"}));
}

TEST(ProfileFile, is_refused_for_a_model_that_cannot_be_computed) {
    EXPECT_EQ(refusal(model(R"("intercept": 0)")),
              (Refusal{Errc::missing_field, "model.terms", "model.terms is missing"}));
    EXPECT_EQ(refusal(model(R"("terms": [{"feature": "x", "at": [0], "add": [0]}])")),
              (Refusal{Errc::invalid_value, "model.terms[0]", "model.terms[0]: there is no feature \"x\""}));
}

TEST(ProfileFile, that_is_not_there_is_an_io_error) {
    const auto result = musicsync::read_profile(::testing::TempDir() + "no_such_profile.json");
    EXPECT_EQ(result.error().code, Errc::io);
    EXPECT_TRUE(result.error().message.find("no_such_profile.json: ") != std::string::npos);
}

TEST(ProfileFile, is_read_from_disk_and_named_in_messages) {
    const std::string path = ::testing::TempDir() + "profile_test.json";
    std::ofstream(path) << file(R"("accept": 2)");
    EXPECT_EQ(musicsync::read_profile(path).error().message, path + ": accept is not between 0 and 1");
    std::ofstream(path) << file(R"("accept": 0.8)");
    EXPECT_EQ(musicsync::read_profile(path)->accept, 0.8);
}

void expect_same(const Profile& a, const Profile& b) {
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.rules, b.rules);
    EXPECT_EQ(a.accept, b.accept);
    EXPECT_EQ(a.accept_above, b.accept_above);
    EXPECT_EQ(a.reject, b.reject);
    EXPECT_EQ(a.margin, b.margin);
    EXPECT_EQ(a.weights, b.weights);
    EXPECT_EQ(a.penalties, b.penalties);
    ASSERT_EQ(a.has_probability(), b.has_probability());
    if (a.has_probability()) {
        EXPECT_EQ(*a.model, *b.model);
    }
}

TEST(ProfileJson, reads_back_as_what_was_written_to_the_last_bit) {
    Profile odd = Profile::standard();
    odd.name = "odd \"name\" \\ with\ttab\nand Ünïcode";
    odd.accept = 2.0 / 3.0;
    odd.reject = 0x1.fffffffffffffp-2;
    odd.margin = 5e-324;
    odd.weights = {0.1 + 0.2, 1.0 / 3.0, 1e-17};
    odd.penalties.year = 0x1.123456789abcdp-5;
    musicsync::Model::Parts parts = odd.model->parts();
    parts.intercept = -1.0 / 7.0;
    parts.terms[0].add.back() = -1e-300;
    odd.model = std::make_shared<const musicsync::Model>(*musicsync::Model::make(parts));
    for (const Profile& profile : {Profile::standard(), Profile::classic(), Profile::old_rule(), odd}) {
        const auto again = parse_profile(to_json(profile), "written");
        ASSERT_TRUE(again) << again.error().message;
        expect_same(*again, profile);
        EXPECT_EQ(to_json(*again), to_json(profile));
    }
}

TEST(ProfileNames, are_those_of_the_shipped_profiles) {
    expect_same(*Profile::named("standard"), Profile::standard());
    expect_same(*Profile::named("classic"), Profile::classic());
    expect_same(*Profile::named("old-rule"), Profile::old_rule());
    const auto other = Profile::named("Standard");
    EXPECT_EQ(other.error().code, Errc::unknown_profile);
    EXPECT_EQ(other.error().message, "no profile named 'Standard' (there are: standard, classic, old-rule)");
    EXPECT_EQ(Profile::standard().name, "standard");
    EXPECT_EQ(musicsync::model_version(), Profile::standard().model->parts().version);
}

}  // namespace
