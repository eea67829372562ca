#include "work.hpp"

namespace musicsync::bindings {

PythonWork::PythonWork(py::handle threads, py::handle progress) {
    constexpr std::size_t most_threads = 1024;
    const std::size_t wanted = count_from(threads, "threads", 0);
    if (!threads.is_none() && (wanted < 1 || wanted > most_threads))
        throw EngineFailure{{Errc::invalid_value, "threads is not between 1 and 1024", "threads"}};
    work_.threads = static_cast<int>(wanted);
    if (!progress.is_none()) {
        if (PyCallable_Check(progress.ptr()) == 0)
            throw py::type_error(std::string("progress must be a callable or None, not ") +
                                 Py_TYPE(progress.ptr())->tp_name);
        progress_ = py::reinterpret_borrow<py::object>(progress);
    }
    work_.progress = [this](std::size_t done, std::size_t total) { return tell(done, total); };
}

bool PythonWork::tell(std::size_t done, std::size_t total) noexcept {
    const py::gil_scoped_acquire locked;
    try {
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        if (progress_) progress_(done, total);
    } catch (...) {
        raised_ = std::current_exception();
        return false;
    }
    return true;
}

}  // namespace musicsync::bindings
