#include "importers/yaml/document_split.h"

namespace gatehouse::importers {

namespace {

/// True for `marker` alone or followed by a blank, as YAML's c-forbidden production says.
bool isMarker(std::string_view line, std::string_view marker)
{
    return line.starts_with(marker) &&
           (line.size() == 3 || line[3] == ' ' || line[3] == '\t' || line[3] == '\r' || line[3] == '\n');
}

bool isBlankOrComment(std::string_view line)
{
    const std::size_t first = line.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos || line[first] == '#';
}

/// What the lines of the current part have been so far.
enum class Part {
    Empty,      ///< blanks and comments only
    Directives, ///< and lines with %: they belong to the document that the next marker starts
    Document,   ///< a marker or content was seen
};

} // namespace

std::vector<TextDocument> splitDocuments(std::string_view text)
{
    std::vector<TextDocument> documents;
    std::size_t start = 0;
    std::uint32_t startLine = 1;
    Part part = Part::Empty;
    std::uint32_t line = 0;

    const auto cut = [&](std::size_t end, std::uint32_t nextLine) {
        if (part != Part::Empty)
            documents.push_back({text.substr(start, end - start), startLine});
        start = end;
        startLine = nextLine;
        part = Part::Empty;
    };

    for (std::size_t at = 0; at < text.size();) {
        ++line;
        const std::size_t lineBreak = text.find('\n', at);
        const std::size_t next = lineBreak == std::string_view::npos ? text.size() : lineBreak + 1;
        const std::string_view current = text.substr(at, next - at);
        if (current[0] == '-' && isMarker(current, "---")) {
            if (part != Part::Directives)
                cut(at, line);
            part = Part::Document;
        } else if (current[0] == '.' && isMarker(current, "...")) {
            // Kept as the document's last line: what stands there besides a comment is the parser's to refuse.
            cut(next, line + 1);
        } else if (part == Part::Empty && current[0] == '%') {
            part = Part::Directives;
        } else if (part != Part::Document && current[0] != '%' && !isBlankOrComment(current)) {
            part = Part::Document;
        }
        at = next;
    }
    cut(text.size(), line + 1);
    return documents;
}

} // namespace gatehouse::importers
