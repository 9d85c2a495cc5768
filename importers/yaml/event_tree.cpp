#include "importers/yaml/event_tree.h"

#include "importers/yaml/plain_scalar.h"

#include <array>
#include <charconv>
#include <cmath>
#include <unordered_set>

namespace gatehouse::importers {

namespace {

using model::Value;

constexpr std::string_view coreTag = "tag:yaml.org,2002:";

std::string keyText(double number)
{
    std::array<char, 32> buffer;
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return {buffer.data(), result.ptr};
}

} // namespace

void EventTree::check(bool goOn)
{
    if (!goOn)
        throw Stop{};
}

model::Position EventTree::at(const YAML::Mark& mark)
{
    // A missing node has no mark of its own; it is reported where the last one was.
    if (mark.pos < 0)
        return tracker_.at(lastOffset_);
    lastOffset_ = static_cast<std::size_t>(mark.pos);
    return tracker_.at(lastOffset_);
}

void EventTree::OnDocumentStart(const YAML::Mark& mark)
{
    if (++documents_ > 1) {
        problems_.error(code::yamlSyntax, at(mark), "text behind the end of the document").remedy =
            "check the indentation, or start a new document with ---";
        throw Stop{};
    }
}

void EventTree::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    Value value;
    value.setPosition(at(mark));
    placeScalar(std::move(value), false, anchor);
}

void EventTree::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& text)
{
    const model::Position position = at(mark);
    const bool mergeKey = tag == "?" && text == "<<";
    std::optional<Value> value = typed(tag, text, position);
    if (!value)
        value = Value(text); // The Error is recorded; the text keeps its place so that reading can go on.
    value->setPosition(position);
    placeScalar(std::move(*value), mergeKey, anchor);
}

std::optional<Value> EventTree::typed(const std::string& tag, const std::string& text, model::Position position)
{
    Value value;
    if (tag == "!") {
        value = Value(text);
    } else if (tag == "?") {
        value = resolvePlainScalar(text);
    } else if (!tag.starts_with(coreTag)) {
        problems_.warning(code::ignoredTag, position, "the tag " + tag + " is ignored").remedy = "remove it";
        value = resolvePlainScalar(text);
    } else {
        const std::string_view type = std::string_view(tag).substr(coreTag.size());
        value = resolvePlainScalar(text);
        const Value::Kind kind = value.kind();
        bool fits = true;
        if (type == "str" || type == "timestamp") {
            value = Value(text);
        } else if (type == "float") {
            fits = kind == Value::Kind::Int || kind == Value::Kind::Float;
            if (kind == Value::Kind::Int)
                value = Value(*value.asFloat());
        } else {
            fits = (type == "int" && kind == Value::Kind::Int) || (type == "bool" && kind == Value::Kind::Bool) ||
                   (type == "null" && kind == Value::Kind::Null);
        }
        if (!fits) {
            problems_.error(code::badScalar, position, "this text cannot be read as !!" + std::string(type)).remedy =
                "remove the tag or correct the text";
            return std::nullopt;
        }
    }
    if (value.kind() == Value::Kind::Float && !std::isfinite(*value.asFloat())) {
        problems_.error(code::badScalar, position, "this number is not finite, or too large").remedy =
            "quote it if it is meant as text";
        return std::nullopt;
    }
    return value;
}

void EventTree::placeScalar(Value value, bool mergeKey, YAML::anchor_t anchor)
{
    const TreeSize size{1, 0, value.isString() ? value.asString()->size() : 0};
    check(builder_.account(size, value.position()));
    remember(anchor, value, size);
    if (builder_.expectsKey())
        placeKey(std::move(value), mergeKey);
    else
        placeValue(std::move(value));
}

void EventTree::placeKey(Value value, bool mergeKey)
{
    const model::Position position = value.position();
    if (mergeKey) {
        Level& level = levels_.back();
        if (level.mergeSeen)
            problems_.error(code::duplicateKey, position, "the merge key << stands twice in one mapping").remedy =
                "write one << with a list of aliases";
        level.mergeSeen = true;
        level.mergePending = true;
        check(builder_.expectMerge(position));
        return;
    }
    std::string name;
    switch (value.kind()) {
    case Value::Kind::String:
        name = *value.asString();
        break;
    case Value::Kind::Bool:
        name = *value.asBool() ? "true" : "false";
        break;
    case Value::Kind::Int:
        name = std::to_string(*value.asInt());
        break;
    case Value::Kind::Float:
        name = keyText(*value.asFloat());
        break;
    case Value::Kind::Null:
    case Value::Kind::Array:
    case Value::Kind::Object:
        problems_
            .error(code::badKey, position,
                   value.isNull() ? "a key is missing or null"
                                  : "a mapping or list cannot be a key, or its bracket is not closed")
            .remedy = value.isNull() ? "write the key's name; quote it if it is meant as the text null"
                                     : "close the bracket; quote a template such as \"{{ name }}\", or render it first";
        throw Stop{};
    }
    check(builder_.key(std::move(name), position));
}

void EventTree::placeValue(Value value)
{
    if (!levels_.empty() && levels_.back().mergePending) {
        takeMerge(std::move(value));
        return;
    }
    builder_.place(std::move(value));
}

void EventTree::takeMerge(Value value)
{
    Level& level = levels_.back();
    level.mergePending = false;
    builder_.dropKey();
    const auto take = [&](Value mapping) {
        if (mapping.isObject())
            level.merges.push_back(std::move(mapping));
        else
            problems_.error(code::badAlias, mapping.position(),
                            "only a mapping, or a list of mappings, can be merged with <<");
    };
    if (Value::Array* list = value.asArray())
        for (Value& mapping : *list)
            take(std::move(mapping));
    else
        take(std::move(value));
}

void EventTree::applyMerges(Value& object, std::vector<Value>& merges)
{
    // Keys of the mapping itself win over merged ones, and earlier mappings of the list over later ones.
    Value::Object& members = *object.asObject();
    std::unordered_set<std::string> names;
    for (const model::Member& member : members)
        names.insert(member.name);
    for (Value& merge : merges)
        for (model::Member& member : *merge.asObject())
            if (names.insert(member.name).second)
                members.push_back(std::move(member));
}

void EventTree::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    const model::Position position = at(mark);
    if (++aliases_ > limits_.aliases) {
        problems_
            .error(code::limit, position,
                   "more than " + std::to_string(limits_.aliases) + " aliases, the limit of one document")
            .remedy = "write the values out, or split the document";
        throw Stop{};
    }
    const auto it = anchors_.find(anchor);
    if (it == anchors_.end()) {
        problems_.error(code::badAlias, position, "this alias stands inside the node that it refers to").remedy =
            "remove the alias: no value can contain itself";
        throw Stop{};
    }
    // Counted before it is copied: the billion laughs end here.
    check(builder_.account(it->second.size, position));
    Value value = it->second.value;
    value.setPosition(position);
    if (builder_.expectsKey())
        placeKey(std::move(value), false);
    else
        placeValue(std::move(value));
}

void EventTree::remember(YAML::anchor_t anchor, const Value& value, const TreeSize& size)
{
    if (anchor == YAML::NullAnchor)
        return;
    rememberedNodes_ += size.nodes;
    rememberedBytes_ += size.bytes;
    if (rememberedNodes_ > limits_.nodes || rememberedBytes_ > limits_.fileBytes) {
        problems_
            .error(code::limit, value.position(),
                   "anchored nodes hold more than " + std::to_string(limits_.nodes) + " nodes or " +
                       std::to_string(limits_.fileBytes) + " bytes in all, the limit of one document")
            .remedy = "anchor only what is used again";
        throw Stop{};
    }
    anchors_[anchor] = {value, size};
}

void EventTree::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                YAML::EmitterStyle::value)
{
    openContainer(Value::array(), mark, tag, anchor);
}

void EventTree::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           YAML::EmitterStyle::value)
{
    openContainer(Value::object(), mark, tag, anchor);
}

void EventTree::openContainer(Value container, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor)
{
    const model::Position position = at(mark);
    container.setPosition(position);
    if (builder_.expectsKey()) {
        placeKey(std::move(container), false);
        return;
    }
    if (tag != "?" && tag != "!" && !tag.empty() && tag != "tag:yaml.org,2002:map" && tag != "tag:yaml.org,2002:seq")
        problems_.warning(code::ignoredTag, position, "the tag " + tag + " is ignored").remedy = "remove it";
    Level level;
    level.anchor = anchor;
    level.before = builder_.size();
    check(builder_.open(std::move(container), position));
    levels_.push_back(std::move(level));
}

void EventTree::closeContainer()
{
    const std::size_t height = builder_.height();
    Level level = std::move(levels_.back());
    levels_.pop_back();
    Value value = builder_.close();
    if (!level.merges.empty())
        applyMerges(value, level.merges);
    const TreeSize now = builder_.size();
    remember(level.anchor, value, {now.nodes - level.before.nodes, height, now.bytes - level.before.bytes});
    placeValue(std::move(value));
}

} // namespace gatehouse::importers
