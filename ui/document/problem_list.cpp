#include "ui/document/problem_list.h"

#include "ui/document/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace gatehouse::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("problems", text);
}

Problem fromDiagnostic(const model::Diagnostic& diagnostic)
{
    Problem problem;
    problem.severity = diagnostic.severity;
    problem.code = QString::fromStdString(diagnostic.code);
    problem.text = QString::fromStdString(diagnostic.message);
    problem.remedy = QString::fromStdString(diagnostic.remedy);
    // Verdicts of the Gateway API say what is wrong, and behind a semicolon what to do.
    if (const auto end = problem.text.indexOf(QLatin1String("; ")); end > 0 && problem.remedy.isEmpty()) {
        problem.remedy = problem.text.mid(end + 2);
        problem.text.truncate(end);
    }
    if (!diagnostic.fieldPath.empty())
        problem.text = QString::fromStdString(diagnostic.fieldPath) + QStringLiteral(": ") + problem.text;
    if (!diagnostic.expected.empty())
        problem.text += QStringLiteral("; ") + QString::fromStdString(diagnostic.expected);
    problem.location = diagnostic.location;
    problem.line = QString::fromStdString(model::toString(diagnostic));
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

/// Gathers problems. The same fault comes as a note, a condition and an edge: it is told once.
class Gatherer {
public:
    explicit Gatherer(const model::Topology& topology) : topology_(topology) {}

    void add(Problem problem)
    {
        if (problem.key)
            byKey_.emplace(*problem.key, problems_.size());
        problems_.push_back(std::move(problem));
    }

    /// Refused edges carry the whole reason; the condition of their route says the same and is not repeated.
    void addRefusals()
    {
        for (const model::TopologyEdge& edge : topology_.edges) {
            if (!edge.rejected)
                continue;
            const bool attachment = edge.kind == model::EdgeKind::Attachment;
            const model::TopologyNode& whose = topology_.nodes[attachment ? edge.to : edge.from];
            const model::TopologyNode& other = topology_.nodes[attachment ? edge.from : edge.to];
            Problem problem = fromNode(whose, model::Severity::Warning, edge.reason.empty() ? edge.label : edge.reason);
            if (isTold(whose.key, problem.code))
                continue;
            const QString words = reasonWords(problem.code);
            problem.text = tr("%1: %2").arg(QString::fromStdString(model::toString(other.key)),
                                            words.isEmpty() ? problem.code : words);
            problem.remedy = QString::fromStdString(edge.detail);
            add(std::move(problem));
        }
    }

    void addListeners()
    {
        for (const model::TopologyNode& node : topology_.nodes)
            for (const model::TopologyPort& port : node.ports)
                for (const model::Condition& condition : port.conditions) {
                    if (conditionTone(condition) != Tone::Bad)
                        continue;
                    Problem problem = fromNode(node, model::Severity::Warning, condition.reason);
                    problem.text =
                        tr("listener %1: %2").arg(QString::fromStdString(port.name), conditionWords(condition).text);
                    problem.remedy = QString::fromStdString(condition.message);
                    add(std::move(problem));
                }
    }

    void addNodes()
    {
        for (const model::TopologyNode& node : topology_.nodes)
            for (const model::Condition& condition : node.conditions) {
                if (conditionTone(condition) != Tone::Bad || isTold(node.key, QString::fromStdString(condition.reason)))
                    continue;
                Problem problem = fromNode(node, model::Severity::Warning, condition.reason);
                problem.text = conditionWords(condition).text;
                problem.remedy = QString::fromStdString(condition.message);
                add(std::move(problem));
            }
    }

    [[nodiscard]] std::vector<Problem> take() { return std::move(problems_); }

private:
    [[nodiscard]] bool isTold(const model::ObjectKey& key, const QString& reason) const
    {
        const auto [first, last] = byKey_.equal_range(key);
        return std::any_of(first, last, [&](const auto& entry) {
            const Problem& problem = problems_[entry.second];
            return problem.code == reason || problem.text.contains(reason);
        });
    }

    const model::Topology& topology_;
    std::vector<Problem> problems_;
    std::unordered_multimap<model::ObjectKey, std::size_t> byKey_;
};

/// The line that is copied: check's form, also for what is no diagnostic.
QString lineOf(const Problem& problem)
{
    model::Diagnostic same;
    same.severity = problem.severity;
    same.code = problem.code.toStdString();
    same.message = problem.text.toStdString();
    same.remedy = QString(problem.remedy).replace(QLatin1Char('\n'), QStringLiteral("; ")).toStdString();
    same.location = problem.location;
    same.object = problem.key;
    return QString::fromStdString(model::toString(same));
}

} // namespace

QString severityWord(model::Severity severity)
{
    switch (severity) {
    case model::Severity::Error:
        return tr("Error");
    case model::Severity::Warning:
        return tr("Warning");
    case model::Severity::Info:
        return tr("Info");
    }
    return {};
}

std::vector<Problem> problemList(const model::Topology& topology, const std::vector<model::Diagnostic>& diagnostics)
{
    Gatherer gatherer(topology);
    for (const model::Diagnostic& diagnostic : diagnostics)
        gatherer.add(fromDiagnostic(diagnostic));
    gatherer.addRefusals();
    gatherer.addListeners();
    gatherer.addNodes();
    std::vector<Problem> problems = gatherer.take();
    for (Problem& problem : problems) {
        problem.place = shortPlace(problem.location);
        if (problem.line.isEmpty())
            problem.line = lineOf(problem);
    }
    std::stable_sort(problems.begin(), problems.end(),
                     [](const Problem& a, const Problem& b) { return a.severity < b.severity; });
    return problems;
}

} // namespace gatehouse::ui
