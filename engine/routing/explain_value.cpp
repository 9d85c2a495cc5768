#include "engine/routing/explain_value.h"

namespace gatehouse::routing {
namespace {

void setText(model::Value& object, std::string_view name, const std::string& text)
{
    if (!text.empty())
        object.set(name, text);
}

template <class T, class Make>
model::Value listOf(const std::vector<T>& items, Make&& make)
{
    model::Value list = model::Value::array();
    for (const T& item : items)
        list.push(make(item));
    return list;
}

} // namespace

model::Value toValue(const Explanation& explanation)
{
    model::Value value = model::Value::object();
    value.set("served", explanation.served);
    value.set("summary", explanation.summary);
    const bool isHttp = explanation.carrier == Carrier::Http; // others have no matches
    if (!isHttp) {
        value.set("protocol", toString(explanation.carrier));
        value.set("refused", explanation.refused);
    }
    if (explanation.status != 0)
        value.set("status", static_cast<int>(explanation.status));
    setText(value, "grpcStatus", explanation.grpcStatus);
    if (explanation.endpoint) {
        model::Value& endpoint = value.set("endpoint", model::Value::object());
        endpoint.set("address", explanation.endpoint->address);
        endpoint.set("port", static_cast<int>(explanation.endpoint->port));
    }
    setText(value, "gateway", explanation.gatewayName);
    setText(value, "listener", explanation.listenerName);
    if (explanation.served) {
        value.set("route", explanation.routeName);
        value.set("rule", static_cast<int>(explanation.rule));
        setText(value, "ruleName", explanation.ruleName);
        if (isHttp)
            value.set("match", static_cast<int>(explanation.match));
        setText(value, "location", toString(explanation.location));
    }
    value.set("filters", listOf(explanation.filters, [](const std::string& words) { return model::Value(words); }));
    value.set("backends", listOf(explanation.backends, [](const BackendShare& share) {
                  model::Value backend = model::Value::object();
                  backend.set("backend", share.backend);
                  backend.set("share", share.share);
                  backend.set("target", share.target);
                  if (!share.edits.empty())
                      backend.set("edits", listOf(share.edits, [](const RequestEdit& edit) {
                                      model::Value entry = model::Value::object();
                                      entry.set("field", edit.field);
                                      setText(entry, "before", edit.before);
                                      setText(entry, "after", edit.after);
                                      return entry;
                                  }));
                  return backend;
              }));
    value.set("listeners", listOf(explanation.listeners, [](const RefusedListener& refused) {
                  model::Value listener = model::Value::object();
                  listener.set("gateway", refused.gatewayName);
                  listener.set("listener", refused.listenerName);
                  listener.set("reason", refused.reason);
                  return listener;
              }));
    value.set("losers", listOf(explanation.losers, [isHttp](const Loser& loser) {
                  model::Value entry = model::Value::object();
                  entry.set("route", loser.routeName);
                  entry.set("rule", static_cast<int>(loser.rule));
                  if (isHttp)
                      entry.set("match", static_cast<int>(loser.match));
                  entry.set("reason", loser.reason);
                  setText(entry, "location", toString(loser.location));
                  return entry;
              }));
    value.set("outsiders", listOf(explanation.outsiders, [](const Outsider& outsider) {
                  model::Value entry = model::Value::object();
                  entry.set("route", outsider.routeName);
                  entry.set("reason", outsider.reason);
                  setText(entry, "location", toString(outsider.location));
                  return entry;
              }));
    return value;
}

} // namespace gatehouse::routing
