#include "engine/http/h1_head_scan.h"

namespace gatehouse::engine::h1 {

FieldScanner::Step FieldScanner::bad(std::string_view problem) noexcept
{
    problem_ = problem;
    return Step::Bad;
}

FieldScanner::Step FieldScanner::next(routing::HeaderField& field) noexcept
{
    if (at_ == end_)
        return Step::More;
    const char* const name = at_;
    const char* at = skip(name, end_, TokenChar);
    if (at == end_)
        return Step::More;
    if (*at != ':' || at == name) {
        if (at != name)
            return bad(*at == ' ' || *at == '\t' ? "whitespace between a field name and its colon"
                                                 : "invalid character in a field name");
        if (*at == ' ' || *at == '\t')
            return bad("folded field line");
        if (*at == ':')
            return bad("field line without a name");
        if (*at != '\r')
            return bad(*at == '\n' ? "line end without CR" : "invalid character in a field name");
        if (end_ - at < 2)
            return Step::More;
        if (at[1] != '\n')
            return bad("CR without LF");
        at_ = at + 2;
        return Step::End;
    }
    const std::size_t nameLength = static_cast<std::size_t>(at - name);
    ++at;
    while (at != end_ && (*at == ' ' || *at == '\t'))
        ++at;
    const char* const value = at;
    at = skipText(at, end_);
    if (at == end_)
        return Step::More;
    if (*at != '\r')
        return bad(*at == '\n' ? "line end without CR" : "control character in a field value");
    if (end_ - at < 2)
        return Step::More;
    if (at[1] != '\n')
        return bad("CR without LF");
    const char* last = at;
    while (last != value && (last[-1] == ' ' || last[-1] == '\t'))
        --last;
    field = {{name, nameLength}, {value, static_cast<std::size_t>(last - value)}};
    at_ = at + 2;
    return Step::Field;
}

bool mayBeComplete(std::string_view buffer, const Progress& seen, std::size_t limit) noexcept
{
    if (buffer.size() > limit || seen.scanned == 0)
        return true;
    std::size_t at = buffer.find('\n', seen.scanned);
    for (; at != std::string_view::npos; at = buffer.find('\n', at + 1)) {
        const bool bare = buffer[at - 1] != '\r';
        const bool emptyLine = at >= 2 && buffer[at - 2] == '\n';
        if (!seen.startLineSeen || bare || emptyLine)
            return true;
    }
    return false;
}

} // namespace gatehouse::engine::h1
