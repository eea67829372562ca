#include "segments.hpp"

#include <algorithm>

namespace musicsync::text {
namespace {

class TitleSplitter {
  public:
    explicit TitleSplitter(View text)
        : text_(text), last_quote_(text.rfind(U'"')), end_(static_cast<std::size_t>(trim(text).end() - text.begin())) {}

    std::vector<Segment> split() {
        while (at_ < text_.size()) step();
        end_run(text_.size());
        return std::move(out_);
    }

  private:
    void step() {
        const char32_t c = text_[at_];
        if (opens_bracket(c)) {
            take_bracket(bracket_end());
        } else if (c == U'"' && opens_quotation()) {
            at_ = text_.find(U'"', at_ + 1) + 1;
        } else if (c == U'-' && between_spaces()) {
            end_run(at_);
            run_ = at_ + 1;
            suffix_ = true;
            outer_ = at_;
            ++at_;
        } else if ((c == U'-' || c == U'~') && fences_to_the_end(c)) {
            take_bracket(end_);
        } else {
            ++at_;
        }
    }

    bool space_before() const { return at_ > 0 && is_space(text_[at_ - 1]); }
    bool between_spaces() const { return space_before() && (at_ + 1 == text_.size() || is_space(text_[at_ + 1])); }

    bool opens_quotation() const {
        return last_quote_ != View::npos && at_ < last_quote_ && (at_ == 0 || !is_word(text_[at_ - 1]));
    }

    // " -remix-", " ~live~": the same sign before a word and at the end of the title.
    bool fences_to_the_end(char32_t c) const {
        return space_before() && at_ + 2 < end_ && !is_space(text_[at_ + 1]) && text_[end_ - 1] == c;
    }

    // One past the closing bracket, or the end of the title.
    std::size_t bracket_end() const {
        std::size_t depth = 0;
        for (std::size_t i = at_; i < text_.size(); ++i) {
            if (opens_bracket(text_[i])) ++depth;
            if (closes_bracket(text_[i]) && --depth == 0) return i + 1;
        }
        return text_.size();
    }

    void take_bracket(std::size_t end) {
        const bool closed = end > at_ + 1 && (closes_bracket(text_[end - 1]) || text_[end - 1] == text_[at_]);
        if (end < text_.size() && is_word(text_[end])) {  // "(sun)sivera"
            at_ = end;
            return;
        }
        end_run(at_);
        const View outer = text_.substr(at_, end - at_);
        const View content = outer.substr(1, outer.size() - 1 - (closed ? 1 : 0));
        out_.push_back({Segment::Kind::bracket, content, outer});
        at_ = run_ = outer_ = end;
        suffix_ = false;
    }

    // The text or suffix since the last cut.
    void end_run(std::size_t end) {
        if (run_ >= end) return;
        const View content = text_.substr(run_, end - run_);
        const bool suffix = suffix_ && !trim(content).empty();
        out_.push_back(
            {suffix ? Segment::Kind::suffix : Segment::Kind::text, content, text_.substr(outer_, end - outer_)});
        run_ = outer_ = end;
        suffix_ = false;
    }

    View text_;
    std::size_t last_quote_;
    std::size_t end_;  // without trailing white space
    std::size_t at_ = 0;
    std::size_t run_ = 0;    // where the current text or suffix begins
    std::size_t outer_ = 0;  // the same with its dash
    bool suffix_ = false;
    std::vector<Segment> out_;
};

}  // namespace

std::vector<Segment> split_title(View folded) { return TitleSplitter(folded).split(); }

}  // namespace musicsync::text
