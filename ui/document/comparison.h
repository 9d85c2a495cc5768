#pragma once

#include "model/base/source_location.h"
#include "model/topology/topology.h"
#include "ui/document/change_mark.h"
#include "ui/document/probe.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace gatehouse::ui {

/// One difference between two sets.
struct Change {
    ChangeMark mark = ChangeMark::Changed;
    QString what;                        ///< "HTTPRoute a/shop", "GET http://a.example.com/"
    QString before, after;               ///< "" where there is none
    QString note;                        ///< what else is to be said: a condition's message, the entrance
    std::optional<model::ObjectKey> key; ///< of the object that it leads to
    model::SourceLocation location;      ///< of what is there now, or of what was
    std::optional<ProbeRequest> witness; ///< the smallest request that shows it
    std::vector<Change> parts;           ///< the fields of an object, what is done to a request
};

/// All that differs between a base and what is open. A value: the application makes it, the window shows it.
struct Comparison {
    QString base; ///< a path, or git:REF:PATH, as it was asked for; "" of a draft, which is compared with what is saved
    QString fault; ///< why there is no comparison; "" else, and only then the rest is filled
    std::vector<Change> objects, attachments, conditions, behaviour;
    QStringList undecided; ///< pairs of regular expressions that may or may not meet
    QString markdown;      ///< for a pull request
    int problems = 0;      ///< Errors of the base: objects with any take no part
    /// The base's objects, for what is drawn of it.
    std::shared_ptr<const model::Topology> topology;

    [[nodiscard]] bool same() const;
    [[nodiscard]] int count(ChangeMark mark) const; ///< of objects; of Rerouted: of requests
    [[nodiscard]] QString summary() const;          ///< "1 added, 2 changed, 1 re-routed"; "no differences"
};

} // namespace gatehouse::ui
