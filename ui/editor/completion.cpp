#include "ui/editor/completion.h"

#include "ui/editor/schema_words.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace gatehouse::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Completion)
};

QString text(std::string_view words)
{
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

bool isScalar(const model::SchemaNode& node)
{
    return node.type != model::SchemaType::Object && node.type != model::SchemaType::Map &&
           node.type != model::SchemaType::List;
}

/// What follows a name, up to where its value is typed.
QString afterName(const SchemaPlace& place, const model::SchemaNode& node)
{
    if (place.hasColon)
        return {};
    if (place.flow || isScalar(node) || node.type == model::SchemaType::Any)
        return QStringLiteral(": ");
    const auto inner = static_cast<int>(place.column) + 2 + (place.newItem ? 2 : 0);
    return QStringLiteral(":\n") + QString(inner, QLatin1Char(' ')) +
           (node.type == model::SchemaType::List ? QStringLiteral("- ") : QString());
}

std::vector<Completion> members(const SchemaPlace& place)
{
    std::vector<Completion> found;
    if (!place.node || place.node->type != model::SchemaType::Object)
        return found;
    for (const model::SchemaField& field : place.node->fields) {
        // Nobody writes a status, or what a server keeps for itself, into a manifest.
        const bool ours = field.name != "status" && field.name != "managedFields" && field.name != "selfLink";
        if (!ours || !field.node || std::count(place.present.begin(), place.present.end(), field.name) > 0)
            continue;
        Completion completion;
        completion.name = text(field.name);
        completion.insert =
            (place.newItem ? QStringLiteral("- ") : QString()) + completion.name + afterName(place, *field.node);
        completion.help = fieldLine(field);
        completion.kind = field.required ? Completion::Kind::Required : Completion::Kind::Optional;
        completion.goOn = !place.hasColon;
        found.push_back(std::move(completion));
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Completion& a, const Completion& b) { return a.kind < b.kind; });
    return found;
}

/// Collects values, each once.
class Values {
public:
    explicit Values(const SchemaPlace& place) : place_(place) {}

    void add(const QString& value, const QString& help = {})
    {
        if (value.isEmpty() || known_.contains(value))
            return;
        known_.insert(value);
        Completion completion;
        completion.name = value;
        // What YAML would take for something else than this text has to be quoted.
        const bool quote = value.startsWith(QLatin1Char('*'));
        completion.insert = (place_.newItem      ? QStringLiteral("- ")
                             : place_.needsBlank ? QStringLiteral(" ")
                                                 : QString()) +
                            (quote ? QLatin1Char('"') + value + QLatin1Char('"') : value);
        completion.help = help;
        completion.kind = Completion::Kind::Value;
        all_.push_back(std::move(completion));
    }
    void add(std::initializer_list<const char*> values)
    {
        for (const char* value : values)
            add(QLatin1String(value));
    }
    std::vector<Completion> take() { return std::move(all_); }

private:
    const SchemaPlace& place_;
    QSet<QString> known_;
    std::vector<Completion> all_;
};

void addKinds(const SchemaPlace& place, Values& values)
{
    const std::string group = place.apiVersion.substr(0, place.apiVersion.find('/'));
    const bool core = place.apiVersion.find('/') == std::string::npos;
    for (const bool sameGroup : {true, false}) {
        for (const model::KindSchema& kind : model::kindSchemas()) {
            const bool same = !place.apiVersion.empty() && (core ? kind.group.empty() : kind.group == group);
            if (same == sameGroup)
                values.add(text(kind.kind), kind.group.empty() ? Words::tr("Kubernetes core") : text(kind.group));
        }
    }
}

void addVersions(const SchemaPlace& place, Values& values)
{
    for (const bool ofKind : {true, false}) {
        for (const model::KindSchema& kind : model::kindSchemas()) {
            if ((kind.kind == place.objectKind) != ofKind)
                continue;
            const QString version = text(kind.versions.front());
            values.add(kind.group.empty() ? version : text(kind.group) + QLatin1Char('/') + version);
        }
    }
}

/// The kind of object that a reference in a member of this name means, unless it says another.
std::string referredKind(const SchemaPlace& place)
{
    static constexpr std::pair<std::string_view, const char*> kinds[] = {
        {"parentRefs", "Gateway"}, {"parentRef", "Gateway"},           {"backendRefs", "Service"},
        {"backendRef", "Service"}, {"certificateRefs", "Secret"},      {"clientCertificateRef", "Secret"},
        {"targetRefs", "Service"}, {"caCertificateRefs", "ConfigMap"},
    };
    if (!place.siblingKind.empty())
        return place.siblingKind;
    const std::string_view owner = place.steps.size() < 2 ? std::string_view() : place.steps[place.steps.size() - 2];
    for (const auto& [name, kind] : kinds)
        if (owner == name)
            return kind;
    return {};
}

/// Names that the set has and a reference can mean.
void addNames(const SchemaPlace& place, const model::Topology& topology, Values& values)
{
    const std::string& member = place.steps.back();
    const std::string here = place.objectNamespace.empty() ? "default" : place.objectNamespace;
    if (member == "namespace") {
        for (const std::string& each : topology.namespaces)
            values.add(QString::fromStdString(each));
        return;
    }
    const std::string kind = member == "gatewayClassName" ? "GatewayClass" : referredKind(place);
    if (kind.empty())
        return;
    const std::string& wanted = place.siblingNamespace.empty() ? here : place.siblingNamespace;
    for (const model::TopologyNode& node : topology.nodes) {
        if (node.key.kind != kind)
            continue;
        const bool inNamespace = node.key.name.namespace_.empty() || node.key.name.namespace_ == wanted;
        if ((member == "name" || member == "gatewayClassName") && inNamespace)
            values.add(QString::fromStdString(node.key.name.name), QString::fromStdString(model::toString(node.key)));
        else if (member == "sectionName" && node.key.name.name == place.siblingName && inNamespace)
            for (const model::TopologyPort& port : node.ports)
                values.add(QString::fromStdString(port.name),
                           Words::tr("%1 on port %2").arg(QString::fromStdString(port.protocol)).arg(port.port));
    }
}

void addFormat(const model::SchemaNode& node, Values& values)
{
    if (node.format == model::Format::Protocol)
        values.add({"HTTP", "HTTPS", "TLS", "TCP", "UDP"});
    else if (node.format == model::Format::AddressType)
        values.add({"IPAddress", "Hostname"});
    else if (node.format == model::Format::WellKnownCA)
        values.add({"System"});
    else if (node.type == model::SchemaType::Boolean)
        values.add({"true", "false"});
}

std::vector<Completion> scalars(const SchemaPlace& place, const model::Topology* topology)
{
    Values values(place);
    const bool onTop = place.steps.size() == 1;
    if (onTop && place.steps[0] == "kind") {
        addKinds(place, values);
    } else if (onTop && place.steps[0] == "apiVersion") {
        addVersions(place, values);
    } else if (place.node) {
        for (const std::string_view value : place.node->enumValues) {
            const auto& fallback = place.field ? place.field->defaultValue : std::nullopt;
            const std::string* usual = fallback ? fallback->asString() : nullptr;
            values.add(text(value), usual && *usual == value ? Words::tr("the default") : QString());
        }
        addFormat(*place.node, values);
        // The object's own name is nobody's reference.
        if (topology && !place.steps.empty() && place.path != "metadata.name")
            addNames(place, *topology, values);
    }
    return values.take();
}

} // namespace

std::vector<Completion> completionsAt(const SchemaPlace& place, const QString& typed, const model::Topology* topology)
{
    std::vector<Completion> all;
    if (place.at == SchemaPlace::At::Key)
        all = members(place);
    else if (place.at == SchemaPlace::At::Value)
        all = scalars(place, topology);
    QString wanted = typed;
    if (wanted.startsWith(QLatin1Char('"')) || wanted.startsWith(QLatin1Char('\''))) {
        const QChar quote = wanted[0];
        wanted.remove(0, 1);
        for (Completion& each : all)
            each.insert = quote + each.name + quote;
    }
    std::erase_if(all, [&](const Completion& each) { return !each.name.startsWith(wanted, Qt::CaseInsensitive); });
    return all;
}

} // namespace gatehouse::ui
