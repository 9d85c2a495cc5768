#include "ui/editor/schema_place.h"

#include "ui/editor/yaml_outline.h"

#include <algorithm>
#include <optional>

namespace gatehouse::ui {

namespace {

using Kind = OutlineNode::Kind;
using Nodes = std::vector<OutlineNode>;

constexpr auto npos = std::string_view::npos;

/// Where the cursor stands in the outline.
struct Spot {
    SchemaPlace::At at = SchemaPlace::At::Nothing;
    std::uint32_t container = 0;       ///< Key: whose member; Value: the key or item whose value
    std::optional<std::uint32_t> self; ///< the node that is being typed, which is not among the others
    std::size_t begin = 0, end = 0;
    std::size_t column = 0;
};

std::size_t lineStart(std::string_view text, std::size_t offset)
{
    const std::size_t found = offset == 0 ? npos : text.rfind('\n', offset - 1);
    return found == npos ? 0 : found + 1;
}

bool inComment(std::string_view line)
{
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (quote) {
            quote = line[i] == quote ? '\0' : quote;
        } else if (line[i] == '"' || line[i] == '\'') {
            // A quote inside of a word is an apostrophe.
            if (i == 0 || std::string_view(" \t:,[{").find(line[i - 1]) != npos)
                quote = line[i];
        } else if (line[i] == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) {
            return true;
        }
    }
    return false;
}

bool touches(std::size_t begin, std::size_t end, std::size_t offset)
{
    return begin <= offset && offset <= end;
}

/// The node that holds whatever is typed in `column` of a line behind all nodes that begin before `offset`.
std::uint32_t holderAt(const Nodes& nodes, std::size_t offset, std::size_t column)
{
    std::uint32_t last = 0;
    for (std::uint32_t i = 1; i < nodes.size() && nodes[i].begin < offset; ++i)
        if (!nodes[i].flow)
            last = i;
    while (last != 0) {
        const OutlineNode& node = nodes[last];
        const bool canHold = node.kind == Kind::Item ||
                             (node.kind == Kind::Key && node.scalar.empty() && !node.flowMap && !node.flowList);
        if (canHold && node.column < column)
            break;
        last = node.parent;
    }
    return last;
}

/// The innermost { } or [ ] around the cursor; 0 for none.
std::uint32_t flowAround(const Nodes& nodes, std::size_t offset)
{
    std::uint32_t found = 0;
    bool any = false;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        const OutlineNode& node = nodes[i];
        if ((node.flowMap || node.flowList) && node.valueBegin < offset &&
            (offset < node.valueEnd || node.valueEnd <= node.valueBegin)) {
            found = i;
            any = true;
        }
    }
    return any ? found : static_cast<std::uint32_t>(nodes.size());
}

Spot emptySpot(const Nodes& nodes, std::string_view text, std::size_t offset)
{
    Spot spot;
    spot.begin = spot.end = offset;
    const std::size_t start = lineStart(text, offset);
    if (const std::uint32_t flow = flowAround(nodes, offset); flow < nodes.size()) {
        spot.container = flow;
        spot.at = nodes[flow].flowMap ? SchemaPlace::At::Key : SchemaPlace::At::Value;
        return spot;
    }
    const std::string_view before = text.substr(start, offset - start);
    std::size_t column = before.find_first_not_of(" \t-");
    if (column != npos)
        return spot; // behind something that ended
    // Dashes of this line are items already.
    spot.column = before.size();
    spot.container = holderAt(nodes, offset, spot.column);
    spot.at = SchemaPlace::At::Key;
    return spot;
}

Spot spotAt(const Nodes& nodes, std::string_view text, std::size_t offset)
{
    Spot spot;
    const std::size_t start = lineStart(text, offset);
    if (inComment(text.substr(start, offset - start)))
        return spot;
    for (std::uint32_t i = static_cast<std::uint32_t>(nodes.size()); i-- > 1;) {
        const OutlineNode& node = nodes[i];
        if (node.kind == Kind::Item)
            continue;
        if (touches(node.begin, node.end, offset)) {
            spot.at = SchemaPlace::At::Key; // what a lone text is, only the schema knows
            spot.container = node.parent;
            spot.self = i;
            spot.begin = node.begin;
            spot.end = node.end;
            spot.column = node.column;
            return spot;
        }
        if (node.kind == Kind::Key && !node.flowMap && !node.flowList &&
            touches(node.valueBegin, node.valueEnd, offset) && lineStart(text, node.begin) == start) {
            spot.at = SchemaPlace::At::Value;
            spot.container = i;
            spot.begin = std::min(text.find_first_not_of(" \t", node.valueBegin), offset);
            spot.end = node.scalar.empty() ? spot.begin : std::max(node.valueEnd, offset);
            while (spot.end > offset && std::string_view(" \t\r").find(text[spot.end - 1]) != npos)
                --spot.end;
            return spot;
        }
    }
    return emptySpot(nodes, text, offset);
}

/// The chain from below the object's root down to `node`.
std::vector<std::uint32_t> chainTo(const Nodes& nodes, std::uint32_t node)
{
    std::vector<std::uint32_t> chain;
    for (; node != 0; node = nodes[node].parent)
        chain.push_back(node);
    std::reverse(chain.begin(), chain.end());
    return chain;
}

/// A List holds objects of their own: how many steps of the chain lead to the object around its end.
std::size_t objectBegin(const Nodes& nodes, const std::vector<std::uint32_t>& chain, std::uint32_t& root)
{
    root = 0;
    const std::string_view kind = memberOf(nodes, 0, "kind");
    if (!kind.ends_with("List") || chain.size() < 2 || nodes[chain[0]].name != "items" ||
        nodes[chain[1]].kind != Kind::Item)
        return 0;
    root = chain[1];
    return 2;
}

const model::KindSchema* kindOf(std::string_view apiVersion, std::string_view kind)
{
    const std::size_t slash = apiVersion.find('/');
    const std::string_view group = slash == npos ? std::string_view() : apiVersion.substr(0, slash);
    if (const model::KindSchema* found = apiVersion.empty() ? nullptr : model::findKindSchema(group, kind))
        return found;
    if (!apiVersion.empty())
        return nullptr;
    // The group may not be typed yet.
    for (const model::KindSchema& each : model::kindSchemas())
        if (each.kind == kind)
            return &each;
    return nullptr;
}

const model::SchemaField* fieldNamed(const model::SchemaNode& node, std::string_view name)
{
    for (const model::SchemaField& field : node.fields)
        if (field.name == name)
            return &field;
    return nullptr;
}

/// What an object that does not say its kind yet has in any case.
const model::SchemaNode* anyObject()
{
    return model::unknownKindSchema().root;
}

/// Follows one step of the outline through the schema, and writes the path down.
void follow(SchemaPlace& place, const OutlineNode& step)
{
    const model::SchemaNode* node = place.node;
    place.field = step.kind == Kind::Key ? nullptr : place.field;
    place.node = nullptr;
    if (step.kind == Kind::Item) {
        place.path += '[' + std::to_string(step.index) + ']';
        if (node && node->type == model::SchemaType::List)
            place.node = node->items;
        return;
    }
    const bool map = node && node->type == model::SchemaType::Map;
    place.path += map ? '[' + std::string(step.name) + ']' : (place.path.empty() ? "" : ".") + std::string(step.name);
    place.steps.emplace_back(step.name);
    if (map) {
        place.node = node->items;
    } else if (node && node->type == model::SchemaType::Object) {
        place.field = fieldNamed(*node, step.name);
        place.node = place.field ? place.field->node : nullptr;
    }
}

bool holdsMembers(const model::SchemaNode& node)
{
    return node.type == model::SchemaType::Object || node.type == model::SchemaType::Map;
}

/// A text that is neither a key nor its value, or a blank: the schema decides what may stand there.
void decide(SchemaPlace& place, const Nodes& nodes, const Spot& spot)
{
    if (!place.node)
        return;
    const model::SchemaNode* node = place.node;
    const bool item = nodes[spot.container].kind == Kind::Item || nodes[spot.container].flowList;
    if (node->type == model::SchemaType::List && !nodes[spot.container].flowMap) {
        node = node->items;
        place.newItem = !item;
    }
    place.node = node;
    if (!holdsMembers(*node))
        place.at = SchemaPlace::At::Value;
}

void addMembers(SchemaPlace& place, const Nodes& nodes, std::uint32_t container, const Spot& spot)
{
    for (std::uint32_t i = container + 1; i < nodes.size(); ++i)
        if (nodes[i].parent == container && nodes[i].kind == Kind::Key && i != spot.self)
            place.present.emplace_back(nodes[i].name);
}

} // namespace

SchemaPlace placeAt(std::string_view text, std::size_t offset)
{
    offset = std::min(offset, text.size());
    const Nodes nodes = outlineOf(text, documentAround(text, offset));
    const Spot spot = spotAt(nodes, text, offset);
    SchemaPlace place;
    if (spot.at == SchemaPlace::At::Nothing)
        return place;
    place.at = spot.at;
    place.begin = spot.begin;
    place.end = spot.end;
    place.column = spot.column;
    place.flow = spot.self
                     ? nodes[*spot.self].flow
                     : nodes[spot.container].flow || nodes[spot.container].flowMap || nodes[spot.container].flowList;

    const std::vector<std::uint32_t> chain = chainTo(nodes, spot.container);
    std::uint32_t root = 0;
    const std::size_t first = objectBegin(nodes, chain, root);
    place.apiVersion = memberOf(nodes, root, "apiVersion");
    place.objectKind = memberOf(nodes, root, "kind");
    place.kind = kindOf(place.apiVersion, place.objectKind);
    place.node = place.kind ? place.kind->root : anyObject();
    for (std::uint32_t i = root + 1; i < nodes.size(); ++i)
        if (nodes[i].parent == root && nodes[i].name == "metadata")
            place.objectNamespace = memberOf(nodes, i, "namespace");
    for (std::size_t i = first; i < chain.size(); ++i)
        follow(place, nodes[chain[i]]);

    if (place.at == SchemaPlace::At::Value) {
        const OutlineNode& owner = nodes[spot.container];
        const bool element = owner.flowList || owner.kind == Kind::Item;
        if (owner.flowList && place.node)
            place.node = place.node->type == model::SchemaType::List ? place.node->items : nullptr;
        place.needsBlank = !element && spot.begin == owner.valueBegin && !owner.flow;
        if (owner.kind == Kind::Key) {
            place.siblingKind = memberOf(nodes, owner.parent, "kind");
            place.siblingName = memberOf(nodes, owner.parent, "name");
            place.siblingNamespace = memberOf(nodes, owner.parent, "namespace");
        }
        return place;
    }
    if (spot.self && nodes[*spot.self].kind == Kind::Key) {
        const model::SchemaNode* container = place.node;
        place.hasColon = true;
        follow(place, nodes[*spot.self]);
        place.node = container;
    } else {
        place.field = nullptr;
        decide(place, nodes, spot);
    }
    addMembers(place, nodes, spot.container, spot);
    return place;
}

} // namespace gatehouse::ui
