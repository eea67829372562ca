#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "romanize.hpp"

namespace musicsync::text {
namespace {

// A transliterator keeps state, and ICU locks around it: one text at a time, and each text once.
class Thai {
  public:
    std::string latin(View run) {
        const std::string text = to_utf8(run);
        const std::lock_guard lock(mutex_);
        if (const auto known = spelled_.find(text); known != spelled_.end()) return known->second;
        std::string out = convert(text);
        if (spelled_.size() < most_kept) spelled_.emplace(text, out);
        return out;
    }

  private:
    static constexpr std::size_t most_kept = 1 << 16;  // texts, about 10 MB

    std::string convert(const std::string& text) {
        UErrorCode status = U_ZERO_ERROR;
        if (!transliterator_) {
            transliterator_.reset(icu::Transliterator::createInstance("Thai-Latin", UTRANS_FORWARD, status));
            if (U_FAILURE(status) != 0) transliterator_.reset();
        }
        if (!transliterator_) return {};  // ICU without transliteration data: no spelling that can be trusted
        icu::UnicodeString work = icu::UnicodeString::fromUTF8(text);
        transliterator_->transliterate(work);
        std::string out;
        work.toUTF8String(out);
        return out;
    }

    std::mutex mutex_;
    std::unique_ptr<icu::Transliterator> transliterator_;
    std::unordered_map<std::string, std::string> spelled_;
};

}  // namespace

void append_thai(std::string& out, View run) {
    static Thai thai;
    constexpr std::size_t most = 128;  // it replaces inside its text, which is quadratic in a long one
    for (; !run.empty(); run.remove_prefix(std::min(most, run.size()))) out += thai.latin(run.substr(0, most));
}

}  // namespace musicsync::text
