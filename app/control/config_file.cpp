#include "app/control/config.h"
#include "app/control/config_text.h"
#include "app/control/nearest.h"

#include <algorithm>
#include <functional>

namespace gatehouse::control {

namespace {

using model::Diagnostic;
using model::Member;
using model::Value;

/// "is an integer", "is a list".
std::string kindText(Value::Kind kind)
{
    const std::string name(toString(kind));
    return std::string("is ") + (name.find_first_of("aeiou") == 0 ? "an " : "a ") + name;
}

/// Reads one file's tree into a Config. Every key is one row of a table, so that a new setting is one line and an
/// unknown key can be answered with the nearest known one.
class Reader {
public:
    Reader(Config& config, std::string file, std::vector<Diagnostic>& problems)
        : config_(config), file_(std::make_shared<const std::string>(std::move(file))), problems_(problems)
    {
    }

    using Handler = std::function<void(const std::string& path, const Member&)>;
    using Keys = std::vector<std::pair<std::string, Handler>>;

    void readRoot(const Value& root)
    {
        const auto into = [this](auto method) {
            return [this, method](const std::string& path, const Member& m) { (this->*method)(path, m); };
        };
        const Keys keys = {
            {"addresses", into(&Reader::addresses)},
            {"ports", into(&Reader::ports)},
            {"backends", into(&Reader::backends)},
            {"proxyProtocol", into(&Reader::proxyProtocol)},
            {"unmapped",
             [this](const std::string& path, const Member& m) {
                 if (const auto choice = oneOf(path, m, {"echo", "error"}))
                     config_.echoUnmapped = *choice == "echo";
             }},
            {"devCerts", toggle(config_.developmentCertificates)},
            {"controller",
             [this](const std::string& path, const Member& m) {
                 if (const auto text = string(path, m))
                     config_.controller = *text;
             }},
            {"workers", number(config_.workers, 0, 1024)},
            {"tracing", toggle(config_.tracing)},
            {"limits", [this](const std::string& path, const Member& m) { object(path, m.value, limitKeys()); }},
            {"log",
             [this](const std::string& path, const Member& m) {
                 object(path, m.value, {{"format", [this](const std::string& p, const Member& f) {
                                             if (const auto choice = oneOf(p, f, {"text", "json", "none"}))
                                                 config_.logFormat = *choice;
                                         }}});
             }},
            {"drainTimeout", duration(config_.drainTimeout)},
            {"lint",
             [this](const std::string& path, const Member& m) {
                 object(path, m.value,
                        {{"severity", [this](const std::string& p, const Member& s) { severities(p, s); }}});
             }},
        };
        if (!root.isNull())
            object("", root, keys);
    }

private:
    Keys limitKeys()
    {
        engine::EngineLimits& limits = config_.limits;
        return {
            {"requestHeadBytes", number(limits.requestHeadBytes, 256, 16 << 20)},
            {"responseHeadBytes", number(limits.responseHeadBytes, 256, 16 << 20)},
            {"headerFields", number(limits.headerFields, 1, 10'000)},
            {"connections", number(limits.connections, 1, 1'000'000)},
            {"idleBackendConnections", number(limits.idleBackendConnections, 0, 100'000)},
            {"mirrors", number(limits.mirrors, 0, 100'000)},
            {"mirrorBodyBytes", number(limits.mirrorBodyBytes, 0, 64 << 20)},
            {"retryBodyBytes", number(limits.retryBodyBytes, 0, 64 << 20)},
            {"headTimeout", duration(limits.headTimeout)},
            {"idleTimeout", duration(limits.idleTimeout)},
            {"bodyTimeout", duration(limits.bodyTimeout)},
            {"connectTimeout", duration(limits.connectTimeout)},
            {"tunnelIdleTimeout", duration(limits.tunnelIdleTimeout)},
            {"backendIdleTimeout", duration(limits.backendIdleTimeout)},
            {"streamIdleTimeout", duration(limits.streamIdleTimeout)},
            {"udpSessions", number(limits.udpSessions, 1, 1'000'000)},
            {"udpIdleTimeout", duration(limits.udpIdleTimeout)},
            {"udpEvictableAfter", duration(limits.udpEvictableAfter)},
        };
    }

    void object(const std::string& path, const Value& value, const Keys& keys)
    {
        const Value::Object* members = value.asObject();
        if (!members) {
            report("GH3003", value.position(), path, kindText(value.kind()), "an object of settings");
            return;
        }
        for (const Member& member : *members) {
            const std::string child = path.empty() ? member.name : path + '.' + member.name;
            const Handler* handler = nullptr;
            std::vector<std::string> known;
            for (const auto& [name, candidate] : keys) {
                known.push_back(name);
                if (name == member.name)
                    handler = &candidate;
            }
            if (handler)
                (*handler)(child, member);
            else
                unknown(child, member, known);
        }
    }

    void unknown(const std::string& path, const Member& member, const std::vector<std::string>& known)
    {
        std::string all;
        for (const std::string& name : known)
            all += (all.empty() ? "" : ", ") + name;
        const std::string near = nearest(member.name, known);
        report("GH3002", member.namePosition, path, "unknown setting", "one of " + all,
               near.empty() ? "" : "did you mean '" + near + "'?");
    }

    /// Calls `each` for every member of a map whose keys are the user's names.
    void map(const std::string& path, const Member& member, const std::function<std::string(const Member&)>& each)
    {
        const Value::Object* members = member.value.asObject();
        if (!members) {
            report("GH3003", member.value.position(), path, kindText(member.value.kind()), "a map of names");
            return;
        }
        for (const Member& entry : *members) {
            const std::string error = each(entry);
            if (!error.empty())
                report("GH3004", entry.namePosition, path + '.' + entry.name, error);
        }
    }

    void addresses(const std::string& path, const Member& member)
    {
        map(path, member, [&](const Member& entry) -> std::string {
            const std::string* address = entry.value.asString();
            if (!address)
                return "the address " + kindText(entry.value.kind()) + "; expected an IP literal";
            const std::string error = addAddressWish(config_, entry.name, *address);
            if (error.empty())
                origin(path + '.' + qualify(entry.name), entry);
            return error;
        });
    }

    void ports(const std::string& path, const Member& member)
    {
        map(path, member, [&](const Member& entry) -> std::string {
            const auto port = entry.value.asInt();
            if (!port)
                return "the port " + kindText(entry.value.kind()) + "; expected 1 to 65535";
            const std::string error = addPortWish(config_, entry.name, *port);
            if (error.empty())
                origin(path + '.' + qualifyListener(entry.name), entry);
            return error;
        });
    }

    void backends(const std::string& path, const Member& member)
    {
        map(path, member, [&](const Member& entry) -> std::string {
            const std::string* target = entry.value.asString();
            if (!target)
                return "the target " + kindText(entry.value.kind()) + "; expected host:port";
            auto mapping = parseBackendMapping(entry.name + '=' + *target);
            if (!mapping)
                return mapping.error();
            config_.backends[mapping->first] = mapping->second;
            origin(path + '.' + mapping->first, entry);
            return {};
        });
    }

    void severities(const std::string& path, const Member& member)
    {
        map(path, member, [&](const Member& entry) -> std::string {
            // A bare `off` is false to YAML 1.1, and everybody writes it so.
            const std::string* text = entry.value.asString();
            const bool off = entry.value.asBool() == false;
            if (!text && !off)
                return "the severity " + kindText(entry.value.kind()) + "; expected error, warning, info or off";
            std::string error = addLintLevel(config_.lintLevels, entry.name, off ? "off" : *text);
            if (error.empty())
                origin(path + '.' + entry.name, entry);
            return error;
        });
    }

    void proxyProtocol(const std::string& path, const Member& member)
    {
        map(path, member, [&](const Member& entry) -> std::string {
            const auto key = parseBackendKey(entry.name);
            if (!key)
                return key.error();
            const std::string* version = entry.value.asString();
            if (!version || (*version != "v1" && *version != "v2"))
                return "the version " + (version ? '"' + *version + '"' : kindText(entry.value.kind())) +
                       "; expected v1 or v2";
            config_.proxyProtocol[*key] = *version == "v1" ? routing::ProxyProtocol::V1 : routing::ProxyProtocol::V2;
            origin(path + '.' + *key, entry);
            return {};
        });
    }

    std::optional<std::string> string(const std::string& path, const Member& member)
    {
        const std::string* text = member.value.asString();
        if (!text) {
            report("GH3003", member.value.position(), path, kindText(member.value.kind()), "a string");
            return std::nullopt;
        }
        origin(path, member);
        return *text;
    }

    std::optional<std::string> oneOf(const std::string& path, const Member& member,
                                     const std::vector<std::string>& choices)
    {
        auto text = string(path, member);
        if (!text)
            return std::nullopt;
        std::string all;
        for (const std::string& choice : choices) {
            if (choice == *text)
                return text;
            all += (all.empty() ? "" : ", ") + choice;
        }
        report("GH3004", member.value.position(), path, "'" + *text + "' is no choice", "one of " + all);
        return std::nullopt;
    }

    Handler toggle(bool& target)
    {
        return [this, &target](const std::string& path, const Member& member) {
            const auto value = member.value.asBool();
            if (!value) {
                report("GH3003", member.value.position(), path, kindText(member.value.kind()), "true or false");
                return;
            }
            target = *value;
            origin(path, member);
        };
    }

    template <class T>
    Handler number(T& target, std::int64_t least, std::int64_t most)
    {
        return [this, &target, least, most](const std::string& path, const Member& member) {
            const auto value = member.value.asInt();
            if (!value || *value < least || *value > most) {
                report("GH3004", member.value.position(), path,
                       value ? std::to_string(*value) + " is out of range" : kindText(member.value.kind()),
                       "a number from " + std::to_string(least) + " to " + std::to_string(most));
                return;
            }
            target = static_cast<T>(*value);
            origin(path, member);
        };
    }

    Handler duration(std::chrono::milliseconds& target)
    {
        return [this, &target](const std::string& path, const Member& member) {
            const std::string* text = member.value.asString();
            const auto value = text ? parseDuration(*text) : std::nullopt;
            if (!value || value->count() == 0) {
                report("GH3004", member.value.position(), path,
                       text ? "'" + *text + "' is no duration" : kindText(member.value.kind()),
                       "a duration above zero, as 15s or 1m30s");
                return;
            }
            target = *value;
            origin(path, member);
        };
    }

    void origin(const std::string& path, const Member& member)
    {
        config_.origins[path] = toString(model::SourceLocation{file_, member.namePosition});
    }

    void report(std::string code, model::Position position, const std::string& path, std::string message,
                std::string expected = {}, std::string remedy = {})
    {
        Diagnostic problem;
        problem.code = std::move(code);
        problem.message = std::move(message);
        problem.expected = std::move(expected);
        problem.remedy = std::move(remedy);
        problem.location = {file_, position};
        problem.fieldPath = path;
        problems_.push_back(std::move(problem));
    }

    Config& config_;
    std::shared_ptr<const std::string> file_;
    std::vector<Diagnostic>& problems_;
};

} // namespace

void applyConfig(Config& config, const Value& root, const std::string& file, std::vector<Diagnostic>& problems)
{
    Reader(config, file, problems).readRoot(root);
}

} // namespace gatehouse::control
