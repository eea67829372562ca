#include "catalog/records_builder.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "parallel/for_blocks.hpp"

namespace musicsync::catalog {
namespace {

// Fields by the position of their track: of tracks,
template <class Some>
class OfTracks {
  public:
    explicit OfTracks(std::span<const Some> tracks) : tracks_(tracks) {}
    [[nodiscard]] std::size_t size() const { return tracks_.size(); }
    [[nodiscard]] std::string_view id(std::size_t i) const { return at(i).id; }
    [[nodiscard]] std::string_view title(std::size_t i) const { return at(i).title; }
    [[nodiscard]] std::string_view album(std::size_t i) const { return at(i).album; }
    [[nodiscard]] std::string_view isrc(std::size_t i) const { return at(i).isrc; }
    [[nodiscard]] std::string_view title_reading(std::size_t i) const { return at(i).title_reading; }
    [[nodiscard]] std::string_view artist_reading(std::size_t i) const { return at(i).artist_reading; }
    [[nodiscard]] auto duration(std::size_t i) const {
        return static_cast<std::uint32_t>(at(i).duration.value_or(std::chrono::milliseconds{0}).count());
    }
    [[nodiscard]] auto year(std::size_t i) const { return static_cast<std::uint16_t>(at(i).release_year.value_or(0)); }
    [[nodiscard]] std::optional<bool> is_explicit(std::size_t i) const { return at(i).explicit_; }
    template <class Take>
    void for_each_name(std::size_t i, Take take) const {
        for (const std::string& name : at(i).artists) take(std::string_view(name));
    }

  private:
    [[nodiscard]] const Track::Fields& at(std::size_t i) const {
        if constexpr (std::is_same_v<Some, Track>)
            return tracks_[i].fields();
        else
            return tracks_[i];
    }
    std::span<const Some> tracks_;
};

// or of columns.
class OfColumns {
  public:
    explicit OfColumns(const TrackColumns& columns) : columns_(columns) {}
    [[nodiscard]] std::size_t size() const { return columns_.rows; }
    [[nodiscard]] std::string_view id(std::size_t i) const { return columns_.id[i]; }
    [[nodiscard]] std::string_view title(std::size_t i) const { return columns_.title[i]; }
    [[nodiscard]] std::string_view album(std::size_t i) const { return columns_.album[i]; }
    [[nodiscard]] std::string_view isrc(std::size_t i) const { return columns_.isrc[i]; }
    [[nodiscard]] std::string_view title_reading(std::size_t i) const { return columns_.title_reading[i]; }
    [[nodiscard]] std::string_view artist_reading(std::size_t i) const { return columns_.artist_reading[i]; }
    [[nodiscard]] auto duration(std::size_t i) const {
        return static_cast<std::uint32_t>(columns_.duration_ms[i].value_or(0.0));
    }
    [[nodiscard]] auto year(std::size_t i) const {
        return static_cast<std::uint16_t>(columns_.release_year[i].value_or(0.0));
    }
    [[nodiscard]] std::optional<bool> is_explicit(std::size_t i) const {
        const std::optional<double> flag = columns_.explicit_[i];
        return flag ? std::optional(*flag != 0.0) : std::nullopt;
    }
    template <class Take>
    void for_each_name(std::size_t i, Take take) const {
        const CreditColumn& credits = columns_.artists;
        if (!credits.names.present || !credits.valid[i]) return;
        for (std::size_t name = credits.lists.at(i); name < credits.lists.at(i + 1); ++name) take(credits.names[name]);
    }

  private:
    const TrackColumns& columns_;
};

}  // namespace

void RecordsBuilder::Appender::add(std::string_view text) {
    if (text.size() > std::numeric_limits<std::uint32_t>::max() - bytes.size())
        overflown = true;
    else
        bytes.insert(bytes.end(), text.begin(), text.end());
    begins.push_back(static_cast<std::uint32_t>(bytes.size()));
}

void RecordsBuilder::Field::add(std::span<const std::string_view> some) {
    const std::size_t before = of.size();
    of.resize(before + some.size());
    texts.add(some, of.data() + before);
}

template <class Source>
void RecordsBuilder::add_credits(const Source& source) {
    std::string all;
    std::vector<std::size_t> begins;
    for (std::size_t i = 0; i < source.size(); ++i) {
        begins.push_back(all.size());
        source.for_each_name(i, [&](std::string_view name) {
            if (all.size() > begins.back()) all.push_back(between_names);
            all.append(name);
        });
    }
    begins.push_back(all.size());
    std::vector<std::string_view> credits;
    for (std::size_t i = 0; i < source.size(); ++i)
        credits.push_back(std::string_view(all).substr(begins[i], begins[i + 1] - begins[i]));
    credits_.add(credits);
}

template <class Source>
void RecordsBuilder::add_codes(const Source& source) {
    for (std::size_t i = 0; i < source.size(); ++i) codes_.push_back(code_of(source.isrc(i)));
}

template <class Source>
void RecordsBuilder::add_others(const Source& source) {
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (!source.title_reading(i).empty() || !source.artist_reading(i).empty()) {
            read_.push_back(static_cast<std::uint32_t>(years_.size()));
            title_readings_.add(source.title_reading(i));
            artist_readings_.add(source.artist_reading(i));
        }
        ids_.add(source.id(i));
        durations_.push_back(source.duration(i));
        const std::optional<bool> flag = source.is_explicit(i);
        explicit_.push_back(flag ? (*flag ? 2 : 1) : 0);
        years_.push_back(source.year(i));
    }
}

template <class Source>
void RecordsBuilder::add_all(const Source& source, int threads) {
    const auto add = [&source](Field& field, auto text_of) {
        std::vector<std::string_view> texts;
        texts.reserve(source.size());
        for (std::size_t i = 0; i < source.size(); ++i) texts.push_back(text_of(i));
        field.add(texts);
    };
    parallel::together({[&] { add(titles_, [&source](std::size_t i) { return source.title(i); }); },
                        [&] { add(albums_, [&source](std::size_t i) { return source.album(i); }); },
                        [&] { add_credits(source); }, [&] { add_codes(source); }, [&] { add_others(source); }},
                       threads);
}

void RecordsBuilder::add(std::span<const Track> tracks, int threads) { add_all(OfTracks(tracks), threads); }
void RecordsBuilder::add(std::span<const Track::Fields> tracks, int threads) { add_all(OfTracks(tracks), threads); }
void RecordsBuilder::add(const TrackColumns& tracks, int threads) { add_all(OfColumns(tracks), threads); }

bool RecordsBuilder::overflown() const noexcept {
    return ids_.overflown || titles_.texts.overflown() || credits_.texts.overflown() || albums_.texts.overflown() ||
           title_readings_.overflown || artist_readings_.overflown ||
           size() > std::numeric_limits<std::uint32_t>::max() - 1;
}

Records RecordsBuilder::build() && {
    std::vector<std::pair<Code, std::uint32_t>> sorted;
    for (std::uint32_t i = 0; i < codes_.size(); ++i) {
        if (codes_[i] != 0) sorted.emplace_back(codes_[i], i);
    }
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::uint32_t> by_code(sorted.size());
    std::transform(sorted.begin(), sorted.end(), by_code.begin(), [](const auto& code) { return code.second; });
    Records out;
    out.ids = std::move(ids_).strings();
    out.titles = std::move(titles_.texts).strings();
    out.title_of = Packed(titles_.of);
    out.credits = std::move(credits_.texts).strings();
    out.credit_of = Packed(credits_.of);
    out.albums = std::move(albums_.texts).strings();
    out.album_of = Packed(albums_.of);
    out.codes = Packed(codes_);
    out.durations = Packed(durations_);
    out.years = Packed(years_);
    out.explicit_ = Packed(explicit_);
    out.read = Column(std::move(read_));
    out.title_readings = std::move(title_readings_).strings();
    out.artist_readings = std::move(artist_readings_).strings();
    out.by_code = Packed(by_code);
    return out;
}

}  // namespace musicsync::catalog
