#include "ranking.hpp"

#include "text_columns.hpp"
#include "work.hpp"

namespace musicsync::bindings {
namespace {

using Tracks = std::shared_ptr<const std::vector<Track>>;

Ranking rank_columns(const Profile& profile, py::handle query, const py::dict& columns, ColumnTexts& texts,
                     const RankOptions& options) {
    const QueryTexts asked(query);
    std::optional<py::gil_scoped_release> unlocked;
    if (texts.is_much()) {
        texts.hold();
        unlocked.emplace();
    }
    Result<std::vector<Ranked>> hits = rank_texts(profile, asked.row(), texts.columns(), options);
    unlocked.reset();
    const bool of_row = !hits && hits.error().row != Error::npos;
    const std::string place = of_row ? "candidates[" + std::to_string(hits.error().row) + "]" : "candidates";
    return {value_or_throw(std::move(hits), place), columns};
}

Track track_of_row(const py::dict& columns, std::size_t row) {
    py::dict out;
    for (const auto& [name, column] : columns) {
        if (PyList_Check(column.ptr())) out[name] = py::reinterpret_borrow<py::list>(column)[row];
    }
    return track_from(out, "candidates[" + std::to_string(row) + "]", row);
}

// What a list of Track holds; nothing where there is something else in it.
struct HeldTracks {
    std::vector<py::object> objects;
    std::vector<const Track*> tracks;

    static std::optional<HeldTracks> of(py::handle list) {
        constexpr std::size_t ahead = 8;
        HeldTracks out;
        const auto count = static_cast<std::size_t>(PyList_GET_SIZE(list.ptr()));
        out.objects.reserve(count);
        out.tracks.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            const auto item = [list](std::size_t at) {
                return PyList_GET_ITEM(list.ptr(), static_cast<Py_ssize_t>(at));
            };
            if (i + ahead < count) __builtin_prefetch(item(i + ahead));
            const py::handle object = item(i);
            const Track* const track = native_track(object);
            if (track == nullptr) return std::nullopt;
            out.objects.push_back(py::reinterpret_borrow<py::object>(object));
            out.tracks.push_back(track);
        }
        return out;
    }
};

// A ranking of a few tracks is done before another thread could take the GIL; during longer ones others run.
template <class List>
std::vector<Ranked> ranked(const Profile& profile, const Track& query, const List& tracks, const RankOptions& options) {
    constexpr std::size_t few = 64;
    std::optional<py::gil_scoped_release> unlocked;
    if (tracks.size() > few) unlocked.emplace();
    return rank(profile, query, tracks, options);
}

Tracks shared_tracks(py::handle tracks, std::string_view name) {
    return std::make_shared<const std::vector<Track>>(tracks_from(tracks, name));
}

}  // namespace

Match Ranking::at(std::size_t place) const {
    const Ranked& hit = hits[place];
    if (const auto* tracks = std::get_if<Tracks>(&candidates)) return {(**tracks)[hit.index], hit};
    if (const auto* objects = std::get_if<std::vector<py::object>>(&candidates))
        return {*native_track((*objects)[hit.index]), hit};
    return {track_of_row(std::get<py::dict>(candidates), hit.index), hit};
}

Ranking Rankings::at(std::size_t query) const {
    const auto place = [this](std::size_t i) { return hits.begin() + static_cast<std::ptrdiff_t>(starts[i]); };
    return {std::vector<Ranked>(place(query), place(query + 1)), candidates[query]};
}

void Rankings::add(const std::vector<std::vector<Ranked>>& rankings) {
    for (const std::vector<Ranked>& one : rankings) {
        hits.insert(hits.end(), one.begin(), one.end());
        starts.push_back(hits.size());
    }
}

RankOptions rank_options(py::handle limit, py::handle cutoff) {
    return {count_from(limit, "limit", no_limit), fraction_from(cutoff, "cutoff")};
}

Ranking rank_for(const Profile& profile, py::handle query, py::handle candidates, const RankOptions& options) {
    if (profile.rules == Profile::Rules::classic && PyDict_CheckExact(candidates.ptr())) {
        ColumnTexts texts;
        if (texts.read(candidates))
            return rank_columns(profile, query, py::reinterpret_borrow<py::dict>(candidates), texts, options);
    }
    const Track asked = track_from(query, "query");
    if (PyList_CheckExact(candidates.ptr())) {
        if (std::optional<HeldTracks> held = HeldTracks::of(candidates))
            return {ranked(profile, asked, held->tracks, options), std::move(held->objects)};
    }
    const Tracks tracks = shared_tracks(candidates, "candidates");
    return {ranked(profile, asked, *tracks, options), tracks};
}

Rankings rank_batch_for(const Profile& profile, py::handle queries, py::handle candidates, py::handle limit,
                        py::handle cutoff, py::handle threads, py::handle progress) {
    const RankOptions options = rank_options(limit, cutoff);
    PythonWork work(threads, progress);
    const std::vector<Track> asked = tracks_from(queries, "queries");
    Rankings out;
    std::vector<std::vector<const Track*>> tracks;
    for (const py::handle list : candidates) {
        std::optional<HeldTracks> held = PyList_CheckExact(list.ptr()) ? HeldTracks::of(list) : std::nullopt;
        if (held) {
            tracks.push_back(std::move(held->tracks));
            out.candidates.emplace_back(std::move(held->objects));
            continue;
        }
        const Tracks made = shared_tracks(list, "candidates[" + std::to_string(tracks.size()) + "]");
        std::vector<const Track*>& pointers = tracks.emplace_back();
        for (const Track& track : *made) pointers.push_back(&track);
        out.candidates.emplace_back(made);
    }
    const std::vector<std::span<const Track* const>> lists(tracks.begin(), tracks.end());
    out.add(value_or_throw(work.run([&](const Work& how) { return rank_batch(profile, asked, lists, options, how); })));
    return out;
}

Rankings matrix_top_k_for(const Profile& profile, py::handle queries, py::handle choices, py::handle k,
                          py::handle cutoff, py::handle threads, py::handle progress) {
    const std::size_t most = count_from(k, "k", no_limit);
    const double least = fraction_from(cutoff, "cutoff");
    PythonWork work(threads, progress);
    const std::vector<Track> asked = tracks_from(queries, "queries");
    const Tracks tracks = shared_tracks(choices, "choices");
    Rankings out;
    out.candidates.assign(asked.size(), tracks);
    out.add(value_or_throw(
        work.run([&](const Work& how) { return matrix_top_k(profile, asked, *tracks, most, least, how); })));
    return out;
}

}  // namespace musicsync::bindings
