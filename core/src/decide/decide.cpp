#include "musicsync/decide.hpp"

#include <algorithm>
#include <tuple>

#include "decide/prepared.hpp"
#include "decide/vetoes.hpp"
#include "parallel/for_blocks.hpp"
#include "score/evidence.hpp"
#include "score/pairs.hpp"

namespace musicsync {
namespace {

constexpr double asked_album = 0.9;
constexpr double group_slack = 0.05;  // a release may be that much less probable than the best and still be chosen
constexpr double text_slack = 0.02;   // and name title and artists that much worse

// What deciding keeps of a comparison.
struct Candidate {
    Judged judged;
    Evidence evidence;
    double value = 0.0;  // on the thresholds' scale
};

Candidate judge(const Profile& profile, const Query& query, const Track& track, std::size_t index) {
    Candidate out;
    out.judged.index = index;
    out.evidence = query.compare(track);
    if (profile.rules == Profile::Rules::classic) {
        out.value = out.judged.score = classic_score(profile, query.track(), track);
        return out;
    }
    out.judged.score = standard_score(profile, out.evidence);
    out.judged.probability = out.value = model_probability(profile, out.evidence);
    out.judged.vetoes = vetoes_of(out.evidence);
    return out;
}

std::size_t packaging_of(const NormalForm& form) {
    return static_cast<std::size_t>(
        std::count_if(form.versions.begin(), form.versions.end(),
                      [](const VersionToken& token) { return !changes_recording(token.kind); }));
}

class Deciding {
  public:
    // `shipped` says what one recording is, whatever threshold the caller asks for.
    Deciding(const Profile& shipped, const Profile& profile, const Query& query, std::span<const Track> tracks)
        : shipped_(shipped), profile_(profile), query_(query.track()), tracks_(tracks) {
        for (std::size_t i = 0; i < tracks.size(); ++i) candidates_.push_back(judge(profile, query, tracks[i], i));
    }

    Decision decide() {
        Decision out;
        if (candidates_.empty()) {
            out.reasons = {"no_candidates"};
            return out;
        }
        const std::size_t leader = most_probable();
        mark_releases_of(leader);
        const std::size_t best = preferred_release(leader);
        measure_margin(out, leader);
        conclude(out, candidates_[best]);
        for (Candidate& candidate : candidates_) out.candidates.push_back(std::move(candidate.judged));
        return out;
    }

  private:
    // Total order of two candidates: value, no veto, score, id, index.
    [[nodiscard]] bool before(std::size_t a, std::size_t b) const {
        const Candidate& x = candidates_[a];
        const Candidate& y = candidates_[b];
        if (x.value != y.value) return x.value > y.value;
        if (x.judged.vetoes.size() != y.judged.vetoes.size()) return x.judged.vetoes.size() < y.judged.vetoes.size();
        if (x.judged.score != y.judged.score) return x.judged.score > y.judged.score;
        const int by_id = tracks_[a].id().compare(tracks_[b].id());
        return by_id != 0 ? by_id < 0 : a < b;
    }

    [[nodiscard]] std::size_t most_probable() const {
        std::size_t best = 0;
        for (std::size_t i = 1; i < candidates_.size(); ++i) {
            if (before(i, best)) best = i;
        }
        return best;
    }

    // Only what could be a rival is compared: the rest cannot narrow the margin.
    void mark_releases_of(std::size_t leader) {
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            const bool near = candidates_[i].value > candidates_[leader].value - profile_.margin - group_slack;
            candidates_[i].judged.same_as_best =
                i == leader || (near && same_recording(shipped_, tracks_[leader], tracks_[i]));
        }
    }

    // Smaller is better: other explicitness than asked, another album, a compilation, packaging words nobody asked for.
    [[nodiscard]] auto preference(std::size_t i) const {
        const Evidence& e = candidates_[i].evidence;
        const NormalForm& form = tracks_[i].normal();
        const std::size_t asked = packaging_of(query_.normal());
        const std::size_t packaging = packaging_of(form);
        return std::make_tuple(e.explicit_conflict, e.album.value_or(0.0) < asked_album, form.compilation,
                               packaging > asked ? packaging - asked : asked - packaging);
    }

    // Releases differ in their albums: one that names another artist is not to be preferred for its album.
    static bool names_it_as_well(const Evidence& release, const Evidence& best) noexcept {
        return release.title.value_or(1.0) >= best.title.value_or(0.0) - text_slack &&
               release.artist.value_or(1.0) >= best.artist.value_or(0.0) - text_slack;
    }

    [[nodiscard]] std::size_t preferred_release(std::size_t leader) const {
        std::size_t best = leader;
        if (profile_.rules == Profile::Rules::classic) return best;
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            const Candidate& c = candidates_[i];
            const bool eligible = c.judged.same_as_best && c.value >= candidates_[leader].value - group_slack &&
                                  names_it_as_well(c.evidence, candidates_[leader].evidence) &&
                                  c.judged.vetoes.size() <= candidates_[leader].judged.vetoes.size();
            if (!eligible || i == best) continue;
            const auto mine = preference(i);
            const auto theirs = preference(best);
            if (mine < theirs || (mine == theirs && before(i, best))) best = i;
        }
        return best;
    }

    void measure_margin(Decision& out, std::size_t leader) const {
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            if (candidates_[i].judged.same_as_best) continue;
            if (!out.rival || before(i, *out.rival)) out.rival = i;
        }
        out.margin = candidates_[leader].value - (out.rival ? candidates_[*out.rival].value : 0.0);
    }

    void conclude(Decision& out, const Candidate& best) const {
        out.best = best.judged.index;
        out.score = best.judged.score;
        out.probability = best.judged.probability;
        const Evidence& e = best.evidence;
        const bool by_isrc = profile_.rules == Profile::Rules::classic ? e.isrc_equal : isrc_acquits(e);
        const Method method = by_isrc ? Method::isrc : is_exact(e) ? Method::exact : Method::fuzzy;
        const bool isrc_conflict = !best.judged.vetoes.empty() && best.judged.vetoes.front() == "isrc_conflict";
        const bool close = out.rival && out.margin < profile_.margin && !by_isrc;
        const bool one_part = !by_isrc && is_one_part_of_several(e);
        if (best.value < profile_.reject && !isrc_conflict && !(profile_.model && worth_asking(e))) {
            out.reasons = {"below_reject"};
        } else if (profile_.accepts(best.value) && best.judged.vetoes.empty() && !close && !one_part) {
            out.verdict = Verdict::accept;
            out.method = method;
            out.reasons = {std::string(name(method))};
        } else {
            out.verdict = Verdict::ambiguous;
            out.method = method;
            if (best.judged.vetoes.empty() && !profile_.accepts(best.value)) out.reasons = {"between_thresholds"};
            if (close) add_reason(out.reasons, "margin");
            if (one_part) add_reason(out.reasons, "part_uncertain");
        }
        for (const std::string& veto : best.judged.vetoes) add_reason(out.reasons, veto);
    }

    // "Tidewater" is "Tidewater, Pt. 1" only where there is no second part, or the length tells.
    [[nodiscard]] bool is_one_part_of_several(const Evidence& best) const {
        if (!best.first_part_missing || of_equal_duration(best)) return false;
        return std::any_of(candidates_.begin(), candidates_.end(), [](const Candidate& other) {
            return other.evidence.part_missing && other.evidence.title.value_or(0.0) >= 1.0;
        });
    }

    const Profile& shipped_;
    const Profile& profile_;
    const Track& query_;
    std::span<const Track> tracks_;
    std::vector<Candidate> candidates_;
};

}  // namespace

std::string_view name(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::accept: return "accept";
        case Verdict::ambiguous: return "ambiguous";
        case Verdict::reject: return "reject";
    }
    return "reject";
}

std::string_view name(Method method) noexcept {
    switch (method) {
        case Method::none: return "none";
        case Method::isrc: return "isrc";
        case Method::exact: return "exact";
        case Method::fuzzy: return "fuzzy";
    }
    return "none";
}

Decision decide_prepared(const Profile& profile, const Query& query, std::span<const Track> candidates) {
    return Deciding(profile, profile, query, candidates).decide();
}

Decision decide(const Profile& profile, const Track& query, std::span<const Track> candidates,
                std::optional<double> accept) {
    const Query prepared(query);
    if (!accept) return decide_prepared(profile, prepared, candidates);
    Profile used = profile;
    used.accept = *accept;
    used.accept_above = false;
    used.reject = std::min(used.reject, used.accept);
    return Deciding(profile, used, prepared, candidates).decide();
}

Result<std::vector<Decision>> decide_pairs(const Profile& profile, std::span<const Track> left,
                                           std::span<const Track> right, std::optional<double> accept) {
    if (left.size() != right.size()) return length_mismatch(left.size(), right.size());
    std::vector<Decision> out(left.size());
    parallel::for_blocks(left.size(), pairs_per_task, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) out[i] = decide(profile, left[i], right.subspan(i, 1), accept);
    });
    return out;
}

}  // namespace musicsync
