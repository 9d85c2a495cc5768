#include "ui/document/words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

namespace gatehouse::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("words", text);
}

struct ReasonRow {
    const char* reason;
    const char* words;
    const char* brief; ///< for a card
};

/// Reasons that say why something is not well. The Gateway API lists them in its condition types.
constexpr ReasonRow reasons[] = {
    {"NotAllowedByListeners", "No listener lets routes of this namespace or kind in", "not allowed by the listener"},
    {"NoMatchingListenerHostname", "No listener serves any of its hostnames", "no listener for its hostnames"},
    {"NoMatchingParent", "Its parent has no listener of that name or port", "no such listener"},
    {"UnsupportedValue", "It asks for something that is not supported", "unsupported value"},
    {"Pending", "Not looked at yet", "not looked at yet"},
    {"IncompatibleFilters", "Two of its filters cannot work together", "incompatible filters"},
    {"RefNotPermitted", "It refers into another namespace that has not granted it", "reference not granted"},
    {"InvalidKind", "It refers to a kind that cannot be used there", "reference to a wrong kind"},
    {"BackendNotFound", "It refers to a backend that does not exist", "backend not found"},
    {"UnsupportedProtocol", "The protocol is not supported here", "unsupported protocol"},
    {"InvalidCertificateRef", "Its certificate is missing or unusable", "no usable certificate"},
    {"InvalidRouteKinds", "It allows a route kind that its protocol cannot carry", "invalid route kinds"},
    {"HostnameConflict", "Another listener has the same port and hostname", "hostname conflict"},
    {"ProtocolConflict", "Another listener uses the port for another protocol", "protocol conflict"},
    {"PortUnavailable", "The port cannot be opened", "port unavailable"},
    {"ListenersNotValid", "One of its listeners is not valid", "a listener is not valid"},
    {"ListenersNotResolved", "A reference of one of its listeners cannot be used", "a listener's reference is broken"},
    {"InvalidClientCertificateRef", "Its client certificate is missing or unusable", "no usable client certificate"},
    {"InvalidCACertificateKind", "Its CA certificate is of a kind that cannot be used", "wrong kind of CA certificate"},
    {"InvalidParameters", "Its parameters cannot be used", "invalid parameters"},
    {"UnsupportedAddress", "An address that it asks for cannot be used here", "unsupported address"},
    {"AddressNotUsable", "An address that it asks for cannot be bound", "address not usable"},
    {"AddressNotAssigned", "It has no address", "no address"},
    {"NoResources", "There is nothing left to run it with", "no resources"},
    {"NotAllowed", "Its Gateway does not allow ListenerSets from there", "not allowed by the Gateway"},
    {"ParentNotAccepted", "Its Gateway is not accepted", "Gateway not accepted"},
    {"ParentNotProgrammed", "Its Gateway is not being served", "Gateway not serving"},
    {"TargetNotFound", "What it aims at does not exist", "target not found"},
    {"Conflicted", "An older policy aims at the same target", "conflict with an older policy"},
    {"Invalid", "It is not valid", "not valid"},
    {"InvalidCACertificateRef", "Its CA certificate is missing or unusable", "no usable CA certificate"},
    {"NoValidCACertificate", "None of its CA certificates can be used", "no usable CA certificate"},
    {"OverlappingHostnames", "Its hostname overlaps with another listener's on the port", "overlapping hostnames"},
    {"OverlappingCertificates", "Its certificate also covers another listener's hostname", "overlapping certificates"},
    {"ConfigurationChanged", "Its configuration weakens the check of client certificates", "client check weakened"},
    {"NotProgrammed", "It is not being served", "not serving"},
};

struct TypeRow {
    const char* type;
    bool bad; ///< true is a fault ("Conflicted")
    const char* whenTrue;
    const char* whenFalse; ///< used when the reason says nothing better
};

constexpr TypeRow types[] = {
    {"Accepted", false, "Accepted: it takes part in routing", "Not accepted: it has no effect"},
    {"Programmed", false, "Serving: its listeners are open", "Not serving"},
    {"ResolvedRefs", false, "Everything that it refers to exists and may be used", "A reference cannot be used"},
    {"Ready", false, "Ready for traffic", "Not ready for traffic"},
    {"Conflicted", true, "Another listener claims the same place", "No other listener is in its way"},
    {"OverlappingTLSConfig", true, "Its TLS settings overlap with another listener's", "Its TLS settings are its own"},
    {"PartiallyInvalid", true, "Some of its rules are not valid and are left out", "All of its rules are valid"},
    {"InsecureFrontendValidationMode", true, "Clients without a valid certificate are let in",
     "Client certificates are checked"},
    {"AttachedListenerSets", false, "ListenerSets are attached", "No ListenerSet is attached"},
    {"SupportedVersion", false, "The installed version is supported", "The installed version is not supported"},
};

QString html(const std::string& text)
{
    return QString::fromStdString(text).toHtmlEscaped();
}

QString paragraphs(const QStringList& parts)
{
    return QStringLiteral("<div style='white-space:pre-wrap'>") + parts.join(QStringLiteral("<br>")) +
           QStringLiteral("</div>");
}

} // namespace

QString reasonWords(const QString& reason)
{
    for (const ReasonRow& row : reasons) {
        if (reason == QLatin1String(row.reason))
            return tr(row.words);
    }
    return {};
}

Sentence conditionWords(const model::Condition& condition)
{
    const QString reason = QString::fromStdString(condition.reason);
    const auto* row =
        std::find_if(std::begin(types), std::end(types), [&](const TypeRow& r) { return condition.type == r.type; });
    const bool known = row != std::end(types);
    const QString type = QString::fromStdString(condition.type);
    switch (condition.status) {
    case model::ConditionStatus::Unknown:
        return {tr("%1 is not known yet").arg(type), Tone::Neutral};
    case model::ConditionStatus::True: {
        const bool fault = known && row->bad;
        const QString specific = fault ? reasonWords(reason) : QString();
        if (!specific.isEmpty())
            return {specific, Tone::Bad};
        return {known ? tr(row->whenTrue) : tr("%1 is true").arg(type), fault ? Tone::Bad : Tone::Good};
    }
    case model::ConditionStatus::False: {
        if (known && row->bad)
            return {tr(row->whenFalse), Tone::Good};
        const QString specific = reasonWords(reason);
        if (!specific.isEmpty())
            return {specific, Tone::Bad};
        return {known ? tr(row->whenFalse) : tr("%1 is false").arg(type), known ? Tone::Bad : Tone::Neutral};
    }
    }
    return {type, Tone::Neutral};
}

QString shortFault(const model::TopologyNode& node)
{
    if (node.health == model::Health::Good)
        return {};
    for (const model::Condition& condition : node.conditions) {
        if (conditionWords(condition).tone != Tone::Bad)
            continue;
        for (const ReasonRow& row : reasons) {
            if (condition.reason == row.reason)
                return tr(row.brief);
        }
    }
    return QString::fromStdString(node.healthText);
}

QString relationWords(model::Relation relation)
{
    switch (relation) {
    case model::Relation::OneToOne:
        return tr("One-to-one: the Gateway has only this route, and the route only this Gateway");
    case model::Relation::OneToMany:
        return tr("One-to-many: the Gateway is shared by several routes");
    case model::Relation::ManyToOne:
        return tr("Many-to-one: the route is attached to several Gateways");
    case model::Relation::ManyToMany:
        return tr("Many-to-many: a shared Gateway, and a route on several Gateways");
    }
    return {};
}

QString mendingHint(const model::TopologyEdge& edge)
{
    if (!edge.rejected)
        return {};
    // Messages say what is wrong, and after a semicolon what to do.
    const QString first = QString::fromStdString(edge.detail).section(QLatin1Char('\n'), 0, 0);
    return first.contains(QLatin1String("; ")) ? first.section(QStringLiteral("; "), 1) : first;
}

QString briefHint(const model::TopologyEdge& edge)
{
    static const QRegularExpression place(QStringLiteral("\\bspec\\.(listeners|rules|parentRefs)\\[\\d+\\]\\."));
    QString hint = mendingHint(edge).remove(place);
    for (const QLatin1String rest : {QLatin1String(", or "), QLatin1String(" with from {")})
        hint = hint.section(rest, 0, 0);
    return hint;
}

QString nodeToolTip(const model::TopologyNode& node)
{
    QStringList parts{QStringLiteral("<b>%1</b>").arg(html(model::toString(node.key)))};
    if (!node.subtitle.empty())
        parts << html(node.subtitle);
    if (!node.healthText.empty())
        parts << html(node.healthText);
    return paragraphs(parts);
}

QString edgeToolTip(const model::TopologyEdge& edge)
{
    QStringList parts;
    if (edge.rejected) {
        const QString words = reasonWords(QString::fromStdString(edge.reason));
        parts << QStringLiteral("<b>%1</b>")
                     .arg(tr("Refused: %1").arg(edge.reason.empty() ? html(edge.label) : html(edge.reason)));
        if (!words.isEmpty())
            parts << words.toHtmlEscaped();
    } else if (edge.relation) {
        parts << relationWords(*edge.relation).toHtmlEscaped();
    } else if (!edge.label.empty()) {
        parts << html(edge.label);
    }
    if (!edge.listeners.empty()) {
        QStringList names;
        for (const std::string& name : edge.listeners)
            names << html(name);
        parts << tr("Listeners: %1").arg(names.join(QStringLiteral(", ")));
    }
    if (edge.crossNamespace)
        parts << tr("Crosses namespaces");
    for (const model::ObjectKey& grant : edge.grants)
        parts << tr("Allowed by %1").arg(html(model::toString(grant)));
    if (!edge.detail.empty())
        parts << html(edge.detail);
    return paragraphs(parts);
}

} // namespace gatehouse::ui
