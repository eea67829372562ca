// What is made when it is first asked for, once: for what costs more than most who hold it will need.
#pragma once

#include <mutex>
#include <optional>

namespace musicsync::catalog {

// Threads may ask at once: one makes it, the others wait.
template <class Value>
class Late {
  public:
    template <class Make>
    const Value& get(Make make) const {
        std::call_once(once_, [&] { value_.emplace(make()); });
        return *value_;
    }

  private:
    mutable std::once_flag once_;
    mutable std::optional<Value> value_;
};

}  // namespace musicsync::catalog
