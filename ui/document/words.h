#pragma once

#include "model/graph/condition.h"
#include "model/topology/topology.h"

#include <QString>

namespace gatehouse::ui {

/// How the application says things to people; the Gateway API's own word always stands beside it.

enum class Tone { Good, Bad, Neutral };

struct Sentence {
    QString text;
    Tone tone = Tone::Neutral;
};

/// A condition in plain words: "Serving requests", "No listener lets this route in".
Sentence conditionWords(const model::Condition& condition);
/// The tone of these words alone, for those who look through thousands for the bad ones.
Tone conditionTone(const model::Condition& condition);
/// A condition reason alone; empty when it is not one that we know.
QString reasonWords(const QString& reason);
/// What is wrong with a node in so few words that they fit on its card; empty when nothing is.
QString shortFault(const model::TopologyNode& node);
/// "One Gateway, many routes".
QString relationWords(model::Relation relation);

/// What would mend a refused edge, in one line: "set allowedRoutes.namespaces.from to All"; empty when nothing is
/// known.
QString mendingHint(const model::TopologyEdge& edge);
/// The same for where there is hardly room: the first way of several, without where in the object the field is.
QString briefHint(const model::TopologyEdge& edge);

/// "shop.yaml:12": the file without its folders.
QString shortPlace(const model::SourceLocation& location);

/// Tool tips, as rich text.
QString nodeToolTip(const model::TopologyNode& node);
QString edgeToolTip(const model::TopologyEdge& edge);

} // namespace gatehouse::ui
