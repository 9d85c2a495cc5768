#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace gatehouse::ui {

/// One rule of a route, as the Inspector lists it: what it takes, and what becomes of it.
struct RuleText {
    QString name;        ///< its name, or "Rule 1"
    QStringList matches; ///< "GET /api* with header x: 1"
    QStringList actions; ///< filters and backends
};

/// What the Inspector shows beyond the topology. The application supplies it when the window asks.
struct ObjectDetails {
    QString yaml;
    int firstLine = 1; ///< line of the file that `yaml` begins with
    QString file;      ///< "" when no file defines the object
    std::vector<RuleText> rules;
};

} // namespace gatehouse::ui
