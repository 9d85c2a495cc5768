#include "importers/tree_builder.h"

#include <algorithm>

namespace gatehouse::importers {

namespace {

/// Above this many members an object gets a hash index, so that a huge object costs linear time.
constexpr std::size_t indexedFrom = 24;
/// Errors of one document that are worth listing.
constexpr std::size_t maxErrors = 100;

} // namespace

bool TreeBuilder::account(const TreeSize& size, model::Position position)
{
    if (frames_.size() + size.depth > limits_.depth) {
        problems_
            .error(code::limit, position,
                   "nested deeper than " + std::to_string(limits_.depth) + " levels, the limit of one document")
            .remedy = "flatten the document";
        return false;
    }
    size_.nodes += size.nodes;
    if (size_.nodes > limits_.nodes) {
        problems_
            .error(code::limit, position,
                   "more than " + std::to_string(limits_.nodes) +
                       " nodes with aliases expanded, the limit of one document")
            .remedy = "split the document, or use fewer aliases";
        return false;
    }
    size_.bytes += size.bytes;
    if (size_.bytes > limits_.fileBytes) {
        problems_
            .error(code::limit, position,
                   "more than " + std::to_string(limits_.fileBytes) +
                       " bytes of text with aliases expanded, the limit of one document")
            .remedy = "use fewer aliases";
        return false;
    }
    if (!frames_.empty())
        frames_.back().height = std::max(frames_.back().height, size.depth + 1);
    return true;
}

bool TreeBuilder::open(model::Value container, model::Position position)
{
    if (!account({1, 1, 0}, position))
        return false;
    container.setPosition(position);
    Frame& frame = frames_.emplace_back();
    frame.value = std::move(container);
    return true;
}

model::Value TreeBuilder::close()
{
    model::Value value = std::move(frames_.back().value);
    const std::size_t height = frames_.back().height;
    frames_.pop_back();
    std::size_t& outer = frames_.empty() ? height_ : frames_.back().height;
    outer = std::max(outer, height + (frames_.empty() ? 0 : 1));
    return value;
}

const model::Position* TreeBuilder::findKey(Frame& frame, const std::string& name)
{
    const model::Value::Object& members = *frame.value.asObject();
    if (members.size() < indexedFrom) {
        const auto it = std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.name == name; });
        return it == members.end() ? nullptr : &it->namePosition;
    }
    if (!frame.index) {
        frame.index = std::make_unique<KeyIndex>();
        for (const model::Member& member : members)
            frame.index->emplace(member.name, member.namePosition);
    }
    const auto it = frame.index->find(name);
    return it == frame.index->end() ? nullptr : &it->second;
}

bool TreeBuilder::key(std::string name, model::Position position)
{
    if (!account({0, 0, name.size()}, position))
        return false;
    Frame& frame = frames_.back();
    const model::Position* first = findKey(frame, name);
    frame.duplicate = first != nullptr;
    if (first) {
        auto& problem =
            problems_.error(code::duplicateKey, position,
                            "the key \"" + name + "\" stands twice in one object, first at " + describe(*first));
        problem.remedy = "remove one of the two";
        if (problems_.errors() >= maxErrors) {
            problems_.error(code::limit, position, "too many errors in this document; the rest of it was not read");
            return false;
        }
    } else if (frame.index) {
        frame.index->emplace(name, position);
    }
    frame.key = std::move(name);
    frame.keyPosition = position;
    frame.hasKey = true;
    return true;
}

bool TreeBuilder::expectMerge(model::Position position)
{
    frames_.back().hasKey = true;
    frames_.back().keyPosition = position;
    return problems_.errors() < maxErrors;
}

void TreeBuilder::place(model::Value value)
{
    if (frames_.empty()) {
        root_ = std::move(value);
        return;
    }
    Frame& frame = frames_.back();
    if (model::Value::Array* items = frame.value.asArray()) {
        items->push_back(std::move(value));
    } else {
        if (!frame.duplicate)
            frame.value.asObject()->push_back({std::move(frame.key), std::move(value), frame.keyPosition});
        frame.hasKey = false;
    }
}

} // namespace gatehouse::importers
