// threads= and progress= of long calls.
#pragma once

#include <exception>

#include "convert.hpp"
#include "musicsync/work.hpp"

namespace musicsync::bindings {

// How a long call runs. The engine calls back without the GIL, and must not see an exception: what Python raised (in
// the callback, or Ctrl-C) stops the call and is raised again by `rethrow`.
class PythonWork {
  public:
    // threads: None for all that may be used, or a number from 1 on. progress: None or a callable of (done, total).
    PythonWork(py::handle threads, py::handle progress);
    PythonWork(const PythonWork&) = delete;  // the engine calls back to this one
    PythonWork& operator=(const PythonWork&) = delete;

    // Runs `call(work)` without the GIL; raises what stopped it, else gives its result.
    template <class Call>
    auto run(Call&& call) {
        auto result = [&] {
            const py::gil_scoped_release unlocked;
            return call(work_);
        }();
        if (raised_) std::rethrow_exception(raised_);
        return result;
    }

  private:
    [[nodiscard]] bool tell(std::size_t done, std::size_t total) noexcept;

    py::object progress_;
    Work work_;
    std::exception_ptr raised_;
};

}  // namespace musicsync::bindings
