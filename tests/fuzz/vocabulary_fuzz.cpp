// Any bytes as a vocabulary file: refused with its line and a reason, or a table that titles can be read with.
#include "fuzz.hpp"
#include "normalize/vocabulary_file.hpp"

using namespace musicsync;
using fuzz::check;

FUZZ(data, size) {
    const auto file = text::VocabularyFile::parse(fuzz::text_of(data, size), "fuzz");
    if (!file) {
        check(file.error().message.starts_with("fuzz:"), "a refusal says which file, line and why");
        return 0;
    }
    for (const text::Phrase& phrase : (*file)->phrases()) check(!phrase.text.empty(), "a phrase has words");
    return 0;
}
