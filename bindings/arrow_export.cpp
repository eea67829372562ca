#include "arrow_export.hpp"

#include <cerrno>
#include <utility>

#include "arrow_abi.hpp"

namespace musicsync::bindings {
namespace {

// Everything that an exported schema or array points to; `release` frees it. Consumers may move children out and
// release them on their own, so each child owns what it needs.
template <class Exported>
struct Holder {
    ArrowColumn column;
    std::vector<Exported> children;
    std::vector<Exported*> pointers;
};

template <class Exported>
void release(Exported* exported) {
    for (std::int64_t i = 0; i < exported->n_children; ++i) {
        Exported* child = exported->children[i];
        if (child->release != nullptr) child->release(child);
    }
    delete static_cast<Holder<Exported>*>(exported->private_data);
    exported->release = nullptr;
}

void describe(const ArrowColumn& column, ArrowSchema& out);
void hand_out(const ArrowColumn& column, ArrowArray& out);

void export_children(Holder<ArrowSchema>& holder) {
    for (std::size_t i = 0; i < holder.children.size(); ++i) describe(holder.column.children[i], holder.children[i]);
}

void export_children(Holder<ArrowArray>& holder) {
    for (std::size_t i = 0; i < holder.children.size(); ++i) hand_out(holder.column.children[i], holder.children[i]);
}

template <class Exported>
Holder<Exported>* hold(const ArrowColumn& column, Exported& out) {
    auto* holder = new Holder<Exported>{column, std::vector<Exported>(column.children.size()), {}};
    for (Exported& child : holder->children) holder->pointers.push_back(&child);
    export_children(*holder);
    out.n_children = static_cast<std::int64_t>(holder->children.size());
    out.children = holder->pointers.data();
    out.dictionary = nullptr;
    out.private_data = holder;
    out.release = &release<Exported>;
    return holder;
}

void describe(const ArrowColumn& column, ArrowSchema& out) {
    const auto* holder = hold(column, out);
    out.format = holder->column.format.c_str();
    out.name = holder->column.name.c_str();
    out.metadata = nullptr;
    out.flags = ARROW_FLAG_NULLABLE;
}

void hand_out(const ArrowColumn& column, ArrowArray& out) {
    auto* holder = hold(column, out);
    out.length = static_cast<std::int64_t>(column.rows);
    out.null_count = static_cast<std::int64_t>(column.nulls);
    out.offset = 0;
    out.n_buffers = static_cast<std::int64_t>(column.buffers.size());
    out.buffers = holder->column.buffers.data();
}

ArrowColumn as_struct(std::size_t rows, std::vector<ArrowColumn> columns) {
    return {"", "+s", rows, 0, {nullptr}, std::move(columns), nullptr};
}

struct Stream {
    ArrowColumn schema;
    std::vector<ArrowBatch> batches;
    std::size_t next = 0;
};

Stream& stream_of(ArrowArrayStream* stream) { return *static_cast<Stream*>(stream->private_data); }

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) noexcept {
    try {
        describe(stream_of(stream).schema, *out);
        return 0;
    } catch (const std::bad_alloc&) {
        return ENOMEM;
    }
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) noexcept {
    Stream& self = stream_of(stream);
    if (self.next == self.batches.size()) {
        *out = {};  // no release callback: the end
        return 0;
    }
    try {
        const ArrowBatch& batch = self.batches[self.next++];
        hand_out(as_struct(batch.rows, batch.columns), *out);
        return 0;
    } catch (const std::bad_alloc&) {
        return ENOMEM;
    }
}

// A capsule that owns a structure until a consumer takes it by clearing its release callback.
template <class Exported>
py::capsule capsule_of(std::unique_ptr<Exported> exported, const char* name) {
    PyObject* capsule = PyCapsule_New(exported.get(), name, [](PyObject* self) {
        auto* owned = static_cast<Exported*>(PyCapsule_GetPointer(self, PyCapsule_GetName(self)));
        if (owned->release != nullptr) owned->release(owned);
        delete owned;
    });
    if (capsule == nullptr) {
        exported->release(exported.get());
        throw py::error_already_set();
    }
    (void)exported.release();  // the capsule's now
    return py::reinterpret_steal<py::capsule>(capsule);
}

}  // namespace

py::capsule schema_capsule(const std::vector<ArrowColumn>& schema) {
    auto exported = std::make_unique<ArrowSchema>();
    describe(as_struct(0, schema), *exported);
    return capsule_of(std::move(exported), "arrow_schema");
}

py::tuple array_capsules(const ArrowBatch& batch) {
    py::capsule schema = schema_capsule(batch.columns);
    auto exported = std::make_unique<ArrowArray>();
    hand_out(as_struct(batch.rows, batch.columns), *exported);
    return py::make_tuple(std::move(schema), capsule_of(std::move(exported), "arrow_array"));
}

py::capsule stream_capsule(const std::vector<ArrowColumn>& schema, std::vector<ArrowBatch> batches) {
    auto exported = std::make_unique<ArrowArrayStream>();
    exported->get_schema = &get_schema;
    exported->get_next = &get_next;
    exported->get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
    exported->release = [](ArrowArrayStream* stream) {
        delete static_cast<Stream*>(stream->private_data);
        stream->release = nullptr;
    };
    exported->private_data = new Stream{as_struct(0, schema), std::move(batches), 0};
    return capsule_of(std::move(exported), "arrow_array_stream");
}

}  // namespace musicsync::bindings
