#include "ui/topology/card_metrics.h"

#include "ui/document/words.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QHash>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

struct WidthRange {
    double least, most;
};

WidthRange widthRange(model::NodeKind kind)
{
    switch (kind) {
    case model::NodeKind::Gateway:
    case model::NodeKind::ListenerSet:
        return {300, 372};
    case model::NodeKind::Route:
        return {216, 300};
    case model::NodeKind::Backend:
    case model::NodeKind::Policy:
    case model::NodeKind::Other:
        return {180, 280};
    }
    return {180, 280};
}

/// Most texts of a large set are the same few (kinds, ports, "OK"): they are measured once. UI thread.
double width(const QFont& font, const QString& text)
{
    static QHash<std::pair<int, QString>, double> known;
    constexpr int mostKnown = 20'000;
    const int look = (font.pixelSize() * 1024 + font.weight()) * 2 + (font.styleHint() == QFont::Monospace ? 1 : 0);
    const auto key = std::pair(look, text);
    const auto found = known.constFind(key);
    if (found != known.constEnd())
        return *found;
    if (known.size() >= mostKnown)
        known.clear();
    return *known.insert(key, QFontMetricsF(font).horizontalAdvance(text));
}

} // namespace

bool hasKindBadge(model::NodeKind kind)
{
    switch (kind) {
    case model::NodeKind::Gateway:
    case model::NodeKind::Backend:
        return false;
    case model::NodeKind::ListenerSet:
    case model::NodeKind::Route:
    case model::NodeKind::Policy:
    case model::NodeKind::Other:
        return true;
    }
    return true;
}

QString portText(const model::TopologyPort& port)
{
    QString text = QStringLiteral(":%1").arg(port.port);
    if (port.localPort != 0 && port.localPort != port.port)
        text += QStringLiteral(" \u2192 :%1").arg(port.localPort);
    return text;
}

QString healthWord(model::Health health)
{
    switch (health) {
    case model::Health::Good:
        return QCoreApplication::translate("health", "OK");
    case model::Health::Warning:
        return QCoreApplication::translate("health", "Warning");
    case model::Health::Bad:
        return QCoreApplication::translate("health", "Failing");
    case model::Health::Unknown:
        return QCoreApplication::translate("health", "Unknown");
    }
    return {};
}

QString tlsText(const model::TopologyPort& port)
{
    if (!port.tls)
        return {};
    if (*port.tls == model::TlsMode::Passthrough)
        return QCoreApplication::translate("listener", "TLS passes through");
    return port.developmentCertificate
               ? QCoreApplication::translate("listener", "TLS ends here, with a development certificate")
               : QCoreApplication::translate("listener", "TLS ends here");
}

QString hostnameText(const model::TopologyPort& port)
{
    return port.hostname.empty() ? QCoreApplication::translate("listener", "any host")
                                 : QString::fromStdString(port.hostname);
}

QString servesText(const model::TopologyPort& port)
{
    QStringList parts{hostnameText(port)};
    if (port.tls == model::TlsMode::Passthrough)
        parts << QCoreApplication::translate("listener", "passthrough");
    else if (port.developmentCertificate)
        parts << QCoreApplication::translate("listener", "development certificate");
    else if (port.tls && port.protocol == "TLS")
        parts << QCoreApplication::translate("listener", "TLS ends here");
    if (!port.listenerSet.empty())
        parts << QString::fromStdString(port.listenerSet);
    return parts.join(QStringLiteral("  \u00b7  "));
}

CardGeometry measureCard(const model::TopologyNode& node, const CardExtras& extras, const CanvasFonts& fonts)
{
    CardGeometry geometry;
    const QString title = QString::fromStdString(node.title);
    const QString subtitle = QString::fromStdString(node.subtitle);
    const double health = card::healthSize + 6 + width(fonts.badge, healthWord(node.health));
    const double beside = card::padding * 2 + card::tile + 10;
    const bool badged = hasKindBadge(node.kind) && !extras.group;
    const double badge = badged ? width(fonts.badge, QString::fromStdString(node.key.kind)) + 20 : 0;
    double wanted =
        beside + std::max(width(fonts.title, title) + 14 + health, badge + width(fonts.small, subtitle) + 6);
    double height = card::headerHeight;
    for (const model::TopologyPort& port : node.ports) {
        const double first = 40 + (port.tls ? card::lock : 0) + width(fonts.strong, QString::fromStdString(port.name)) +
                             width(fonts.badge, QString::fromStdString(port.protocol)) + 40 +
                             width(fonts.mono, portText(port)) + 80;
        const double second = 40 + width(fonts.small, servesText(port)) + 16 +
                              width(fonts.mono, QString::fromStdString(port.url)) + card::padding;
        wanted = std::max({wanted, first, second});
        geometry.ports.push_back({height, card::portHeight});
        height += card::portHeight;
    }
    if (!node.ports.empty())
        height += 4;
    if (extras.target) {
        height += card::targetHeight;
        wanted = std::max(wanted, 2 * card::padding + 26 + width(fonts.mono, extras.target->text));
    }
    geometry.hasStatusLine = !shortFault(node).isEmpty();
    if (geometry.hasStatusLine) {
        height += card::statusHeight;
        wanted = std::max(wanted, 2 * card::padding + 22 + width(fonts.small, shortFault(node)));
    }
    const bool foldedNamespace = extras.group && extras.group->role == GroupRole::Namespace;
    const auto [least, most] = foldedNamespace ? WidthRange{240, 340} : widthRange(node.kind);
    geometry.size = QSizeF(std::ceil(std::clamp(wanted, least, most)), height);
    return geometry;
}

} // namespace gatehouse::ui
