#include "app/cli/output/diff_text.h"

#include "app/control/compare/diff_words.h"

namespace gatehouse::cli {
namespace {

using model::Value;

Value number(std::uint64_t n)
{
    return {static_cast<std::int64_t>(n)};
}

Value resourceValue(const control::ResourceChange& change)
{
    Value row = Value::object();
    row.set("change", toString(change.kind));
    row.set("kind", change.key.kind);
    row.set("namespace", change.key.name.namespace_);
    row.set("name", change.key.name.name);
    row.set("location", toString(change.location));
    Value& fields = row.set("fields", Value::array());
    for (const control::FieldChange& field : change.fields) {
        Value& one = fields.push(Value::object());
        one.set("path", field.path);
        one.set("before", field.before);
        one.set("after", field.after);
    }
    return row;
}

Value attachmentValue(const control::AttachmentChange& change)
{
    Value row = Value::object();
    row.set("change", toString(change.kind));
    row.set("route", change.route);
    row.set("listener", change.listener);
    row.set("before", change.before);
    row.set("after", change.after);
    return row;
}

Value statusValue(const control::StatusChange& change)
{
    Value row = Value::object();
    row.set("object", change.object);
    row.set("scope", change.scope);
    row.set("type", change.type);
    row.set("before", change.before);
    row.set("after", change.after);
    row.set("message", change.message);
    return row;
}

Value endValue(const routing::RoutedTo& to)
{
    Value end = Value::object();
    end.set("destination", to.outcome.destination);
    Value& treatment = end.set("treatment", Value::array());
    for (const std::string& line : to.outcome.treatment)
        treatment.push(line);
    end.set("route", to.routeName);
    end.set("rule", number(to.rule));
    end.set("location", toString(to.location));
    return end;
}

Value behaviourValue(const routing::BehaviourChange& change)
{
    Value row = Value::object();
    row.set("destinationChanged", change.isDestination());
    row.set("gateway", change.entrance.gateway);
    row.set("port", number(change.entrance.port));
    row.set("carrier", toString(change.entrance.carrier));
    Value& witness = row.set("witness", Value::object());
    witness.set("text", control::witnessText(change));
    witness.set("scheme", change.witness.scheme);
    witness.set("method", change.witness.method);
    witness.set("host", change.witness.authority);
    witness.set("path", change.witness.path);
    witness.set("query", change.witness.query);
    Value& headers = witness.set("headers", Value::array());
    for (const auto& [name, value] : change.witness.headers) {
        Value& header = headers.push(Value::object());
        header.set("name", name);
        header.set("value", value);
    }
    row.set("before", endValue(change.before));
    row.set("after", endValue(change.after));
    return row;
}

template <class T, class Make>
Value listValue(const std::vector<T>& items, Make&& make)
{
    Value list = Value::array();
    for (const T& item : items)
        list.push(make(item));
    return list;
}

} // namespace

Value diffValue(const control::SetDiff& diff)
{
    Value root = Value::object();
    root.set("resources", listValue(diff.resources, resourceValue));
    root.set("attachments", listValue(diff.attachments, attachmentValue));
    root.set("conditions", listValue(diff.statuses, statusValue));
    root.set("behaviour", listValue(diff.behaviour.changes, behaviourValue));
    root.set("undecided", listValue(diff.behaviour.undecided, [](const std::string& pair) { return Value(pair); }));
    return root;
}

} // namespace gatehouse::cli
