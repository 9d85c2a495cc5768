#pragma once

#include <QCommandLineOption>
#include <QList>
#include <QString>

namespace gatehouse::desktop {

/// gatehouse-desktop(1) in man(7) macros, from the definitions that --help prints. Deterministic.
QString manPage(const QString& description, const QList<QCommandLineOption>& options);

} // namespace gatehouse::desktop
