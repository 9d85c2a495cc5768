#include "app/desktop/rule_text.h"

#include <QCoreApplication>

namespace gatehouse::desktop {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("rules", text);
}

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

QString pathText(const model::HTTPPathMatch& path)
{
    switch (path.type) {
    case model::PathMatchType::Exact:
        return tr("%1 exactly").arg(text(path.value));
    case model::PathMatchType::PathPrefix:
        return path.value == "/" ? tr("any path") : tr("%1 and below").arg(text(path.value));
    case model::PathMatchType::RegularExpression:
        return tr("path like /%1/").arg(text(path.value));
    }
    return {};
}

void addValues(QStringList& parts, const QString& what, const std::vector<model::ValueMatch>& values)
{
    for (const model::ValueMatch& value : values) {
        const QString sign = value.type == model::ValueMatchType::Exact ? QStringLiteral(" = ") : QStringLiteral(" ~ ");
        parts << what + QLatin1Char(' ') + text(value.name) + sign + text(value.value);
    }
}

QString matchText(const model::HTTPRouteMatch& match)
{
    QStringList parts;
    if (!match.method.empty())
        parts << text(match.method);
    parts << pathText(match.path);
    addValues(parts, tr("header"), match.headers);
    addValues(parts, tr("query"), match.queryParams);
    return parts.join(QStringLiteral(" \u00b7 "));
}

QString matchText(const model::GRPCRouteMatch& match)
{
    QStringList parts;
    if (match.method) {
        const QString service = match.method->service ? text(*match.method->service) : QStringLiteral("*");
        const QString method = match.method->method ? text(*match.method->method) : QStringLiteral("*");
        parts << service + QLatin1Char('/') + method;
    } else {
        parts << tr("any method");
    }
    addValues(parts, tr("header"), match.headers);
    return parts.join(QStringLiteral(" \u00b7 "));
}

QString backendText(const model::BackendRef& backend, std::size_t of)
{
    QString name = text(backend.ref.namespace_ ? *backend.ref.namespace_ + "/" + backend.ref.name : backend.ref.name);
    if (backend.ref.port)
        name += QStringLiteral(":%1").arg(*backend.ref.port);
    if (backend.ref.kind != "Service")
        name.prepend(text(backend.ref.kind) + QLatin1Char(' '));
    return of > 1 ? tr("%1 with weight %2").arg(name).arg(backend.weight) : name;
}

void addActions(const model::Route& route, std::size_t rule, ui::RuleText& out)
{
    for (const model::HTTPRouteFilter& filter : route.filters(rule)) {
        const auto type = model::filterType(filter);
        out.actions << tr("filter %1").arg(QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size())));
    }
    const auto& backends = route.backendRefs(rule);
    for (const model::BackendRef& backend : backends)
        out.actions << backendText(backend, backends.size());
    if (out.actions.isEmpty())
        out.actions << tr("no backend");
}

template <class T>
void addMatches(const T& route, std::size_t rule, ui::RuleText& out)
{
    for (const auto& match : route.rules[rule].matches)
        out.matches << matchText(match);
    if (out.matches.isEmpty())
        out.matches << tr("every request");
}

template <class T>
std::vector<ui::RuleText> listRules(const T& route)
{
    std::vector<ui::RuleText> rules;
    for (std::size_t r = 0; r < route.ruleCount(); ++r) {
        ui::RuleText rule;
        rule.name = route.ruleName(r).empty() ? tr("Rule %1").arg(r + 1) : text(route.ruleName(r));
        if constexpr (requires { route.rules[r].matches; })
            addMatches(route, r, rule);
        addActions(route, r, rule);
        rules.push_back(std::move(rule));
    }
    return rules;
}

template <class T>
std::vector<ui::RuleText> find(const model::ResourceMap<T>& map, const model::ObjectKey& key)
{
    const auto found = map.find(key.name);
    return found == map.end() ? std::vector<ui::RuleText>() : listRules(*found->second);
}

} // namespace

std::vector<ui::RuleText> rulesOf(const model::ResourceSet& resources, const model::ObjectKey& key)
{
    const model::RouteKindInfo* info = model::findRouteKind(key.group, key.kind);
    if (!info)
        return {};
    switch (info->kind) {
    case model::RouteKind::HTTPRoute:
        return find(resources.httpRoutes, key);
    case model::RouteKind::GRPCRoute:
        return find(resources.grpcRoutes, key);
    case model::RouteKind::TLSRoute:
        return find(resources.tlsRoutes, key);
    case model::RouteKind::TCPRoute:
        return find(resources.tcpRoutes, key);
    case model::RouteKind::UDPRoute:
        return find(resources.udpRoutes, key);
    }
    return {};
}

} // namespace gatehouse::desktop
