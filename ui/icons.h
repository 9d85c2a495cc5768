#pragma once

#include "model/base/diagnostic.h"
#include "model/topology/topology.h"

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

class QPainter;
class QRectF;

namespace gatehouse::ui {

/// Icons are SVG drawings in one colour; they are tinted when drawn, and sharp at every scale.

/// The icon `name` (without folder and ending) in `color`, greyed with `disabled` where it is disabled.
QIcon icon(const QString& name, const QColor& color, const QColor& disabled = {});
/// Draws it into `rect`.
void paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& color);

QString iconName(model::NodeKind kind);
QString iconName(model::Health health);
QString iconName(model::Severity severity);
/// Of an object without a card, as a Secret.
QString besideIcon(const model::ObjectKey& key);

/// Makes the resources of this library reachable; call once before the first icon.
void loadResources();

} // namespace gatehouse::ui
