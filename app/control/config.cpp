#include "app/control/config.h"

#include "app/control/config_text.h"

namespace gatehouse::control {

model::Result<std::pair<std::string, routing::BackendMapping>, std::string> parseBackendMapping(const std::string& text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
        return model::Unexpected{"'" + text + "' maps nothing; expected namespace/service:port=host:port"};
    auto key = parseBackendKey(text.substr(0, equals));
    if (!key)
        return model::Unexpected{key.error()};
    auto target = parseHostPort(text.substr(equals + 1));
    if (!target)
        return model::Unexpected{target.error()};
    return std::pair(*key, routing::BackendMapping{target->host, target->port});
}

std::string addAddressWish(Config& config, const std::string& gateway, const std::string& address)
{
    const std::string name = qualify(gateway);
    if (name.empty())
        return "'" + gateway + "' names no Gateway; expected namespace/name";
    if (!isIpLiteral(address))
        return "'" + address + "' is no IP address; expected a literal, as 127.0.0.2";
    // An address given by hand is the user's own decision to leave loopback.
    config.binds.allowNonLoopback = config.binds.allowNonLoopback || !isLoopback(address);
    config.binds.addresses[name] = address;
    return {};
}

std::string addPortWish(Config& config, const std::string& listener, std::int64_t port)
{
    const std::string name = qualifyListener(listener);
    if (name.empty())
        return "'" + listener + "' names no listener; expected namespace/gateway/listener";
    if (port < 1 || port > 65535)
        return "'" + std::to_string(port) + "' is no port; expected 1 to 65535";
    config.binds.ports[name] = static_cast<std::uint16_t>(port);
    return {};
}

model::Result<AdminAddress, std::string> parseAdminAddress(const std::string& text)
{
    // Port 0 asks for any free port, which parseHostPort() rightly refuses for targets.
    std::string full = text.starts_with(':') ? "127.0.0.1" + text : text;
    const bool anyPort = full.ends_with(":0");
    auto parsed = parseHostPort(anyPort ? full.substr(0, full.size() - 1) + "1" : full);
    if (!parsed)
        return model::Unexpected{parsed.error()};
    const std::string host = parsed->host == "localhost" ? "127.0.0.1" : parsed->host;
    if (!isLoopback(host))
        return model::Unexpected{"'" + text + "' is no loopback address; expected one, as 127.0.0.1:9901"};
    return AdminAddress{host, anyPort ? std::uint16_t{0} : parsed->port};
}

model::Value toValue(const Config& config)
{
    model::Value settings = model::Value::array();
    const auto add = [&](const std::string& key, model::Value value) {
        const auto origin = config.origins.find(key);
        model::Value row = model::Value::object();
        row.set("key", key);
        row.set("value", std::move(value));
        row.set("origin", origin == config.origins.end() ? std::string("default") : origin->second);
        settings.push(std::move(row));
    };
    const auto count = [](auto number) { return model::Value(static_cast<std::int64_t>(number)); };
    for (const auto& [gateway, address] : config.binds.addresses)
        add("addresses." + gateway, address);
    for (const auto& [listener, port] : config.binds.ports)
        add("ports." + listener, count(port));
    for (const auto& [service, target] : config.backends)
        add("backends." + service, formatHostPort(target.host, target.port));
    for (const auto& [service, version] : config.proxyProtocol)
        add("proxyProtocol." + service, version == routing::ProxyProtocol::V1 ? "v1" : "v2");
    add("unmapped", config.echoUnmapped ? "echo" : "error");
    add("devCerts", config.developmentCertificates);
    add("controller", config.controller);
    add("workers", count(config.workers));
    add("tracing", config.tracing);
    const engine::EngineLimits& limits = config.limits;
    add("limits.requestHeadBytes", count(limits.requestHeadBytes));
    add("limits.responseHeadBytes", count(limits.responseHeadBytes));
    add("limits.headerFields", count(limits.headerFields));
    add("limits.connections", count(limits.connections));
    add("limits.idleBackendConnections", count(limits.idleBackendConnections));
    add("limits.mirrors", count(limits.mirrors));
    add("limits.mirrorBodyBytes", count(limits.mirrorBodyBytes));
    add("limits.retryBodyBytes", count(limits.retryBodyBytes));
    add("limits.headTimeout", formatDuration(limits.headTimeout));
    add("limits.idleTimeout", formatDuration(limits.idleTimeout));
    add("limits.bodyTimeout", formatDuration(limits.bodyTimeout));
    add("limits.connectTimeout", formatDuration(limits.connectTimeout));
    add("limits.tunnelIdleTimeout", formatDuration(limits.tunnelIdleTimeout));
    add("limits.backendIdleTimeout", formatDuration(limits.backendIdleTimeout));
    add("limits.streamIdleTimeout", formatDuration(limits.streamIdleTimeout));
    add("limits.udpSessions", count(limits.udpSessions));
    add("limits.udpIdleTimeout", formatDuration(limits.udpIdleTimeout));
    add("limits.udpEvictableAfter", formatDuration(limits.udpEvictableAfter));
    add("log.format", config.logFormat);
    add("drainTimeout", formatDuration(config.drainTimeout));
    for (const auto& [code, level] : config.lintLevels)
        add("lint.severity." + code, toString(level));

    model::Value root = model::Value::object();
    root.set("file", config.configFile);
    root.set("settings", std::move(settings));
    return root;
}

} // namespace gatehouse::control
