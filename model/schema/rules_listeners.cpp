#include "model/schema/rules.h"

#include "model/schema/ip_address.h"

namespace gatehouse::model::rules {
namespace {

void eachSelector(const Value& spec, const FieldPath& path, auto visit)
{
    const auto inNamespaces = [&](const Value& owner, const FieldPath& ownerPath) {
        const Value* namespaces = owner.find("namespaces");
        const Value* selector = namespaces ? namespaces->find("selector") : nullptr;
        if (!selector)
            return;
        const FieldPath namespacesPath = ownerPath.member("namespaces");
        visit(*selector, namespacesPath.member("selector"));
    };
    if (const Value* allowed = spec.find("allowedListeners"))
        inNamespaces(*allowed, path.member("allowedListeners"));
    eachItem(spec, "listeners", path, [&](const Value& listener, const FieldPath& at) {
        if (const Value* allowed = listener.find("allowedRoutes"))
            inNamespaces(*allowed, at.member("allowedRoutes"));
    });
}

} // namespace

void listenerWithoutTls(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachItem(spec, "listeners", path, [&](const Value& listener, const FieldPath& at) {
        const std::string& protocol = textOf(listener, "protocol");
        const Value* tls = listener.find("tls");
        if (tls && (protocol == "HTTP" || protocol == "TCP" || protocol == "UDP"))
            run.fail(*tls, at.member("tls"),
                     {"a listener of protocol " + protocol + " has no tls",
                      {},
                      protocol == "HTTP" ? "use protocol HTTPS, or remove tls" : "use protocol TLS, or remove tls"});
    });
}

void httpsTerminates(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachItem(spec, "listeners", path, [&](const Value& listener, const FieldPath& at) {
        const Value* tls = listener.find("tls");
        if (!tls || textOf(listener, "protocol") != "HTTPS")
            return;
        const FieldPath tlsPath = at.member("tls");
        if (const std::string& mode = textOf(*tls, "mode"); !mode.empty() && mode != "Terminate")
            run.fail(
                *tls->find("mode"), tlsPath.member("mode"),
                {"TLS of an HTTPS listener ends at the Gateway", "Terminate", "use protocol TLS to pass it through"});
    });
}

/// `mode` has a default, so that a `tls` of any content has one.
void tlsNeedsMode(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachItem(spec, "listeners", path, [&](const Value& listener, const FieldPath& at) {
        if (textOf(listener, "protocol") == "TLS" && !has(listener, "tls"))
            run.fail(
                listener, at.member("tls"),
                {"a listener of protocol TLS needs tls with a mode", {}, "add tls with mode Terminate or Passthrough"});
    });
}

void listenerWithoutHostname(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachItem(spec, "listeners", path, [&](const Value& listener, const FieldPath& at) {
        const std::string& protocol = textOf(listener, "protocol");
        if ((protocol == "TCP" || protocol == "UDP") && !textOf(listener, "hostname").empty())
            run.fail(*listener.find("hostname"), at.member("hostname"),
                     {protocol + " carries no hostname that could be compared", {}, "remove it"});
    });
}

void listenersDistinct(RuleRun& run, const Value& spec, const FieldPath& path)
{
    const Value::Array& listeners = itemsOf(spec, "listeners");
    const FieldPath listPath = path.member("listeners");
    for (std::size_t i = 1; i < listeners.size() && i < mostCompared; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const Value &a = listeners[j], &b = listeners[i];
            if (!has(a, "port") || !has(a, "protocol") || !sameMember(a, b, "port") || !sameMember(a, b, "protocol") ||
                !sameMember(a, b, "hostname"))
                continue;
            run.fail(b, listPath.item(i),
                     {"has the port, protocol and hostname of " + listPath.item(j).text(),
                      "listeners to differ in one of the three",
                      {}});
            break;
        }
    }
}

void terminateNeedsCertificate(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachItem(spec, "listeners", path, [&](const Value& listener, const FieldPath& at) {
        const Value* tls = listener.find("tls");
        if (!tls || textOf(*tls, "mode") != "Terminate" || !itemsOf(*tls, "certificateRefs").empty())
            return;
        const Value* options = tls->find("options");
        const Value::Object* settings = options ? options->asObject() : nullptr;
        if (!settings || settings->empty())
            run.fail(*tls, at.member("tls"),
                     {"TLS that ends here needs certificateRefs or options",
                      {},
                      "add certificateRefs with the name of a Secret of type kubernetes.io/tls"});
    });
}

void addressesUnique(RuleRun& run, const Value& spec, const FieldPath& path)
{
    const Value::Array& addresses = itemsOf(spec, "addresses");
    const FieldPath listPath = path.member("addresses");
    for (std::size_t i = 1; i < addresses.size() && i < mostCompared; ++i) {
        const std::string& type = textOf(addresses[i], "type");
        if ((type != "IPAddress" && type != "Hostname") || !has(addresses[i], "value"))
            continue;
        for (std::size_t j = 0; j < i; ++j) {
            if (!sameMember(addresses[j], addresses[i], "type") || !sameMember(addresses[j], addresses[i], "value"))
                continue;
            run.fail(addresses[i], listPath.item(i),
                     {"is the address of " + listPath.item(j).text(), {}, "remove one"});
            break;
        }
    }
}

void addressValue(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachItem(spec, "addresses", path, [&](const Value& address, const FieldPath& at) {
        const std::string& type = textOf(address, "type");
        const Value* value = address.find("value");
        if (!value || !value->isString())
            return;
        const std::string& text = *value->asString();
        if (type == "IPAddress" && !isIpAddress(text))
            run.fail(*value, at.member("value"),
                     {'"' + text + "\" is no IPv4 or IPv6 address", {}, "leave value out to have one assigned"});
        if (type == "Hostname" && !text.empty())
            if (const std::string fault = checkFormat(Format::Hostname, text); !fault.empty())
                run.fail(*value, at.member("value"), {'"' + text + "\" is not valid: " + fault, {}, {}});
    });
}

void labelSelectorOperators(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachSelector(spec, path, [&](const Value& selector, const FieldPath& selectorPath) {
        eachItem(selector, "matchExpressions", selectorPath, [&](const Value& requirement, const FieldPath& at) {
            const Value* op = requirement.find("operator");
            if (!op || !op->isString())
                return;
            const std::string& name = *op->asString();
            const bool empty = itemsOf(requirement, "values").empty();
            if (name == "In" || name == "NotIn") {
                if (empty)
                    run.fail(requirement, at.member("values"), {name + " needs values to compare with", {}, {}});
            } else if (name == "Exists" || name == "DoesNotExist") {
                if (!empty)
                    run.fail(*requirement.find("values"), at.member("values"),
                             {name + " takes no values", {}, "remove them"});
            } else {
                run.fail(*op, at.member("operator"),
                         {'"' + name + "\" is not possible here", "one of In, NotIn, Exists, DoesNotExist", {}});
            }
        });
    });
}

} // namespace gatehouse::model::rules
