#include "musicsync/cpu.hpp"

#include "musicsync/score.hpp"

#include "convert.hpp"

namespace musicsync::bindings {

void bind_cpu(py::module_& m) {
    m.def("kernels", &kernels, "Names of the compute kernels of this build that this CPU can run, slowest first.");
    m.def("active_kernel", &active_kernel, "The name of the kernel in use.");
    m.def(
        "set_kernel", [](py::handle name) { return value_or_throw(set_kernel(text_from(name, "name"))); },
        py::arg("name"),
        "Use the named kernel from now on; 'auto' takes the fastest. Returns its name.\n\n"
        "Every kernel gives the same bits. Raises EngineError (unknown_kernel).");
    m.def(
        "engine_version", [] { return std::string(engine_version()); }, "The version of the native engine.");
    m.def(
        "model_version", [] { return std::string(model_version()); },
        "The name of the model behind `probability` of the profile standard.");
}

}  // namespace musicsync::bindings
