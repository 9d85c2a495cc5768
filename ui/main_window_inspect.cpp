// What is selected, what is wrong with it, and the ways between list, canvas and Inspector.

#include "ui/docks/editor_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/navigator_dock.h"
#include "ui/docks/problems_dock.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QTreeView>

namespace gatehouse::ui {
namespace {

/// The object of a file whose text begins last before a line: what a problem without an object is nearest to.
const model::TopologyNode* nodeAt(const model::Topology& topology, const model::SourceLocation& location)
{
    const model::TopologyNode* nearest = nullptr;
    for (const model::TopologyNode& node : topology.nodes) {
        if (!node.source.known() || !location.known() || *node.source.file != *location.file ||
            node.source.position > location.position)
            continue;
        if (!nearest || node.source.position > nearest->source.position)
            nearest = &node;
    }
    return nearest;
}

} // namespace

void MainWindow::connectProblems()
{
    connect(problems_, &ProblemsDock::picked, this, &MainWindow::jump);
    connect(problems_, &ProblemsDock::codeRequested, this, &MainWindow::codeRequested);
    connect(&inspector_->inspector(), &Inspector::codeActivated, problems_, &ProblemsDock::explain);
    connect(action(QStringLiteral("explain-problem")), &QAction::triggered, problems_, &ProblemsDock::explainCurrent);
}

void MainWindow::setAdvice(const std::vector<model::Diagnostic>& problems)
{
    problems_->setAdvice(problems);
    inspector_->inspector().setProblems(problems_->model().problems());
    editor_->setProblems(problems_->model().problems());
    updateProblemCounts();
}

void MainWindow::clearAdvice()
{
    problems_->clearAdvice();
}

void MainWindow::setCodePage(const CodePage& page)
{
    problems_->setCodePage(page);
}

void MainWindow::select(const model::ObjectKey& key)
{
    if (!state_.topology)
        return; // a list still names what was closed
    TopologyScene& scene = canvas_->scene();
    if (scene.index().find(key) || scene.nodeItem(key)) {
        beside_.reset();
        scene.select(key);
        canvas_->view().reveal(key);
        return;
    }
    if (key.kind == "Namespace" && key.group.empty())
        canvas_->view().revealNamespace(key.name.name);
    beside_ = key;
    scene.select(std::nullopt);
    selectionMoved(std::nullopt);
}

void MainWindow::selectionMoved(const std::optional<model::ObjectKey>& key)
{
    if (key)
        beside_.reset();
    navigator_->select(key ? key : beside_);
    for (const char* id : {"focus", "fold", "fold-namespace"})
        action(QLatin1String(id))->setEnabled(key.has_value());
    updateInspector();
}

void MainWindow::jump(const Problem& problem)
{
    const int line = problem.location.position.known() ? static_cast<int>(problem.location.position.line) : 0;
    if (problem.key)
        jumpTo(*problem.key, line);
    else if (const model::TopologyNode* node = nodeAt(canvas_->scene().index().topology(), problem.location))
        jumpTo(node->key, line);
    else if (problem.location.known()) // a file of which nothing can be read has no object to show
        edit(problem.location);
}

void MainWindow::jumpTo(const model::ObjectKey& key, int line)
{
    select(key);
    if (line > 0)
        inspector_->inspector().showLine(line);
}

void MainWindow::copyCommand(CopyEntry::Kind kind)
{
    const auto& key = canvas_->scene().selectedKey();
    const model::TopologyNode* node = key ? canvas_->scene().index().node(*key) : nullptr;
    std::vector<CopyEntry> entries;
    if (node)
        entries = copyEntries(canvas_->scene().index(), *node, context_);
    else if (beside_)
        entries.push_back({CopyEntry::Kind::Kubectl, {}, kubectlCommand(*beside_, context_)});
    for (const CopyEntry& entry : entries) {
        if (entry.kind != kind)
            continue;
        QApplication::clipboard()->setText(entry.text);
        showMessage(tr("Copied: %1").arg(entry.text));
        return;
    }
    showMessage(entries.empty() ? tr("Select an object to copy a command for it")
                                : tr("There is no such command for the selected object"));
}

void MainWindow::updateInspector()
{
    const TopologyScene& scene = canvas_->scene();
    const auto& key = scene.selectedKey() ? scene.selectedKey() : beside_;
    // A card that stands for several is only in what is drawn.
    const bool group = key && isGroupKey(*key);
    inspector_->inspector().show(group ? scene.shown().index : scene.index(), key, problems_->model().problems());
}

} // namespace gatehouse::ui
