#include "app/desktop/comparison.h"

#include "app/control/compare/diff_words.h"
#include "app/control/compare/set_diff.h"
#include "ui/document/object_names.h"

#include <QCoreApplication>

#include <algorithm>

namespace gatehouse::desktop {
namespace {

using routing::BehaviourChange;
using routing::RoutedTo;

QString tr(const char* text)
{
    return QCoreApplication::translate("comparison", text);
}

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

ui::ChangeMark markOf(control::ChangeKind kind)
{
    switch (kind) {
    case control::ChangeKind::Added:
        return ui::ChangeMark::Added;
    case control::ChangeKind::Removed:
        return ui::ChangeMark::Removed;
    case control::ChangeKind::Changed:
        break;
    }
    return ui::ChangeMark::Changed;
}

/// Of something that may be on one side alone.
ui::ChangeMark markOf(const std::string& before, const std::string& after)
{
    return before.empty() ? ui::ChangeMark::Added : after.empty() ? ui::ChangeMark::Removed : ui::ChangeMark::Changed;
}

ui::Change changeOf(const control::ResourceChange& change)
{
    ui::Change out;
    out.mark = markOf(change.kind);
    out.what = text(model::toString(change.key));
    out.key = change.key;
    out.location = change.location;
    for (const control::FieldChange& field : change.fields) {
        ui::Change& part = out.parts.emplace_back();
        part.mark = markOf(field.before, field.after);
        part.what = text(field.path);
        part.before = text(field.before);
        part.after = text(field.after);
        part.location = change.location;
    }
    return out;
}

ui::Change changeOf(const control::AttachmentChange& change)
{
    ui::Change out;
    out.mark = markOf(change.kind);
    out.what = tr("%1 on %2").arg(text(change.route), text(change.listener));
    out.before = text(change.before);
    out.after = text(change.after);
    out.note = tr("Before and after are the hostnames that it serves there");
    out.key = change.key;
    return out;
}

ui::Change changeOf(const control::StatusChange& change)
{
    ui::Change out;
    out.mark = markOf(change.before, change.after);
    out.what = text(change.object + (change.scope.empty() ? "" : ", " + change.scope) + ": " + change.type);
    out.before = text(change.before);
    out.after = text(change.after);
    out.note = text(change.message);
    out.key = change.key;
    return out;
}

/// The smallest request that shows it, as the Probe takes it.
ui::ProbeRequest witnessOf(const BehaviourChange& change)
{
    const routing::ExplainRequest& witness = change.witness;
    ui::ProbeRequest request;
    request.gateway = text(change.entrance.gateway);
    const std::string url = control::witnessUrl(change);
    const auto stream = [&](ui::ProbeKind kind) {
        request.kind = kind;
        request.target = text(url.substr(url.find("//") + 2));
        return request;
    };
    if (witness.scheme == "tls")
        return stream(ui::ProbeKind::Tls);
    if (witness.scheme == "tcp")
        return stream(ui::ProbeKind::Tcp);
    if (witness.scheme == "udp")
        return stream(ui::ProbeKind::Udp);
    request.method = text(witness.method);
    request.target = text(url);
    for (const auto& [name, value] : witness.headers)
        request.headers.emplace_back(text(name), text(value));
    return request;
}

/// Where it ended, or ends, with the rule that leads there.
ui::Change endOf(const QString& side, const RoutedTo& to, const RoutedTo& other, bool isBefore)
{
    ui::Change part;
    part.mark = isBefore ? ui::ChangeMark::Removed : ui::ChangeMark::Added;
    part.what = to.routeName.empty() ? side : tr("%1: %2, rule %3").arg(side, text(to.routeName)).arg(to.rule);
    part.key = ui::routeKey(to.routeName);
    part.location = to.location;
    QStringList lines{text(to.outcome.destination)};
    for (const std::string& line : to.outcome.treatment) {
        const auto& others = other.outcome.treatment;
        if (std::find(others.begin(), others.end(), line) == others.end())
            lines << text(line);
    }
    (isBefore ? part.before : part.after) = lines.join(QStringLiteral("; "));
    return part;
}

ui::Change changeOf(const BehaviourChange& change)
{
    ui::Change out;
    out.mark = change.isDestination() ? ui::ChangeMark::Rerouted : ui::ChangeMark::Changed;
    out.what = text(control::witnessText(change));
    out.note = tr("At %1").arg(text(toText(change.entrance)));
    out.witness = witnessOf(change);
    out.parts.push_back(endOf(tr("before"), change.before, change.after, true));
    out.parts.push_back(endOf(tr("after"), change.after, change.before, false));
    out.before = out.parts.front().before;
    out.after = out.parts.back().after;
    const ui::Change& end = out.parts.back().key ? out.parts.back() : out.parts.front();
    out.key = end.key ? end.key : ui::gatewayKey(change.entrance.gateway);
    out.location = end.location;
    return out;
}

template <class T>
std::vector<ui::Change> changesOf(const std::vector<T>& list)
{
    std::vector<ui::Change> changes;
    for (const T& item : list)
        changes.push_back(changeOf(item));
    return changes;
}

} // namespace

ui::Comparison comparisonOf(const control::SetDiff& diff)
{
    ui::Comparison out;
    out.objects = changesOf(diff.resources);
    out.attachments = changesOf(diff.attachments);
    out.conditions = changesOf(diff.statuses);
    out.behaviour = changesOf(diff.behaviour.changes);
    for (const std::string& pair : diff.behaviour.undecided)
        out.undecided << text(pair);
    return out;
}

ui::Comparison compareSets(const QString& base, const control::ComparedSet& before, const control::State& after)
{
    ui::Comparison out;
    out.base = base;
    const auto isError = [](const model::Diagnostic& each) { return each.severity == model::Severity::Error; };
    const auto error = std::find_if(before.problems.begin(), before.problems.end(), isError);
    if (!before.state) {
        out.fault = !before.error.empty()            ? text(before.error)
                    : error != before.problems.end() ? text(model::toString(*error))
                                                     : tr("The base cannot be read");
        return out;
    }
    const control::SetDiff diff = control::compareStates(*before.state, after);
    out = comparisonOf(diff);
    out.base = base;
    out.markdown = text(control::diffMarkdown(diff));
    out.problems = static_cast<int>(std::count_if(before.problems.begin(), before.problems.end(), isError));
    out.topology = before.state->topology;
    return out;
}

} // namespace gatehouse::desktop
