#include "importers/decode/decode_context.h"

namespace gatehouse::importers {
namespace {

using model::Value;

model::Protocol readProtocol(const std::string& text)
{
    using model::Protocol;
    for (const Protocol known : {Protocol::HTTP, Protocol::HTTPS, Protocol::TLS, Protocol::TCP, Protocol::UDP})
        if (text == toString(known))
            return known;
    return Protocol::Other;
}

model::NamespaceSelection readNamespaces(const Value& value)
{
    using model::FromNamespaces;
    model::NamespaceSelection selection;
    const std::string from = text(value, "from");
    selection.from = from == "All"        ? FromNamespaces::All
                     : from == "Selector" ? FromNamespaces::Selector
                     : from == "None"     ? FromNamespaces::None
                                          : FromNamespaces::Same;
    selection.selector = readOptional(value, "selector", readLabelSelector);
    selection.position = value.position();
    return selection;
}

model::ListenerTls readListenerTls(const Value& value)
{
    model::ListenerTls tls;
    tls.mode = text(value, "mode") == "Passthrough" ? model::TlsMode::Passthrough : model::TlsMode::Terminate;
    tls.certificateRefs = readList(value, "certificateRefs", readObjectReference);
    tls.options = textMap(value, "options");
    tls.position = value.position();
    return tls;
}

model::RouteGroupKind readRouteGroupKind(const Value& value)
{
    return {text(value, "group"), text(value, "kind"), value.position()};
}

model::Listener readListener(const Value& value)
{
    model::Listener listener;
    listener.name = text(value, "name");
    if (const auto hostname = optionalText(value, "hostname"))
        if (auto parsed = model::Hostname::parse(*hostname))
            listener.hostname = std::move(parsed).value();
    listener.port = optionalPort(value, "port").value_or(0);
    listener.protocolText = text(value, "protocol");
    listener.protocol = readProtocol(listener.protocolText);
    listener.tls = readOptional(value, "tls", readListenerTls);
    listener.position = value.position();
    if (const Value* allowed = value.find("allowedRoutes")) {
        if (const Value* namespaces = allowed->find("namespaces"))
            listener.allowedNamespaces = readNamespaces(*namespaces);
        listener.allowedKinds = readList(*allowed, "kinds", readRouteGroupKind);
    }
    return listener;
}

model::FrontendValidation readFrontendValidation(const Value& value)
{
    model::FrontendValidation validation;
    validation.caCertificateRefs = readList(value, "caCertificateRefs", readObjectReference);
    if (text(value, "mode") == "AllowInsecureFallback")
        validation.mode = model::ClientValidationMode::AllowInsecureFallback;
    validation.position = value.position();
    return validation;
}

void readGatewayTls(const Value& tls, model::Gateway& gateway)
{
    if (const Value* backend = tls.find("backend"))
        gateway.backendClientCertificateRef = readOptional(*backend, "clientCertificateRef", readObjectReference);
    const Value* frontend = tls.find("frontend");
    if (!frontend)
        return;
    if (const Value* all = frontend->find("default"))
        gateway.frontendDefault = readOptional(*all, "validation", readFrontendValidation);
    gateway.frontendPerPort = readList(*frontend, "perPort", [](const Value& item) {
        model::FrontendTlsPort port;
        port.port = optionalPort(item, "port").value_or(0);
        if (const Value* own = item.find("tls"))
            port.validation = readOptional(*own, "validation", readFrontendValidation);
        return port;
    });
}

} // namespace

Decoded decodeGatewayClass(const DecodeInput& input)
{
    auto made = std::make_shared<model::GatewayClass>();
    fillResource(*made, input);
    made->controllerName = text(input.spec(), "controllerName");
    made->parametersRef = readOptional(input.spec(), "parametersRef", readObjectReference);
    made->description = text(input.spec(), "description");
    return {made};
}

Decoded decodeGateway(const DecodeInput& input)
{
    auto made = std::make_shared<model::Gateway>();
    fillResource(*made, input);
    const Value& spec = input.spec();
    made->gatewayClassName = text(spec, "gatewayClassName");
    made->listeners = readList(spec, "listeners", readListener);
    made->addresses = readList(spec, "addresses", [](const Value& item) {
        return model::GatewayAddress{text(item, "type"), text(item, "value"), item.position()};
    });
    if (const Value* infrastructure = spec.find("infrastructure")) {
        made->infrastructureLabels = textMap(*infrastructure, "labels");
        made->infrastructureAnnotations = textMap(*infrastructure, "annotations");
        made->parametersRef = readOptional(*infrastructure, "parametersRef", readObjectReference);
    }
    if (const Value* allowed = spec.find("allowedListeners"))
        if (const Value* namespaces = allowed->find("namespaces"))
            made->allowedListeners = readNamespaces(*namespaces);
    if (const Value* tls = spec.find("tls"))
        readGatewayTls(*tls, *made);
    return {made};
}

Decoded decodeListenerSet(const DecodeInput& input)
{
    auto made = std::make_shared<model::ListenerSet>();
    fillResource(*made, input);
    if (const Value* parent = input.spec().find("parentRef"))
        made->parentRef = readObjectReference(*parent);
    made->listeners = readList(input.spec(), "listeners", readListener);
    return {made};
}

} // namespace gatehouse::importers
