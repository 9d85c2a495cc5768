#include "importers/kube_api/body_reader.h"
#include "importers/kube_api/patches.h"
#include "importers/kube_api/value_tools.h"

#include "importers/decode/decode_context.h"
#include "importers/importer.h"

#include <charconv>

namespace gatehouse::importers {

using model::Unexpected;
using model::Value;

namespace {

constexpr std::size_t mostOperations = 10'000;

ApiError doesNotApply(std::string message)
{
    ApiError error;
    error.code = 422;
    error.reason = "Invalid";
    error.message = "the server rejected our request due to an error in our request";
    error.causes.push_back({"UnexpectedServerResponse", std::move(message), {}});
    return error;
}

/// A JSON Pointer's tokens (RFC 6901); nullopt when it is none.
std::optional<std::vector<std::string>> readPointer(std::string_view pointer)
{
    std::vector<std::string> tokens;
    if (pointer.empty())
        return tokens;
    if (pointer.front() != '/')
        return std::nullopt;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/') {
            tokens.emplace_back();
        } else if (pointer[i] == '~') {
            const char next = i + 1 < pointer.size() ? pointer[++i] : '\0';
            if (next != '0' && next != '1')
                return std::nullopt;
            tokens.back() += next == '0' ? '~' : '/';
        } else {
            tokens.back() += pointer[i];
        }
    }
    return tokens;
}

/// An index into a list of `size` items; `end` allows the place behind the last, and "-" for it.
std::optional<std::size_t> readIndex(const std::string& token, std::size_t size, bool end)
{
    if (token == "-")
        return end ? std::optional(size) : std::nullopt;
    if (token.empty() || (token.size() > 1 && token[0] == '0'))
        return std::nullopt;
    std::size_t index = 0;
    const auto [stop, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    const bool inside = index < size || (end && index == size);
    return error == std::errc() && stop == token.data() + token.size() && inside ? std::optional(index) : std::nullopt;
}

using Tokens = std::vector<std::string>;

Value* childOf(Value& parent, const std::string& token)
{
    if (Value::Array* items = parent.asArray()) {
        const auto index = readIndex(token, items->size(), false);
        return index ? &(*items)[*index] : nullptr;
    }
    return parent.find(token);
}

Value* walk(Value& root, const Tokens& tokens, std::size_t count)
{
    Value* at = &root;
    for (std::size_t i = 0; at && i < count; ++i)
        at = childOf(*at, tokens[i]);
    return at;
}

bool add(Value& root, const Tokens& tokens, Value value)
{
    if (tokens.empty()) {
        root = std::move(value);
        return true;
    }
    Value* parent = walk(root, tokens, tokens.size() - 1);
    if (!parent)
        return false;
    if (Value::Array* items = parent->asArray()) {
        const auto index = readIndex(tokens.back(), items->size(), true);
        if (index)
            items->insert(items->begin() + static_cast<std::ptrdiff_t>(*index), std::move(value));
        return index.has_value();
    }
    if (!parent->isObject())
        return false;
    parent->set(tokens.back(), std::move(value));
    return true;
}

bool remove(Value& root, const Tokens& tokens)
{
    Value* parent = tokens.empty() ? nullptr : walk(root, tokens, tokens.size() - 1);
    if (!parent || !childOf(*parent, tokens.back()))
        return false;
    if (Value::Array* items = parent->asArray())
        items->erase(items->begin() + static_cast<std::ptrdiff_t>(*readIndex(tokens.back(), items->size(), false)));
    else
        parent->erase(tokens.back());
    return true;
}

/// About how much memory a copy takes.
std::size_t weight(const Value& value)
{
    std::size_t sum = 16;
    if (const std::string* text = value.asString())
        sum += text->size();
    if (const auto* items = value.asArray())
        for (const Value& item : *items)
            sum += weight(item);
    if (const auto* members = value.asObject())
        for (const model::Member& member : *members)
            sum += member.name.size() + weight(member.value);
    return sum;
}

bool isPrefix(const Tokens& a, const Tokens& b)
{
    return a.size() < b.size() && std::equal(a.begin(), a.end(), b.begin());
}

class JsonPatch {
public:
    explicit JsonPatch(Value& target) : target_(target) {}

    std::optional<ApiError> apply(const Value& operation)
    {
        const std::string op = text(operation, "op"), path = text(operation, "path"), from = text(operation, "from");
        const auto to = readPointer(path);
        if (!operation.isObject() || !operation.find("path") || !to)
            return badRequest("error decoding patch: every operation needs op and a path that begins with /");
        const Value* value = operation.find("value");
        const bool needsValue = op == "add" || op == "replace" || op == "test";
        if (needsValue && !value)
            return badRequest("error decoding patch: " + op + " operation needs a value");
        const std::string what = op + " operation does not apply: doc is missing path: \"" + path + '"';
        if (needsValue && op != "test" && !fits(*to, *value))
            return tooDeep();
        if (op == "add")
            return add(target_, *to, *value) ? std::nullopt : std::optional(doesNotApply(what));
        if (op == "remove")
            return remove(target_, *to) ? std::nullopt : std::optional(doesNotApply(what));
        if (op == "replace" || op == "test") {
            Value* at = walk(target_, *to, to->size());
            if (!at)
                return doesNotApply(what);
            if (op == "replace")
                *at = *value;
            else if (!sameContent(*at, *value))
                return doesNotApply("testing path " + path + " failed");
            return std::nullopt;
        }
        if (op == "move" || op == "copy")
            return transfer(op == "move", from, *to);
        return badRequest("error decoding patch: unknown operation \"" + op + '"');
    }

private:
    /// Checked with every operation: what is walked, copied and destroyed by recursion never gets deeper.
    static bool fits(const Tokens& to, const Value& value)
    {
        constexpr std::size_t most = ImportLimits{}.depth;
        return to.size() <= most && !isDeeperThan(value, most - to.size());
    }

    static ApiError tooDeep() { return doesNotApply("what would be left is nested too deeply"); }

    std::optional<ApiError> transfer(bool move, const std::string& from, const Tokens& to)
    {
        const auto source = readPointer(from);
        Value* at = source ? walk(target_, *source, source->size()) : nullptr;
        if (!at)
            return doesNotApply("doc is missing from path: \"" + from + '"');
        if (move && isPrefix(*source, to))
            return doesNotApply("an object cannot be moved into itself: \"" + from + '"');
        copied_ += move ? 0 : weight(*at);
        if (copied_ > maxBodyBytes)
            return tooLarge(maxBodyBytes);
        if (!fits(to, *at))
            return tooDeep();
        Value value = *at;
        if (move)
            remove(target_, *source);
        if (!add(target_, to, std::move(value)))
            return doesNotApply("doc is missing the path to copy to");
        return std::nullopt;
    }

    Value& target_;
    std::size_t copied_ = 0;
};

} // namespace

Answer<Value> jsonPatch(Value target, const Value& patch)
{
    const Value::Array* operations = patch.asArray();
    if (!operations)
        return Unexpected{badRequest("error decoding patch: a JSON patch is a list of operations")};
    if (operations->size() > mostOperations)
        return Unexpected{tooLarge(mostOperations)};
    JsonPatch run(target);
    for (const Value& operation : *operations)
        if (auto error = run.apply(operation))
            return Unexpected{std::move(*error)};
    if (!target.isObject())
        return Unexpected{doesNotApply("what is left is no object")};
    return target;
}

} // namespace gatehouse::importers
