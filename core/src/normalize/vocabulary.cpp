#include "vocabulary.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

#include "vocabulary_file.hpp"

namespace musicsync {
namespace text {
namespace {

std::vector<Phrase> built_in_phrases() {
    std::vector<Phrase> phrases;
    for (const EmbeddedFile& file : embedded_files()) {
        const std::vector<Phrase> more = *read_embedded(file);  // a test holds that every line is good
        phrases.insert(phrases.end(), more.begin(), more.end());
    }
    return phrases;
}

const Vocabulary& built_in() {
    static const Vocabulary vocabulary(built_in_phrases());
    return vocabulary;
}

std::atomic<const Vocabulary*> in_force{nullptr};

// What load_vocabulary made. A title that is being read may still look into an older one, so none is taken down.
struct Loaded {
    std::mutex mutex;
    std::vector<std::unique_ptr<const VocabularyFile>> files;
    std::vector<std::unique_ptr<const Vocabulary>> vocabularies;
};

Loaded& loaded() {
    static auto* const all = new Loaded;  // outlives threads that end after main
    return *all;
}

}  // namespace

Vocabulary::Vocabulary(std::vector<Phrase> phrases) : phrases_(std::move(phrases)) {
    by_text_.reserve(phrases_.size());
    for (const Phrase& phrase : phrases_) {
        auto& words = lists_[static_cast<std::size_t>(phrase.role)];
        is_list(phrase.role) ? words.push_back(phrase.text) : void(by_text_[phrase.text] = &phrase);
    }
    for (auto& words : lists_) {
        std::ranges::sort(words);
        words.erase(std::unique(words.begin(), words.end()), words.end());
    }
}

const Phrase* Vocabulary::find(std::string_view normalized) const noexcept {
    const auto found = by_text_.find(normalized);
    return found == by_text_.end() ? nullptr : found->second;
}

std::span<const std::string_view> Vocabulary::list(Role list) const noexcept {
    return lists_[static_cast<std::size_t>(list)];
}

bool Vocabulary::lists(Role list, std::string_view normalized) const noexcept {
    return std::ranges::binary_search(this->list(list), normalized);
}

bool Vocabulary::says(Role list, std::string_view normalized) const noexcept {
    for (std::size_t begin = 0; begin < normalized.size();) {
        const std::size_t next = std::min(normalized.find(' ', begin), normalized.size());
        std::size_t end = next;
        for (std::size_t words = 0; words < max_listed_words && end - begin <= max_phrase_bytes; ++words) {
            if (lists(list, normalized.substr(begin, end - begin))) return true;
            if (end == normalized.size()) break;
            end = std::min(normalized.find(' ', end + 1), normalized.size());
        }
        begin = next + 1;
    }
    return false;
}

const Vocabulary& vocabulary() noexcept {
    const Vocabulary* current = in_force.load(std::memory_order_acquire);
    return current != nullptr ? *current : built_in();
}

}  // namespace text

Result<std::size_t> load_vocabulary(const std::string& path) {
    Result<std::unique_ptr<const text::VocabularyFile>> file = text::read_vocabulary_file(path);
    if (!file) return file.error();
    text::Loaded& all = text::loaded();
    const std::scoped_lock lock(all.mutex);
    all.files.push_back(*std::move(file));
    const std::size_t count = all.files.back()->phrases().size() + all.files.back()->removed().size();
    all.vocabularies.push_back(std::make_unique<text::Vocabulary>(all.files.back()->added_to(text::vocabulary())));
    text::in_force.store(all.vocabularies.back().get(), std::memory_order_release);
    return count;
}

void reset_vocabulary() noexcept { text::in_force.store(nullptr, std::memory_order_release); }

}  // namespace musicsync
