#include "importers/ingress/read_ingress.h"

#include "model/base/hostname.h"

#include <algorithm>
#include <tuple>

namespace gatehouse::importers::ingress {
namespace {

using model::Severity;
using model::Value;

std::string textOf(const Value* value)
{
    const std::string* text = value ? value->asString() : nullptr;
    return text ? *text : std::string();
}

std::string textOf(const Value& object, std::string_view name)
{
    return textOf(object.find(name));
}

const Value::Array& itemsOf(const Value* list)
{
    static const Value::Array none;
    const Value::Array* items = list ? list->asArray() : nullptr;
    return items ? *items : none;
}

Spot spotOf(std::string fieldPath, const Value& value)
{
    return {std::move(fieldPath), value.position()};
}

std::string indexed(const std::string& path, std::size_t index)
{
    return path + '[' + std::to_string(index) + ']';
}

/// One Ingress on its way from text; `reports` hears what is wrong with it.
class IngressReader {
public:
    IngressReader(const SourceObject& source, Reports& reports) : object_(source.value), reports_(reports)
    {
        ingress_.file = source.file;
        ingress_.position = object_.position();
    }

    std::optional<Ingress> read()
    {
        const Value* metadata = object_.find("metadata");
        ingress_.name.name = metadata ? textOf(*metadata, "name") : "";
        ingress_.name.namespace_ = metadata ? textOf(*metadata, "namespace") : "";
        if (ingress_.name.namespace_.empty())
            ingress_.name.namespace_ = "default";
        if (ingress_.name.name.empty()) {
            fail({"metadata.name", object_.position()}, "an Ingress needs a name", "");
            return std::nullopt;
        }
        ingress_.created = textOf(*metadata, "creationTimestamp");
        readAnnotations(metadata->find("annotations"));
        if (const std::string version = textOf(object_, "apiVersion"); version != "networking.k8s.io/v1") {
            reports_.add(Severity::Error, code::oldVersion, ingress_, spotOf("apiVersion", object_),
                         "Ingress of " + version + " is not read",
                         "write it as networking.k8s.io/v1, which every cluster since 1.19 serves");
            return std::nullopt;
        }
        const Value* spec = object_.find("spec");
        if (!spec || !spec->isObject()) {
            fail(spotOf("spec", object_), "an Ingress needs a spec", "");
            return std::nullopt;
        }
        readSpec(*spec);
        return std::move(ingress_);
    }

private:
    void fail(const Spot& spot, std::string message, std::string remedy)
    {
        reports_.add(Severity::Error, code::invalid, ingress_, spot, std::move(message), std::move(remedy));
    }

    void readAnnotations(const Value* annotations)
    {
        const Value::Object* members = annotations ? annotations->asObject() : nullptr;
        if (!members)
            return;
        for (const model::Member& member : *members) {
            const std::string* text = member.value.asString();
            if (!text) {
                fail({"metadata.annotations[" + member.name + ']', member.value.position()},
                     "an annotation's value is a string", "put it into quotes");
                continue;
            }
            ingress_.annotations.push_back({member.name, *text, member.namePosition});
            if (member.name == "kubernetes.io/ingress.class")
                ingress_.className = *text;
        }
        std::sort(ingress_.annotations.begin(), ingress_.annotations.end(),
                  [](const Annotation& a, const Annotation& b) { return a.name < b.name; });
    }

    void readSpec(const Value& spec)
    {
        // The field came later than the annotation, and wins as the API's documentation says.
        if (std::string name = textOf(spec, "ingressClassName"); !name.empty())
            ingress_.className = std::move(name);
        if (const Value* backend = spec.find("defaultBackend"))
            ingress_.defaultBackend = readBackend(*backend, "spec.defaultBackend");
        const Value::Array& tls = itemsOf(spec.find("tls"));
        for (std::size_t i = 0; i < tls.size(); ++i)
            readTls(tls[i], indexed("spec.tls", i));
        const Value::Array& rules = itemsOf(spec.find("rules"));
        for (std::size_t i = 0; i < rules.size(); ++i)
            readRule(rules[i], indexed("spec.rules", i));
        if (rules.empty() && !ingress_.defaultBackend)
            fail(spotOf("spec", spec), "an Ingress needs rules or a defaultBackend", "");
    }

    /// The host in lower case; nullopt when it is none.
    std::optional<std::string> readHost(const std::string& text, const Spot& spot)
    {
        const auto parsed = model::Hostname::parse(text);
        if (parsed)
            return parsed->text();
        fail(spot, "'" + text + "' is no host: " + parsed.error(), "");
        return std::nullopt;
    }

    void readTls(const Value& value, const std::string& path)
    {
        Tls tls;
        tls.spot = spotOf(path, value);
        tls.secret = textOf(value, "secretName");
        const Value::Array& hosts = itemsOf(value.find("hosts"));
        for (std::size_t i = 0; i < hosts.size(); ++i)
            if (auto host = readHost(textOf(&hosts[i]), spotOf(indexed(path + ".hosts", i), hosts[i])))
                tls.hosts.push_back(std::move(*host));
        if (hosts.empty() || !tls.hosts.empty())
            ingress_.tls.push_back(std::move(tls));
    }

    void readRule(const Value& value, const std::string& path)
    {
        Rule rule;
        rule.spot = spotOf(path, value);
        if (const std::string host = textOf(value, "host"); !host.empty()) {
            auto parsed = readHost(host, spotOf(path + ".host", *value.find("host")));
            if (!parsed)
                return;
            rule.host = std::move(*parsed);
        }
        const Value* http = value.find("http");
        const Value::Array& paths = itemsOf(http ? http->find("paths") : nullptr);
        for (std::size_t i = 0; i < paths.size(); ++i)
            if (auto read = readPath(paths[i], indexed(path + ".http.paths", i)))
                rule.paths.push_back(std::move(*read));
        ingress_.rules.push_back(std::move(rule));
    }

    std::optional<Path> readPath(const Value& value, const std::string& fieldPath)
    {
        Path path;
        path.spot = spotOf(fieldPath, value);
        const std::string type = textOf(value, "pathType");
        if (type == "Exact")
            path.type = PathType::Exact;
        else if (type == "Prefix")
            path.type = PathType::Prefix;
        else if (type == "ImplementationSpecific")
            path.type = PathType::ImplementationSpecific;
        else {
            fail({fieldPath + ".pathType", path.spot.position},
                 type.empty() ? "a path needs a pathType" : "'" + type + "' is no pathType",
                 "write Exact, Prefix or ImplementationSpecific");
            return std::nullopt;
        }
        path.path = textOf(value, "path");
        if (path.path.empty() && path.type == PathType::ImplementationSpecific)
            path.path = "/";
        if (!path.path.starts_with('/')) {
            fail({fieldPath + ".path", path.spot.position}, "a path starts with '/'", "");
            return std::nullopt;
        }
        const Value* backend = value.find("backend");
        path.backend = backend ? readBackend(*backend, fieldPath + ".backend") : Backend{};
        if (!backend)
            fail({fieldPath + ".backend", path.spot.position}, "a path needs a backend", "");
        return path;
    }

    Backend readBackend(const Value& value, const std::string& path)
    {
        Backend backend;
        backend.spot = spotOf(path, value);
        if (const Value* resource = value.find("resource")) {
            backend.resource = textOf(*resource, "kind") + ' ' + textOf(*resource, "name");
            return backend;
        }
        const Value* service = value.find("service");
        backend.service = service ? textOf(*service, "name") : "";
        const Value* port = service ? service->find("port") : nullptr;
        const auto number = port && port->find("number") ? port->find("number")->asInt() : std::nullopt;
        if (number && *number >= 1 && *number <= 65535)
            backend.port = static_cast<std::uint16_t>(*number);
        else if (port)
            backend.portName = textOf(*port, "name");
        if (backend.service.empty() || (backend.port == 0 && backend.portName.empty())) {
            fail(backend.spot, "a backend names a Service and its port, or another resource",
                 "write service.name and service.port.number or service.port.name");
            backend.service.clear();
        }
        return backend;
    }

    const Value& object_;
    Reports& reports_;
    Ingress ingress_;
};

IngressClass readClass(const SourceObject& source)
{
    IngressClass result;
    result.file = source.file;
    const Value* metadata = source.value.find("metadata");
    result.name = metadata ? textOf(*metadata, "name") : "";
    const Value* annotations = metadata ? metadata->find("annotations") : nullptr;
    result.isDefault = annotations && textOf(*annotations, "ingressclass.kubernetes.io/is-default-class") == "true";
    if (const Value* spec = source.value.find("spec")) {
        result.controller = textOf(*spec, "controller");
        if (const Value* parameters = spec->find("parameters"))
            result.parameters = spotOf("spec.parameters", *parameters);
    }
    return result;
}

void readService(const Value& object, Input& input)
{
    const Value* metadata = object.find("metadata");
    model::ObjectName name{metadata ? textOf(*metadata, "namespace") : "", metadata ? textOf(*metadata, "name") : ""};
    if (name.namespace_.empty())
        name.namespace_ = "default";
    std::vector<ServicePort>& ports = input.services[name];
    const Value* spec = object.find("spec");
    for (const Value& port : itemsOf(spec ? spec->find("ports") : nullptr)) {
        const auto number = port.find("port") ? port.find("port")->asInt() : std::nullopt;
        if (number && *number >= 1 && *number <= 65535)
            ports.push_back({textOf(port, "name"), textOf(port, "appProtocol"), static_cast<std::uint16_t>(*number)});
    }
}

} // namespace

Input readInput(const std::vector<SourceObject>& objects, Reports& reports)
{
    Input input;
    for (const SourceObject& source : objects) {
        const std::string kind = textOf(source.value, "kind"), version = textOf(source.value, "apiVersion");
        if (kind == "Service" && version == "v1")
            readService(source.value, input);
        else if (kind == "IngressClass" && version.starts_with("networking.k8s.io/")) {
            IngressClass read = readClass(source);
            input.classes.emplace(read.name, std::move(read));
        } else if (kind == "Ingress" &&
                   (version.starts_with("networking.k8s.io/") || version.starts_with("extensions/")))
            if (auto read = IngressReader(source, reports).read())
                input.ingresses.push_back(std::move(*read));
    }
    std::stable_sort(input.ingresses.begin(), input.ingresses.end(), [](const Ingress& a, const Ingress& b) {
        return std::tuple(a.created.empty(), std::string_view(a.created), a.name) <
               std::tuple(b.created.empty(), std::string_view(b.created), b.name);
    });
    return input;
}

} // namespace gatehouse::importers::ingress
