#include "importers/yaml/syntax_problem.h"

#include <algorithm>
#include <array>
#include <string>

namespace gatehouse::importers {

namespace {

struct Wording {
    const char* parser; ///< start of the parser's message
    std::string_view message;
    std::string_view remedy;
};

namespace messages = YAML::ErrorMsg;

/// What the parser's terms mean to somebody who writes manifests.
const std::array wordings{
    Wording{messages::TAB_IN_INDENTATION, "a tab in the indentation", "indent with spaces"},
    Wording{messages::END_OF_MAP_FLOW, "a { is not closed, or a comma is missing", "close it with }"},
    Wording{messages::END_OF_SEQ_FLOW, "a [ is not closed, or a comma is missing", "close it with ]"},
    Wording{messages::END_OF_MAP, "this line does not continue the mapping above",
            "align it with the other keys, or check the line above for a missing colon"},
    Wording{messages::END_OF_SEQ, "this line does not continue the list above",
            "align its \"- \" with the other items"},
    Wording{messages::MAP_VALUE, "a mapping is not possible here",
            "check the indentation; quote a text that holds \": \""},
    Wording{messages::MAP_KEY, "a key is not possible here", "check the indentation"},
    Wording{messages::BLOCK_ENTRY, "a list item is not possible here",
            "put \"- \" on a line of its own below the key, aligned with the other items"},
    Wording{messages::FLOW_END, "a ] or } without its opening bracket", "remove it, or quote the text"},
    Wording{messages::EOF_IN_SCALAR, "a quoted text is not closed", "add the closing quote"},
    Wording{messages::DOC_IN_SCALAR, "a quoted text is not closed", "add the closing quote"},
    Wording{messages::UNKNOWN_TOKEN, "a text cannot start with this character", "quote the text"},
    Wording{messages::CHAR_IN_SCALAR, "this character cannot stand in plain text", "quote the text"},
    Wording{messages::INVALID_ESCAPE, "an unknown escape in a double-quoted text",
            "write \\\\ for a backslash, or use single quotes"},
    Wording{messages::INVALID_HEX, "an escape without its hexadecimal digits", "write \\xNN, \\uNNNN or \\UNNNNNNNN"},
    Wording{messages::INVALID_UNICODE, "an escape that is no Unicode character", "correct the escape"},
    Wording{messages::ALIAS_NOT_FOUND, "a * must be followed by the name of an anchor",
            "quote a text that starts with *, such as \"*.example.com\""},
    Wording{messages::CHAR_IN_ALIAS, "an alias name (after *) holds a character that is not possible there",
            "quote a text that starts with *, such as \"*.example.com\""},
    Wording{messages::ANCHOR_NOT_FOUND, "an & must be followed by a name", "quote a text that starts with &"},
    Wording{messages::CHAR_IN_ANCHOR, "an anchor name (after &) holds a character that is not possible there",
            "quote a text that starts with &"},
    Wording{messages::UNKNOWN_ANCHOR, "an alias (*) names an anchor (&) that is not defined above it in this document",
            "define the anchor first; quote a text that starts with *, such as \"*.example.com\""},
    Wording{messages::ALIAS_CONTENT, "an alias cannot have a tag or an anchor", "remove it"},
    Wording{messages::MULTIPLE_TAGS, "two tags at one node", "remove one"},
    Wording{messages::MULTIPLE_ANCHORS, "two anchors at one node", "remove one"},
    Wording{messages::CHAR_IN_BLOCK, "an unexpected character behind | or >",
            "start the block text on the next line; quote a text that starts with | or >"},
    Wording{messages::ZERO_INDENT_IN_BLOCK, "a block text cannot have the indentation 0", "write a digit from 1 to 9"},
};

std::string_view lineAt(std::string_view text, std::size_t offset)
{
    const std::size_t start = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
    const std::size_t end = text.find('\n', start);
    return text.substr(start, end == std::string_view::npos ? end : end - start);
}

/// Offset of a tab in the indentation of the line at `offset`; npos when there is none.
std::size_t tabInIndentation(std::string_view text, std::size_t offset)
{
    const std::string_view line = lineAt(text, offset);
    const std::size_t tab = line.find_first_not_of(' ');
    if (tab == std::string_view::npos || line[tab] != '\t')
        return std::string_view::npos;
    return static_cast<std::size_t>(line.data() - text.data()) + tab;
}

/// Offset of the first quote behind the last node that was read: the one that nothing closes.
std::size_t openingQuote(std::string_view text, std::size_t lastEvent)
{
    std::size_t from = lastEvent;
    if (from < text.size() && (text[from] == '"' || text[from] == '\'')) {
        const std::size_t closing = text.find(text[from], from + 1);
        from = closing == std::string_view::npos ? from : closing + 1;
    }
    for (std::size_t at = from; at < text.size(); ++at) {
        const bool quote = text[at] == '"' || text[at] == '\'';
        const bool startsToken = at == 0 || std::string_view(" \t\n\r[{,").find(text[at - 1]) != std::string_view::npos;
        if (quote && startsToken)
            return at;
    }
    return std::string_view::npos;
}

} // namespace

void addSyntaxProblem(const YAML::ParserException& exception, const ParseProgress& progress, PositionTracker& tracker,
                      ProblemList& problems)
{
    const auto& [text, lastEvent, openContainer] = progress;
    const std::string_view raw = exception.msg;
    std::size_t offset = exception.mark.pos < 0 ? lastEvent : static_cast<std::size_t>(exception.mark.pos);
    offset = std::min(offset, text.size());

    for (const std::size_t candidate : {offset, lastEvent}) {
        const std::size_t tab = candidate < text.size() ? tabInIndentation(text, candidate) : std::string_view::npos;
        if (tab != std::string_view::npos) {
            problems.error(code::yamlSyntax, tracker.at(tab), "a tab in the indentation").remedy = "indent with spaces";
            return;
        }
    }
    if (raw.starts_with(messages::EOF_IN_SCALAR) || raw.starts_with(messages::DOC_IN_SCALAR)) {
        const std::size_t quote = openingQuote(text, lastEvent);
        offset = quote == std::string_view::npos ? offset : quote;
    }
    const auto wording =
        std::find_if(wordings.begin(), wordings.end(), [&](const Wording& w) { return raw.starts_with(w.parser); });
    if (wording == wordings.end()) {
        problems.error(code::yamlSyntax, tracker.at(offset), "this is not valid YAML: " + std::string(raw));
        return;
    }
    // A bracket that nothing closes is shown where it opens, not at the end of the text.
    const bool unclosed = raw.starts_with(messages::END_OF_MAP_FLOW) || raw.starts_with(messages::END_OF_SEQ_FLOW);
    const bool atOpening = unclosed && offset == text.size() && openContainer.known();
    problems.error(code::yamlSyntax, atOpening ? openContainer : tracker.at(offset), std::string(wording->message))
        .remedy = wording->remedy;
}

} // namespace gatehouse::importers
