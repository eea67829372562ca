#include "score/telling_words.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "normalize/bare_version.hpp"
#include "normalize/plain.hpp"
#include "score/credit_form.hpp"
#include "score/given_title.hpp"
#include "score/plain_text.hpp"
#include "score/said_versions.hpp"

namespace musicsync {
namespace {

using text::Role;

// Where a phrase tells something by its beginning.
unsigned places_of(Role role) noexcept {
    switch (role) {
        case Role::album_karaoke: return TellingWords::credit | TellingWords::album;
        case Role::cover_credit:
        case Role::unknown_artist: return TellingWords::credit;
        case Role::album_live:
        case Role::album_compilation: return TellingWords::album;
        default: return 0;
    }
}

std::uint32_t hash_of(std::string_view word) noexcept { return TextHashes(word).whole; }

}  // namespace

TellingWords::TellingWords(const text::Vocabulary& vocabulary) : vocabulary_(vocabulary) {
    for (const text::Phrase& phrase : vocabulary.phrases()) {
        add_beginning(phrase.text, places_of(phrase.role));
        if (text::may_tell_version(phrase) || phrase.role == Role::ending) add_end(phrase.text, title_end);
        if (phrase.role == Role::channel_suffix) add(hash_of(phrase.text.substr(phrase.text.rfind(' ') + 1)), credit);
    }
    for (const std::string_view word : text::words_of_features()) add(hash_of(word), title | credit);
    for (const std::string_view word : text::words_of_parts()) add(hash_of(word), title_part);
    for (const std::string_view word : text::words_that_join_names()) add(hash_of(word), credit);
    for (const std::string_view phrase : placeholders()) add_end(phrase, title_end);
    for (const auto& [word, its_short_form] : short_words) add(hash_of(word), credit);
    for (const std::string_view phrase : phrases_of_albums()) add_beginning(phrase, album);
}

void TellingWords::add(std::uint32_t hash, unsigned where) noexcept {
    std::uint8_t& kept = words_[slot_of(hash)];
    kept = static_cast<std::uint8_t>(kept | where);
}

void TellingWords::add_beginning(std::string_view phrase, unsigned where) noexcept {
    const std::size_t space = phrase.find(' ');
    if (space == std::string_view::npos) return add(hash_of(phrase), where);
    const std::string_view rest = phrase.substr(space + 1);
    add(of_both(hash_of(phrase.substr(0, space)), hash_of(rest.substr(0, rest.find(' ')))), where);
}

void TellingWords::add_end(std::string_view phrase, unsigned where) noexcept {
    const std::size_t space = phrase.rfind(' ');
    if (space == std::string_view::npos) return add(hash_of(phrase), where);
    const std::string_view rest = phrase.substr(0, space);
    add(of_both(hash_of(rest.substr(rest.rfind(' ') + 1)), hash_of(phrase.substr(space + 1))), where);
}

const TellingWords& telling_words() {
    static std::atomic<const TellingWords*> latest{nullptr};
    const text::Vocabulary& current = text::vocabulary();
    const TellingWords* found = latest.load(std::memory_order_acquire);
    if (found != nullptr && &found->vocabulary() == &current) return *found;
    // Kept for ever, as vocabularies are: who reads a title may still look into older ones.
    static std::mutex mutex;
    static auto* const all = new std::vector<std::unique_ptr<const TellingWords>>;
    const std::scoped_lock lock(mutex);
    const auto known =
        std::ranges::find_if(*all, [&current](const auto& words) { return &words->vocabulary() == &current; });
    if (known != all->end()) {
        found = known->get();
    } else {
        all->push_back(std::make_unique<const TellingWords>(current));
        found = all->back().get();
    }
    latest.store(found, std::memory_order_release);
    return *found;
}

}  // namespace musicsync
