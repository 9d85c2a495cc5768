#include "ui/topology/view_session.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace gatehouse::ui {
namespace {

/// More than anybody moves by hand; a settings file stays small.
constexpr std::size_t mostPlaces = 2000;

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

QJsonArray toArray(const model::ObjectKey& key)
{
    return {text(key.group), text(key.kind), text(key.name.namespace_), text(key.name.name)};
}

std::optional<model::ObjectKey> toKey(const QJsonValue& value)
{
    const QJsonArray parts = value.toArray();
    if (parts.size() != 4)
        return std::nullopt;
    const auto part = [&](int at) { return parts[at].toString().toStdString(); };
    return model::ObjectKey{part(0), part(1), {part(2), part(3)}};
}

QJsonArray toArray(const std::set<std::string>& values)
{
    QJsonArray array;
    for (const std::string& value : values)
        array.append(text(value));
    return array;
}

std::set<std::string> toStrings(const QJsonValue& value)
{
    std::set<std::string> strings;
    for (const QJsonValue& item : value.toArray())
        strings.insert(item.toString().toStdString());
    return strings;
}

template <class T>
QJsonArray numbers(const std::set<T>& values)
{
    QJsonArray array;
    for (const T value : values)
        array.append(static_cast<int>(value));
    return array;
}

template <class T>
std::set<T> toEnums(const QJsonValue& value, T last)
{
    std::set<T> enums;
    for (const QJsonValue& item : value.toArray()) {
        const int number = item.toInt(-1);
        if (number >= 0 && number <= static_cast<int>(last))
            enums.insert(static_cast<T>(number));
    }
    return enums;
}

QJsonObject toObject(const CanvasFilter& filter)
{
    return {{QStringLiteral("kinds"), toArray(filter.kinds)},
            {QStringLiteral("namespaces"), toArray(filter.namespaces)},
            {QStringLiteral("protocols"), toArray(filter.protocols)},
            {QStringLiteral("healths"), numbers(filter.healths)},
            {QStringLiteral("links"), numbers(filter.links)},
            {QStringLiteral("problemsOnly"), filter.problemsOnly}};
}

CanvasFilter toFilter(const QJsonObject& object)
{
    CanvasFilter filter;
    filter.kinds = toStrings(object[QLatin1String("kinds")]);
    filter.namespaces = toStrings(object[QLatin1String("namespaces")]);
    filter.protocols = toStrings(object[QLatin1String("protocols")]);
    filter.healths = toEnums(object[QLatin1String("healths")], model::Health::Unknown);
    filter.links = toEnums(object[QLatin1String("links")], LinkKind::Refused);
    filter.problemsOnly = object[QLatin1String("problemsOnly")].toBool();
    return filter;
}

QJsonArray toArray(const HandPlaces& places)
{
    QJsonArray array;
    for (const auto& [key, at] : places) {
        if (static_cast<std::size_t>(array.size()) == mostPlaces)
            break;
        array.append(QJsonArray{toArray(key), at.x(), at.y()});
    }
    return array;
}

HandPlaces toPlaces(const QJsonValue& value)
{
    HandPlaces places;
    for (const QJsonValue& item : value.toArray()) {
        const QJsonArray parts = item.toArray();
        const auto key = toKey(parts.at(0));
        const QPointF at(parts.at(1).toDouble(NAN), parts.at(2).toDouble(NAN));
        if (key && std::isfinite(at.x()) && std::isfinite(at.y()))
            places[*key] = at;
    }
    return places;
}

} // namespace

QByteArray toJson(const ViewSession& session)
{
    QJsonObject object{{QStringLiteral("filter"), toObject(session.filter)},
                       {QStringLiteral("topDown"), session.topDown},
                       {QStringLiteral("automatic"), session.automatic}};
    if (session.selected)
        object[QLatin1String("selected")] = toArray(*session.selected);
    if (session.focus)
        object[QLatin1String("focus")] = toArray(*session.focus);
    if (session.hops)
        object[QLatin1String("hops")] = static_cast<int>(*session.hops);
    QJsonArray folds;
    for (const auto& [key, folded] : session.folds)
        folds.append(QJsonArray{toArray(key), folded});
    object[QLatin1String("folds")] = folds;
    object[QLatin1String("moved")] = QJsonArray{toArray(session.moved[0]), toArray(session.moved[1])};
    if (session.zoom) {
        object[QLatin1String("zoom")] = *session.zoom;
        object[QLatin1String("center")] = QJsonArray{session.center.x(), session.center.y()};
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<ViewSession> viewSession(const QByteArray& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject object = document.object();
    ViewSession session;
    session.selected = toKey(object[QLatin1String("selected")]);
    session.focus = toKey(object[QLatin1String("focus")]);
    if (const int hops = object[QLatin1String("hops")].toInt(); hops > 0)
        session.hops = static_cast<std::uint32_t>(hops);
    session.filter = toFilter(object[QLatin1String("filter")].toObject());
    session.topDown = object[QLatin1String("topDown")].toBool();
    session.automatic = object[QLatin1String("automatic")].toBool(true);
    for (const QJsonValue& item : object[QLatin1String("folds")].toArray()) {
        if (const auto key = toKey(item.toArray().at(0)))
            session.folds[*key] = item.toArray().at(1).toBool();
    }
    const QJsonArray moved = object[QLatin1String("moved")].toArray();
    session.moved = {toPlaces(moved.at(0)), toPlaces(moved.at(1))};
    const double zoom = object[QLatin1String("zoom")].toDouble();
    const QJsonArray center = object[QLatin1String("center")].toArray();
    const QPointF at(center.at(0).toDouble(NAN), center.at(1).toDouble(NAN));
    if (zoom > 0 && std::isfinite(at.x()) && std::isfinite(at.y())) {
        session.zoom = zoom;
        session.center = at;
    }
    return session;
}

} // namespace gatehouse::ui
