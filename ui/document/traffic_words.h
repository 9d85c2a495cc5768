#pragma once

#include "model/observe/access_event.h"
#include "model/topology/topology.h"
#include "ui/document/probe.h"

#include <QString>

#include <vector>

namespace gatehouse::ui {

/// What was asked for: host and path of a request; of a session the name that the client asked for, or who it was.
QString askedFor(const model::AccessEvent& event);
/// "200", "200, gRPC 5", "no answer"; of a session "closed", or why it ended.
QString outcome(const model::AccessEvent& event);
/// Good, a client's fault (4xx, gRPC errors), or bad (5xx, no answer, a session that failed).
model::Health verdict(const model::AccessEvent& event);
/// "1.2 kB" both ways: received and sent.
QString bytesText(const model::AccessEvent& event);
/// An Envoy response flag in words: "NR" is "no route". Unknown ones as they are.
QString flagWords(const QString& flags);

/// Everything that is known of an event, as label and text.
std::vector<std::pair<QString, QString>> facts(const model::AccessEvent& event);

/// The event as a request that can be explained. Headers are not recorded: what is decided by them may come out
/// otherwise. `topology` says which port the listener has.
ProbeRequest requestOf(const model::AccessEvent& event, const model::Topology& topology);

} // namespace gatehouse::ui
