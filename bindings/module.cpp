// musicsync._core: the native engine as Python sees it. Every call converts, validates, releases the GIL, computes,
// converts.
#include "bind.hpp"

PYBIND11_MODULE(_core, m) {
    m.doc() = "The musicsync matching engine: is this the same recording, and how sure are we?";
    musicsync::bindings::bind_errors(m);
    musicsync::bindings::bind_cpu(m);
    musicsync::bindings::bind_text(m);
    musicsync::bindings::bind_matrix(m);
    musicsync::bindings::bind_track(m);
    musicsync::bindings::bind_result_columns(m);
    musicsync::bindings::bind_ingest(m);
    musicsync::bindings::bind_columns(m);
    musicsync::bindings::bind_explanation(m);
    musicsync::bindings::bind_decision(m);
    musicsync::bindings::bind_profile(m);
    musicsync::bindings::bind_ranking(m);
    musicsync::bindings::bind_matcher(m);
    musicsync::bindings::bind_catalog(m);
}
