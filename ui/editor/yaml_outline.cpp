#include "ui/editor/yaml_outline.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr auto npos = std::string_view::npos;

bool isMark(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at, 4);
    return (rest.starts_with("---") || rest.starts_with("...")) &&
           (rest.size() == 3 || rest[3] == ' ' || rest[3] == '\r' || rest[3] == '\n' || rest[3] == '\t');
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/// Reads a document line by line; a value in braces or brackets is read at once, over as many lines as it has.
class Reader {
public:
    Reader(std::string_view text, DocumentRange document) : text_(text.substr(0, document.end)), at_(document.begin)
    {
        nodes_.emplace_back();
        open_.push_back(0);
    }

    std::vector<OutlineNode> read()
    {
        while (at_ < text_.size())
            readLine();
        return std::move(nodes_);
    }

private:
    [[nodiscard]] char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\n'; }
    [[nodiscard]] std::size_t endOfLine(std::size_t at) const { return std::min(text_.find('\n', at), text_.size()); }
    [[nodiscard]] std::size_t skipBlanks(std::size_t at) const
    {
        while (at < text_.size() && isBlank(text_[at]))
            ++at;
        return at;
    }

    std::uint32_t add(OutlineNode::Kind kind, std::uint32_t parent, std::size_t begin, std::size_t end)
    {
        OutlineNode node;
        node.kind = kind;
        node.parent = parent;
        node.begin = begin;
        node.end = node.valueBegin = node.valueEnd = end;
        node.column = begin - lineStart_;
        if (kind == OutlineNode::Kind::Item) {
            if (counts_.size() < nodes_.size())
                counts_.resize(nodes_.size() * 2);
            node.index = counts_[parent]++;
        }
        nodes_.push_back(node);
        return static_cast<std::uint32_t>(nodes_.size() - 1);
    }

    void readLine()
    {
        lineStart_ = at_;
        const std::size_t end = endOfLine(at_);
        std::size_t first = skipBlanks(at_);
        const bool skip = first >= end || text_[first] == '#' || text_[first] == '%' || isMark(text_, at_);
        at_ = std::min(end + 1, text_.size());
        if (skip)
            return;
        // A line may begin several items and end in a key: "- - name: a".
        while (first < end && text_[first] == '-' && (isBlank(peek(first + 1)) || peek(first + 1) == '\n')) {
            const std::uint32_t item =
                add(OutlineNode::Kind::Item, parentOf(first - lineStart_, true), first, first + 1);
            open_.push_back(item);
            first = skipBlanks(first + 1);
        }
        if (first < end && text_[first] != '#')
            readContent(first, end);
    }

    /// Closes what ended before a node in `column` begins, and says what it belongs to.
    std::uint32_t parentOf(std::size_t column, bool isItem)
    {
        while (open_.size() > 1) {
            const OutlineNode& top = nodes_[open_.back()];
            // The items of a list may stand in the column of their key.
            const bool holds =
                isItem && top.kind == OutlineNode::Kind::Key ? top.column <= column : top.column < column;
            if (holds)
                break;
            open_.pop_back();
        }
        return open_.back();
    }

    /// Where a plain or quoted key that begins at `first` ends, before its colon; npos when there is no colon.
    [[nodiscard]] std::size_t keyEnd(std::size_t first, std::size_t end) const
    {
        std::size_t at = first;
        if (text_[first] == '"' || text_[first] == '\'') {
            at = text_.find(text_[first], first + 1);
            if (at >= end)
                return npos;
            at = skipBlanks(at + 1);
            return at < end && text_[at] == ':' ? at : npos;
        }
        for (; at < end; ++at) {
            if (text_[at] == '#' && at > first && isBlank(text_[at - 1]))
                return npos;
            if (text_[at] == ':' && (at + 1 >= end || isBlank(text_[at + 1])))
                return at;
        }
        return npos;
    }

    void readContent(std::size_t first, std::size_t end)
    {
        if (text_[first] == '{' || text_[first] == '[') {
            const std::uint32_t parent = parentOf(first - lineStart_, false);
            readFlow(parent, first);
            nodes_[parent].valueBegin = first;
            nodes_[parent].valueEnd = flowEnd_;
            return;
        }
        const std::size_t colon = keyEnd(first, end);
        if (colon == npos) {
            const std::uint32_t parent = parentOf(first - lineStart_, false);
            const std::size_t last = scalarEnd(first, end);
            const std::uint32_t text = add(OutlineNode::Kind::Text, parent, first, last);
            nodes_[text].scalar = unquoted(first, last);
            return;
        }
        std::size_t nameEnd = colon;
        while (nameEnd > first && isBlank(text_[nameEnd - 1]))
            --nameEnd;
        const std::uint32_t key = add(OutlineNode::Kind::Key, parentOf(first - lineStart_, false), first, nameEnd);
        nodes_[key].name = unquoted(first, nameEnd);
        nodes_[key].valueBegin = colon + 1;
        nodes_[key].valueEnd = end;
        open_.push_back(key);
        readValue(key, skipBlanks(colon + 1), end);
    }

    void readValue(std::uint32_t key, std::size_t at, std::size_t end)
    {
        while (at < end && (text_[at] == '&' || text_[at] == '!')) { // an anchor or a tag
            while (at < end && !isBlank(text_[at]))
                ++at;
            at = skipBlanks(at);
        }
        if (at >= end || text_[at] == '#')
            return;
        if (text_[at] == '|' || text_[at] == '>') {
            skipBlock(nodes_[key].column);
        } else if (text_[at] == '{' || text_[at] == '[') {
            nodes_[key].valueBegin = at;
            readFlow(key, at);
            nodes_[key].valueEnd = flowEnd_;
        } else {
            const std::size_t last = scalarEnd(at, end);
            nodes_[key].scalar = unquoted(at, last);
            nodes_[key].valueEnd = std::max(last, nodes_[key].valueBegin);
        }
    }

    /// A block scalar goes on as long as its lines are indented more than its key, or blank.
    void skipBlock(std::size_t column)
    {
        while (at_ < text_.size()) {
            const std::size_t first = skipBlanks(at_);
            if (peek(first) != '\n' && first - at_ <= column)
                return;
            at_ = std::min(endOfLine(at_) + 1, text_.size());
        }
    }

    /// The end of the scalar that begins at `first`: its closing quote, a comment, or the line's last character.
    [[nodiscard]] std::size_t scalarEnd(std::size_t first, std::size_t end) const
    {
        if (text_[first] == '"' || text_[first] == '\'') {
            for (std::size_t at = first + 1; at < end; ++at) {
                if (text_[at] == '\\' && text_[first] == '"')
                    ++at;
                else if (text_[at] == text_[first])
                    return at + 1;
            }
        }
        std::size_t last = end;
        for (std::size_t at = first + 1; at < end; ++at) {
            if (text_[at] == '#' && isBlank(text_[at - 1])) {
                last = at;
                break;
            }
        }
        while (last > first && isBlank(text_[last - 1]))
            --last;
        return last;
    }

    [[nodiscard]] std::string_view unquoted(std::size_t first, std::size_t last) const
    {
        const std::string_view raw = text_.substr(first, last - first);
        const bool quoted = raw.size() >= 2 && (raw.front() == '"' || raw.front() == '\'') && raw.back() == raw.front();
        return quoted ? raw.substr(1, raw.size() - 2) : raw;
    }

    /// What stands in braces or brackets from `at` on. An unfinished one ends with the document.
    void readFlow(std::uint32_t owner, std::size_t at)
    {
        struct Level {
            std::uint32_t owner; ///< of what the braces hold
            bool list;
            std::uint32_t element; ///< the key or item that is being read; the owner when none is
        };
        std::vector<Level> levels;
        const auto begin = [&](std::uint32_t of, bool list) {
            (list ? nodes_[of].flowList : nodes_[of].flowMap) = true;
            levels.push_back({of, list, of});
        };
        /// What a value in a list belongs to.
        const auto element = [&](std::size_t place) {
            Level& level = levels.back();
            if (level.list && level.element == level.owner) {
                level.element = add(OutlineNode::Kind::Item, level.owner, place, place);
                nodes_[level.element].flow = true;
            }
            return level.element;
        };
        begin(owner, text_[at] == '[');
        ++at;
        for (; at < text_.size() && !levels.empty();) {
            const char c = text_[at];
            if (c == '\n' && isMark(text_, at + 1)) {
                break;
            } else if (isBlank(c) || c == '\n') {
                ++at;
            } else if (c == '#') {
                at = endOfLine(at);
            } else if (c == ',') {
                close(levels.back().element, at);
                levels.back().element = levels.back().owner;
                ++at;
            } else if (c == '{' || c == '[') {
                const std::uint32_t of = element(at);
                nodes_[of].valueBegin = at;
                begin(of, c == '[');
                ++at;
            } else if (c == '}' || c == ']') {
                close(levels.back().element, at);
                levels.pop_back();
                ++at;
                if (!levels.empty())
                    nodes_[levels.back().element].valueEnd = at;
            } else {
                at = readFlowScalar(element(at), levels.back().owner, levels.back().list, levels.back().element, at);
            }
        }
        flowEnd_ = at;
        at_ = std::min(endOfLine(at) + 1, text_.size());
    }

    /// A key's value reaches up to the comma or bracket behind it, so that a cursor there is in the value.
    void close(std::uint32_t element, std::size_t at)
    {
        OutlineNode& node = nodes_[element];
        if (node.flow && node.kind == OutlineNode::Kind::Key && !node.flowMap && !node.flowList)
            node.valueEnd = std::max(node.valueEnd, at);
    }

    std::size_t readFlowScalar(std::uint32_t element, std::uint32_t owner, bool list, std::uint32_t& current,
                               std::size_t at)
    {
        const std::size_t first = at;
        if (text_[at] == '"' || text_[at] == '\'') {
            at = std::min(text_.find(text_[first], first + 1), text_.size() - 1) + 1;
        } else {
            while (
                at < text_.size() && std::string_view(",[]{}\n").find(text_[at]) == npos &&
                !(text_[at] == ':' && (isBlank(peek(at + 1)) || std::string_view("\n,]}").find(peek(at + 1)) != npos)))
                ++at;
        }
        std::size_t last = at;
        while (last > first && isBlank(text_[last - 1]))
            --last;
        const bool isKey = !list && current == owner && peek(skipBlanks(at)) == ':';
        if (isKey) {
            current = add(OutlineNode::Kind::Key, owner, first, last);
            OutlineNode& key = nodes_[current];
            key.flow = true;
            key.name = unquoted(first, last);
            at = skipBlanks(at) + 1;
            key.valueBegin = key.valueEnd = at;
            return at;
        }
        if (nodes_[element].kind == OutlineNode::Kind::Key && element != owner) {
            nodes_[element].scalar = unquoted(first, last);
            nodes_[element].valueEnd = last;
        } else {
            const std::uint32_t text = add(OutlineNode::Kind::Text, element, first, last);
            nodes_[text].flow = true;
            nodes_[text].scalar = unquoted(first, last);
        }
        return std::max(at, first + 1);
    }

    std::string_view text_;
    std::size_t at_;
    std::size_t lineStart_ = 0;
    std::size_t flowEnd_ = 0;
    std::vector<OutlineNode> nodes_;
    std::vector<std::uint32_t> open_;   ///< from the root to what lines can still add to
    std::vector<std::uint32_t> counts_; ///< items so far, by parent
};

} // namespace

DocumentRange documentAround(std::string_view text, std::size_t offset)
{
    offset = std::min(offset, text.size());
    DocumentRange range{0, text.size()};
    // The mark's own line belongs to the document that it begins.
    std::size_t at = offset == 0 ? npos : text.rfind('\n', offset - 1);
    for (; at != npos; at = at == 0 ? npos : text.rfind('\n', at - 1)) {
        if (isMark(text, at + 1)) {
            range.begin = at + 1;
            break;
        }
    }
    const std::size_t line = range.begin == 0 && !isMark(text, 0) ? 0 : text.find('\n', range.begin);
    for (at = std::max(line == npos ? text.size() : line, range.begin); at < text.size();) {
        const std::size_t next = text.find('\n', at);
        if (next == npos)
            break;
        if (next + 1 > range.begin && isMark(text, next + 1)) {
            range.end = next + 1;
            break;
        }
        at = next + 1;
    }
    return range;
}

std::vector<OutlineNode> outlineOf(std::string_view text, DocumentRange document)
{
    return Reader(text, document).read();
}

std::string_view memberOf(const std::vector<OutlineNode>& nodes, std::uint32_t parent, std::string_view key)
{
    for (std::uint32_t i = parent + 1; i < nodes.size(); ++i)
        if (nodes[i].parent == parent && nodes[i].kind == OutlineNode::Kind::Key && nodes[i].name == key)
            return nodes[i].scalar;
    return {};
}

} // namespace gatehouse::ui
