#include "ui/document/words.h"

#include <QCoreApplication>
#include <QFileInfo>
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
    {"NotAllowedByListeners", QT_TR_NOOP("No listener lets routes of this namespace or kind in"),
     QT_TR_NOOP("not allowed by the listener")},
    {"NoMatchingListenerHostname", QT_TR_NOOP("No listener serves any of its hostnames"),
     QT_TR_NOOP("no listener for its hostnames")},
    {"NoMatchingParent", QT_TR_NOOP("Its parent has no listener of that name or port"), QT_TR_NOOP("no such listener")},
    {"UnsupportedValue", QT_TR_NOOP("It asks for something that is not supported"), QT_TR_NOOP("unsupported value")},
    {"Pending", QT_TR_NOOP("Not looked at yet"), QT_TR_NOOP("not looked at yet")},
    {"IncompatibleFilters", QT_TR_NOOP("Two of its filters cannot work together"), QT_TR_NOOP("incompatible filters")},
    {"RefNotPermitted", QT_TR_NOOP("It refers into another namespace that has not granted it"),
     QT_TR_NOOP("reference not granted")},
    {"InvalidKind", QT_TR_NOOP("It refers to a kind that cannot be used there"),
     QT_TR_NOOP("reference to a wrong kind")},
    {"BackendNotFound", QT_TR_NOOP("It refers to a backend that does not exist"), QT_TR_NOOP("backend not found")},
    {"UnsupportedProtocol", QT_TR_NOOP("The protocol is not supported here"), QT_TR_NOOP("unsupported protocol")},
    {"InvalidCertificateRef", QT_TR_NOOP("Its certificate is missing or unusable"),
     QT_TR_NOOP("no usable certificate")},
    {"InvalidRouteKinds", QT_TR_NOOP("It allows a route kind that its protocol cannot carry"),
     QT_TR_NOOP("invalid route kinds")},
    {"HostnameConflict", QT_TR_NOOP("Another listener has the same port and hostname"),
     QT_TR_NOOP("hostname conflict")},
    {"ProtocolConflict", QT_TR_NOOP("Another listener uses the port for another protocol"),
     QT_TR_NOOP("protocol conflict")},
    {"PortUnavailable", QT_TR_NOOP("The port cannot be opened"), QT_TR_NOOP("port unavailable")},
    {"ListenersNotValid", QT_TR_NOOP("One of its listeners is not valid"), QT_TR_NOOP("a listener is not valid")},
    {"ListenersNotResolved", QT_TR_NOOP("A reference of one of its listeners cannot be used"),
     QT_TR_NOOP("a listener's reference is broken")},
    {"InvalidClientCertificateRef", QT_TR_NOOP("Its client certificate is missing or unusable"),
     QT_TR_NOOP("no usable client certificate")},
    {"InvalidCACertificateKind", QT_TR_NOOP("Its CA certificate is of a kind that cannot be used"),
     QT_TR_NOOP("wrong kind of CA certificate")},
    {"InvalidParameters", QT_TR_NOOP("Its parameters cannot be used"), QT_TR_NOOP("invalid parameters")},
    {"UnsupportedAddress", QT_TR_NOOP("An address that it asks for cannot be used here"),
     QT_TR_NOOP("unsupported address")},
    {"AddressNotUsable", QT_TR_NOOP("An address that it asks for cannot be bound"), QT_TR_NOOP("address not usable")},
    {"AddressNotAssigned", QT_TR_NOOP("It has no address"), QT_TR_NOOP("no address")},
    {"NoResources", QT_TR_NOOP("There is nothing left to run it with"), QT_TR_NOOP("no resources")},
    {"NotAllowed", QT_TR_NOOP("Its Gateway does not allow ListenerSets from there"),
     QT_TR_NOOP("not allowed by the Gateway")},
    {"ParentNotAccepted", QT_TR_NOOP("Its Gateway is not accepted"), QT_TR_NOOP("Gateway not accepted")},
    {"ParentNotProgrammed", QT_TR_NOOP("Its Gateway is not being served"), QT_TR_NOOP("Gateway not serving")},
    {"TargetNotFound", QT_TR_NOOP("What it aims at does not exist"), QT_TR_NOOP("target not found")},
    {"Conflicted", QT_TR_NOOP("An older policy aims at the same target"), QT_TR_NOOP("conflict with an older policy")},
    {"Invalid", QT_TR_NOOP("It is not valid"), QT_TR_NOOP("not valid")},
    {"InvalidCACertificateRef", QT_TR_NOOP("Its CA certificate is missing or unusable"),
     QT_TR_NOOP("no usable CA certificate")},
    {"NoValidCACertificate", QT_TR_NOOP("None of its CA certificates can be used"),
     QT_TR_NOOP("no usable CA certificate")},
    {"OverlappingHostnames", QT_TR_NOOP("Its hostname overlaps with another listener's on the port"),
     QT_TR_NOOP("overlapping hostnames")},
    {"OverlappingCertificates", QT_TR_NOOP("Its certificate also covers another listener's hostname"),
     QT_TR_NOOP("overlapping certificates")},
    {"ConfigurationChanged", QT_TR_NOOP("Its configuration weakens the check of client certificates"),
     QT_TR_NOOP("client check weakened")},
    {"NotProgrammed", QT_TR_NOOP("It is not being served"), QT_TR_NOOP("not serving")},
};

struct TypeRow {
    const char* type;
    bool bad; ///< true is a fault ("Conflicted")
    const char* whenTrue;
    const char* whenFalse; ///< used when the reason says nothing better
};

constexpr TypeRow types[] = {
    {"Accepted", false, QT_TR_NOOP("Accepted: it takes part in routing"), QT_TR_NOOP("Not accepted: it has no effect")},
    {"Programmed", false, QT_TR_NOOP("Serving: its listeners are open"), QT_TR_NOOP("Not serving")},
    {"ResolvedRefs", false, QT_TR_NOOP("Everything that it refers to exists and may be used"),
     QT_TR_NOOP("A reference cannot be used")},
    {"Ready", false, QT_TR_NOOP("Ready for traffic"), QT_TR_NOOP("Not ready for traffic")},
    {"Conflicted", true, QT_TR_NOOP("Another listener claims the same place"),
     QT_TR_NOOP("No other listener is in its way")},
    {"OverlappingTLSConfig", true, QT_TR_NOOP("Its TLS settings overlap with another listener's"),
     QT_TR_NOOP("Its TLS settings are its own")},
    {"PartiallyInvalid", true, QT_TR_NOOP("Some of its rules are not valid and are left out"),
     QT_TR_NOOP("All of its rules are valid")},
    {"InsecureFrontendValidationMode", true, QT_TR_NOOP("Clients without a valid certificate are let in"),
     QT_TR_NOOP("Client certificates are checked")},
    {"AttachedListenerSets", false, QT_TR_NOOP("ListenerSets are attached"), QT_TR_NOOP("No ListenerSet is attached")},
    {"SupportedVersion", false, QT_TR_NOOP("The installed version is supported"),
     QT_TR_NOOP("The installed version is not supported")},
};

const TypeRow* rowOf(const model::Condition& condition)
{
    const auto* row =
        std::find_if(std::begin(types), std::end(types), [&](const TypeRow& r) { return condition.type == r.type; });
    return row == std::end(types) ? nullptr : row;
}

bool isReason(const std::string& reason)
{
    return std::any_of(std::begin(reasons), std::end(reasons),
                       [&](const ReasonRow& row) { return reason == row.reason; });
}

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

Tone conditionTone(const model::Condition& condition)
{
    const TypeRow* row = rowOf(condition);
    const bool faultWhenTrue = row && row->bad;
    switch (condition.status) {
    case model::ConditionStatus::Unknown:
        break;
    case model::ConditionStatus::True:
        return faultWhenTrue ? Tone::Bad : Tone::Good;
    case model::ConditionStatus::False:
        if (faultWhenTrue)
            return Tone::Good;
        return row || isReason(condition.reason) ? Tone::Bad : Tone::Neutral;
    }
    return Tone::Neutral;
}

Sentence conditionWords(const model::Condition& condition)
{
    const QString reason = QString::fromStdString(condition.reason);
    const TypeRow* row = rowOf(condition);
    const Tone tone = conditionTone(condition);
    const QString type = QString::fromStdString(condition.type);
    switch (condition.status) {
    case model::ConditionStatus::Unknown:
        return {tr("%1 is not known yet").arg(type), tone};
    case model::ConditionStatus::True:
        if (const QString specific = tone == Tone::Bad ? reasonWords(reason) : QString(); !specific.isEmpty())
            return {specific, tone};
        return {row ? tr(row->whenTrue) : tr("%1 is true").arg(type), tone};
    case model::ConditionStatus::False:
        if (const QString specific = tone == Tone::Bad ? reasonWords(reason) : QString(); !specific.isEmpty())
            return {specific, tone};
        return {row ? tr(row->whenFalse) : tr("%1 is false").arg(type), tone};
    }
    return {type, tone};
}

QString shortFault(const model::TopologyNode& node)
{
    if (node.health == model::Health::Good)
        return {};
    for (const model::Condition& condition : node.conditions) {
        if (conditionTone(condition) != Tone::Bad)
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

QString shortPlace(const model::SourceLocation& location)
{
    if (!location.known())
        return {};
    QString text = QFileInfo(QString::fromStdString(*location.file)).fileName();
    if (location.position.known())
        text += QStringLiteral(":%1").arg(location.position.line);
    return text;
}

} // namespace gatehouse::ui
