#pragma once

#include "model/graph/references.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace gatehouse::ui {

/// One rule of a route as it is written: what it takes, and what becomes of it.
struct RuleText {
    QString name;        ///< its name, or "Rule 1"
    QStringList matches; ///< "GET /api* with header x: 1"
    QStringList actions; ///< filters and backends
};

/// Who takes every request that a match could get, and why.
struct ShadowText {
    QString by, why;
    std::optional<model::ObjectKey> key; ///< of the route that wins; nothing: another listener does
    model::SourceLocation location;
};

/// One match of a rule among all that are tried for a request.
struct EffectiveRule {
    QString match;       ///< "GET · /api and below"
    QString rule;        ///< its name, or "Rule 1"
    QStringList actions; ///< filters and backends
    model::ObjectKey route;
    std::uint32_t index = 0; ///< of the rule in its route
    model::SourceLocation location;
    std::optional<ShadowText> shadow; ///< no request ever reaches it
};

/// Everything that is tried for a hostname of some listeners, in that order.
struct EffectiveTable {
    QStringList listeners; ///< "infra/shared · http"
    QString hostname;      ///< "any host" where there is none
    std::vector<EffectiveRule> rules;
    std::size_t left = 0; ///< rules behind these that are not listed
};

/// What the Inspector shows beyond the topology. The application supplies it when the window asks.
struct ObjectDetails {
    bool known = false; ///< the manifests hold the object
    QString yaml;
    int firstLine = 1; ///< line of the file that `yaml` begins with
    QString file;      ///< "" when no file defines the object
    model::SourceLocation source;
    std::vector<RuleText> rules;
    std::vector<EffectiveTable> effective;       ///< of a Gateway, a ListenerSet or an attached route
    std::vector<model::Reference> to, from;      ///< what it refers to, and who refers to it
    std::vector<model::Reference> grantsAllowed; ///< of a ReferenceGrant: the references that it allows
};

} // namespace gatehouse::ui
