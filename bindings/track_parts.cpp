#include "track_parts.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "arrow.hpp"
#include "columns.hpp"
#include "convert.hpp"

namespace musicsync::bindings {
namespace {

constexpr std::size_t part_rows = 65'536;

// Where rows end up: the good ones in parts, the bad ones in a list or as an exception.
class Parts {
  public:
    Parts(std::string_view name, std::size_t total, std::vector<RejectedLine>* rejected, const TakePart& take)
        : name_(name), total_(total), rejected_(rejected), take_(take) {}

    // The rows of a batch, of which those that are not `valid` are null.
    void add(const TrackColumns& columns, const Validity& valid) {
        for (std::size_t begin = 0; begin < columns.rows; begin += part_rows) {
            const std::size_t end = std::min(columns.rows, begin + part_rows);
            {
                const py::gil_scoped_release unlocked;
                for (std::size_t row = begin; row < end; ++row)
                    add(valid[row] ? track_at(columns, row) : Error{Errc::invalid_value, "is null", {}});
            }
            hand_over_if_full();
        }
    }

    // A row that `read()` gives or throws.
    template <class Read>
    void add_read(const Read& read) {
        add([&]() -> Result<Track> {
            try {
                return read();
            } catch (const EngineFailure& failure) {
                return failure.error;
            } catch (const py::type_error& error) {
                return Error{Errc::invalid_value, error.what(), {}};
            }
        }());
        hand_over_if_full();
    }

    void hand_over() {
        if (!part_.empty()) take_(part_, rows_, std::max(rows_, total_));
        part_.clear();
    }

  private:
    void hand_over_if_full() {
        if (part_.size() >= part_rows) hand_over();
    }

    void add(Result<Track> track) {
        if (track) {
            part_.push_back(*std::move(track));
        } else {
            refuse(track.error());
        }
        ++rows_;
    }

    void refuse(Error error) {
        if (rejected_ != nullptr) {
            rejected_->push_back({std::string(name_), rows_ + 1, error.code, error.field, error.message});
            return;
        }
        const bool whole = error.field.empty();
        error.message = std::string(name_) + "[" + std::to_string(rows_) + "]" + (whole ? " " : ": ") + error.message;
        error.row = rows_;
        throw EngineFailure{std::move(error)};
    }

    std::string_view name_;
    std::size_t total_;
    std::vector<RejectedLine>* rejected_;
    const TakePart& take_;
    std::vector<Track> part_;
    std::size_t rows_ = 0;
};

// How many rows something says that it has; 0 where it does not.
std::size_t rows_of(py::handle tracks) {
    if (PyDict_Check(tracks.ptr()) || !py::hasattr(tracks, "__len__")) return 0;
    return py::len(tracks);
}

}  // namespace

void for_each_part(py::handle tracks, std::string_view name, std::vector<RejectedLine>* rejected,
                   const TakePart& take) {
    Parts parts(name, rows_of(tracks), rejected, take);
    if (is_arrow(tracks)) {
        for_each_batch(tracks, name,
                       [&](const TrackColumns& columns, const Validity& valid) { parts.add(columns, valid); });
    } else if (PyDict_Check(tracks.ptr())) {
        const MappedColumns columns(py::reinterpret_borrow<py::dict>(tracks), name);
        for (std::size_t row = 0; row < columns.rows(); ++row)
            parts.add_read([&] { return columns.track(row, {}, row); });
    } else {
        if (PyUnicode_Check(tracks.ptr()) || !py::isinstance<py::iterable>(tracks))
            throw py::type_error(std::string(name) + " must be a list of tracks, not " +
                                 Py_TYPE(tracks.ptr())->tp_name);
        for (const py::handle item : tracks) parts.add_read([&] { return track_from(item, {}); });
    }
    parts.hand_over();
}

}  // namespace musicsync::bindings
