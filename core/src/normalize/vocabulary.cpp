#include "vocabulary.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

#include "ascii.hpp"
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

// Two bytes as a number below 1,024: few words begin as a phrase of a list does.
std::size_t beginning_of(std::string_view text) noexcept {
    const auto first = static_cast<unsigned char>(text.front());
    const auto second = static_cast<unsigned char>(text.size() > 1 ? text[1] : ' ');
    return (first * 32U + second) % 1024U;
}

}  // namespace

Vocabulary::Vocabulary(std::vector<Phrase> phrases) : phrases_(std::move(phrases)) {
    const auto add_byte = [this](unsigned char byte) { fingerprint_ = (fingerprint_ ^ byte) * 1099511628211U; };
    for (const Phrase& phrase : phrases_) {
        for (const std::string_view part : {phrase.text, phrase.detail, phrase.language}) {
            std::ranges::for_each(part, add_byte);
            add_byte('\n');
        }
        add_byte(static_cast<unsigned char>(phrase.role));
        add_byte(static_cast<unsigned char>(phrase.kind));
        const std::string_view text = phrase.text;
        const bool listed = is_list(phrase.role);
        const std::uint32_t list = listed ? mask(phrase.role) : 0;
        Entry& whole = entries_.at(text);
        whole.lists |= list;
        if (!listed) {
            whole.phrase = &phrase;
            phrase_of_signs_ |= std::ranges::none_of(text, [](char c) {
                return c < 0 || (ascii_classes[static_cast<unsigned char>(c)] & (ascii_letter | ascii_digit)) != 0;
            });
        }
        Entry& first = entries_.at(text.substr(0, text.find(' ')));
        first.begins |= list;
        first.begins_phrase |= !listed;
        Entry& last = entries_.at(text.substr(text.rfind(' ') + 1));
        last.ends |= list;
        last.ends_phrase |= !listed;
        lists_by_beginning_[beginning_of(text)] |= list;
        if (listed) lists_[static_cast<std::size_t>(phrase.role)].push_back(text);
    }
    for (auto& words : lists_) {
        std::ranges::sort(words);
        words.erase(std::unique(words.begin(), words.end()), words.end());
    }
}

const Entry& Vocabulary::entry(std::string_view normalized) const noexcept {
    static constexpr Entry nothing{};
    const Entry* const found = entries_.find(normalized);
    return found == nullptr ? nothing : *found;
}

std::span<const std::string_view> Vocabulary::list(Role list) const noexcept {
    return lists_[static_cast<std::size_t>(list)];
}

std::uint32_t Vocabulary::said(std::uint32_t lists, std::string_view normalized) const noexcept {
    std::uint32_t found = 0;
    for (std::size_t begin = 0; begin < normalized.size() && found != lists;) {
        const std::size_t next = std::min(normalized.find(' ', begin), normalized.size());
        std::uint32_t possible = lists_by_beginning_[beginning_of(normalized.substr(begin))] & lists & ~found;
        if (possible != 0) possible &= entry(normalized.substr(begin, next - begin)).begins;
        if (possible != 0) found |= said_at(possible, normalized.substr(begin));
        begin = next + 1;
    }
    return found;
}

std::uint32_t Vocabulary::said_at(std::uint32_t lists, std::string_view normalized) const noexcept {
    std::uint32_t found = 0;
    std::size_t end = std::min(normalized.find(' '), normalized.size());
    for (std::size_t words = 0; words < max_listed_words && end <= max_phrase_bytes; ++words) {
        found |= entry(normalized.substr(0, end)).lists & lists;
        if (end == normalized.size()) break;
        end = std::min(normalized.find(' ', end + 1), normalized.size());
    }
    return found;
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
