#include "ui/models/problems_model.h"

#include "ui/document/words.h"
#include "ui/icons.h"

#include <algorithm>

namespace gatehouse::ui {
namespace {

QString words(model::Severity severity)
{
    switch (severity) {
    case model::Severity::Error:
        return ProblemsModel::tr("Error");
    case model::Severity::Warning:
        return ProblemsModel::tr("Warning");
    case model::Severity::Info:
        return ProblemsModel::tr("Info");
    }
    return {};
}

Problem fromDiagnostic(const model::Diagnostic& diagnostic)
{
    Problem problem;
    problem.severity = diagnostic.severity;
    problem.code = QString::fromStdString(diagnostic.code);
    problem.text = QString::fromStdString(diagnostic.message);
    if (!diagnostic.fieldPath.empty())
        problem.text = QString::fromStdString(diagnostic.fieldPath) + QStringLiteral(": ") + problem.text;
    if (!diagnostic.expected.empty())
        problem.text += QStringLiteral("; ") + QString::fromStdString(diagnostic.expected);
    problem.remedy = QString::fromStdString(diagnostic.remedy);
    problem.location = diagnostic.location;
    if (diagnostic.object) {
        problem.key = diagnostic.object;
        problem.object = QString::fromStdString(model::toString(*diagnostic.object));
    }
    return problem;
}

Problem fromNode(const model::TopologyNode& node, model::Severity severity, const std::string& reason)
{
    Problem problem;
    problem.severity = severity;
    problem.code = QString::fromStdString(reason);
    problem.key = node.key;
    problem.object = QString::fromStdString(model::toString(node.key));
    problem.location = node.source;
    return problem;
}

/// Whether the problems so far tell of `reason` at this object: the same fault comes as a note, a condition and an
/// edge.
bool isTold(const std::vector<Problem>& problems, const model::ObjectKey& key, const QString& reason)
{
    return std::any_of(problems.begin(), problems.end(), [&](const Problem& problem) {
        return problem.key == key && (problem.code == reason || problem.text.contains(reason));
    });
}

/// Refused edges carry the whole reason; the condition of their route says the same and is not repeated.
void addRefusals(const model::Topology& topology, std::vector<Problem>& problems)
{
    for (const model::TopologyEdge& edge : topology.edges) {
        if (!edge.rejected)
            continue;
        const bool attachment = edge.kind == model::EdgeKind::Attachment;
        const model::TopologyNode& whose = topology.nodes[attachment ? edge.to : edge.from];
        const model::TopologyNode& other = topology.nodes[attachment ? edge.from : edge.to];
        Problem problem = fromNode(whose, model::Severity::Warning, edge.reason.empty() ? edge.label : edge.reason);
        if (isTold(problems, whose.key, problem.code))
            continue;
        const QString words = reasonWords(problem.code);
        problem.text = ProblemsModel::tr("%1: %2").arg(QString::fromStdString(model::toString(other.key)),
                                                       words.isEmpty() ? problem.code : words);
        problem.remedy = QString::fromStdString(edge.detail);
        problems.push_back(std::move(problem));
    }
}

void addListeners(const model::Topology& topology, std::vector<Problem>& problems)
{
    for (const model::TopologyNode& node : topology.nodes) {
        for (const model::TopologyPort& port : node.ports) {
            for (const model::Condition& condition : port.conditions) {
                const Sentence sentence = conditionWords(condition);
                if (sentence.tone != Tone::Bad)
                    continue;
                Problem problem = fromNode(node, model::Severity::Warning, condition.reason);
                problem.text =
                    ProblemsModel::tr("listener %1: %2").arg(QString::fromStdString(port.name), sentence.text);
                problem.remedy = QString::fromStdString(condition.message);
                problems.push_back(std::move(problem));
            }
        }
    }
}

void addNodes(const model::Topology& topology, std::vector<Problem>& problems)
{
    for (const model::TopologyNode& node : topology.nodes) {
        for (const model::Condition& condition : node.conditions) {
            const Sentence sentence = conditionWords(condition);
            if (sentence.tone != Tone::Bad || isTold(problems, node.key, QString::fromStdString(condition.reason)))
                continue;
            Problem problem = fromNode(node, model::Severity::Warning, condition.reason);
            problem.text = sentence.text;
            problem.remedy = QString::fromStdString(condition.message);
            problems.push_back(std::move(problem));
        }
    }
}

} // namespace

ProblemsModel::ProblemsModel(QObject* parent) : QAbstractTableModel(parent)
{
}

void ProblemsModel::setProblems(const model::Topology& topology, const std::vector<model::Diagnostic>& diagnostics)
{
    std::vector<Problem> problems;
    for (const model::Diagnostic& diagnostic : diagnostics)
        problems.push_back(fromDiagnostic(diagnostic));
    addRefusals(topology, problems);
    addListeners(topology, problems);
    addNodes(topology, problems);
    for (Problem& problem : problems)
        problem.place = shortPlace(problem.location);
    std::stable_sort(problems.begin(), problems.end(),
                     [](const Problem& a, const Problem& b) { return a.severity < b.severity; });
    beginResetModel();
    problems_ = std::move(problems);
    endResetModel();
}

void ProblemsModel::setTheme(const Theme& theme)
{
    theme_ = theme;
    if (!problems_.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {Qt::DecorationRole, Qt::ForegroundRole});
}

int ProblemsModel::count(model::Severity severity) const
{
    return static_cast<int>(std::count_if(problems_.begin(), problems_.end(),
                                          [&](const Problem& problem) { return problem.severity == severity; }));
}

int ProblemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(problems_.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Problem& problem = this->problem(index.row());
    const QColor color = problem.severity == model::Severity::Error     ? theme_.bad
                         : problem.severity == model::Severity::Warning ? theme_.warning
                                                                        : theme_.unknown;
    if (role == Qt::DecorationRole && index.column() == SeverityColumn)
        return icon(iconName(problem.severity), color);
    if (role == Qt::ForegroundRole)
        return index.column() == TextColumn || index.column() == ObjectColumn ? theme_.text : theme_.muted;
    if (role == Qt::ToolTipRole) {
        const QString place = QString::fromStdString(model::toString(problem.location));
        QStringList lines{problem.text};
        if (!problem.remedy.isEmpty())
            lines << problem.remedy;
        if (!place.isEmpty())
            lines << place;
        return QStringLiteral("<div>%1</div>")
            .arg(lines.join(QLatin1Char('\n')).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")));
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case SeverityColumn:
        return words(problem.severity);
    case CodeColumn:
        return problem.code;
    case ObjectColumn:
        return problem.object;
    case TextColumn:
        return problem.remedy.isEmpty() ? problem.text
                                        : problem.text + QStringLiteral(" \u2014 ") +
                                              QString(problem.remedy).replace(QLatin1Char('\n'), QLatin1Char(' '));
    case PlaceColumn:
        return problem.place;
    default:
        return {};
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SeverityColumn:
        return tr("Severity");
    case CodeColumn:
        return tr("Code");
    case ObjectColumn:
        return tr("Object");
    case TextColumn:
        return tr("What is wrong, and how to mend it");
    case PlaceColumn:
        return tr("Place");
    default:
        return {};
    }
}

} // namespace gatehouse::ui
