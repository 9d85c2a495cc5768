// The editor in the window: what opens it, the strip that tells of a draft, and that no unsaved text is lost.

#include "ui/docks/editor_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/problems_dock.h"
#include "ui/docks/tests_dock.h"
#include "ui/editor/code_view.h"
#include "ui/editor/editor_page.h"
#include "ui/editor/notice.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {

QString fileCount(qsizetype count)
{
    return count == 1 ? MainWindow::tr("1 unsaved file") : MainWindow::tr("%1 unsaved files").arg(count);
}

QString count(int number, const QString& one, const QString& many)
{
    return number == 1 ? one : many.arg(number);
}

/// "1 object changed, 2 routes refused": what a draft does, in so few words that they fit above the canvas.
QString changeWords(const DraftChanges& changes)
{
    QStringList parts;
    const auto add = [&](int number, const QString& one, const QString& many) {
        if (number > 0)
            parts << count(number, one, many);
    };
    add(changes.added, MainWindow::tr("1 object added"), MainWindow::tr("%1 objects added"));
    add(changes.removed, MainWindow::tr("1 object removed"), MainWindow::tr("%1 objects removed"));
    add(changes.changed, MainWindow::tr("1 object changed"), MainWindow::tr("%1 objects changed"));
    add(changes.attached, MainWindow::tr("1 attachment more"), MainWindow::tr("%1 attachments more"));
    add(changes.detached, MainWindow::tr("1 attachment less"), MainWindow::tr("%1 attachments less"));
    add(changes.conditions, MainWindow::tr("1 condition differs"), MainWindow::tr("%1 conditions differ"));
    add(changes.rerouted, MainWindow::tr("1 kind of request ends elsewhere"),
        MainWindow::tr("%1 kinds of requests end elsewhere"));
    return parts.isEmpty() ? MainWindow::tr("nothing that routing or status depends on")
                           : parts.join(QStringLiteral(", "));
}

} // namespace

void MainWindow::connectEditor()
{
    // The strip lies above whatever the middle shows.
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    draftBar_ = new Notice(Notice::Tone::Draft);
    draftBar_->setTheme(theme_);
    column->addWidget(draftBar_);
    column->addWidget(takeCentralWidget(), 1);
    setCentralWidget(middle);

    const std::pair<const char*, std::function<void()>> handlers[] = {
        {"edit", [this] { editHere(); }},
        {"save", [this] { editor_->save(); }},
        {"save-all", [this] { editor_->saveAll(); }},
        {"revert", [this] { editor_->revert(); }},
        {"close-file", [this] { editor_->closeFile(); }},
        {"undo", [this] { onCanvas() ? canvas_->scene().moves().undo() : editor_->undo(); }},
        {"redo", [this] { onCanvas() ? canvas_->scene().moves().redo() : editor_->redo(); }},
        {"find-text", [this] { editor_->find(false); }},
        {"replace-text", [this] { editor_->find(true); }},
        {"comment", [this] { editor_->toggleComment(); }},
        {"complete", [this] { editor_->complete(); }},
        {"next-problem", [this] { editor_->goToNextProblem(); }},
    };
    for (const auto& [id, handler] : handlers)
        connect(action(QLatin1String(id)), &QAction::triggered, this, handler);
    connect(editor_, &EditorDock::stateChanged, this, &MainWindow::updateEditorActions);
    connect(editor_, &EditorDock::closeWanted, this,
            [this](const QString& file) { askUnsaved({file}, [this, file] { editor_->giveUp(file); }); });
    connect(problems_, &ProblemsDock::editRequested, this, [this](const Problem& problem) { edit(problem.location); });
    for (QWidget* each : {static_cast<QWidget*>(inspector_->inspector().yamlView()),
                          static_cast<QWidget*>(tests_->tree()), static_cast<QWidget*>(tests_->textView())})
        each->addAction(action(QStringLiteral("edit")));
    for (const auto changed : {&QUndoStack::canUndoChanged, &QUndoStack::canRedoChanged})
        connect(&canvas_->scene().moves(), changed, this, &MainWindow::updateEditorActions);
    updateEditorActions();
}

void MainWindow::updateEditorActions()
{
    const EditorPage* page = editor_->page();
    const bool unsaved = page && page->unsaved();
    for (const char* id : {"save", "revert"})
        action(QLatin1String(id))->setEnabled(unsaved);
    action(QStringLiteral("save-all"))->setEnabled(!editor_->unsavedFiles().isEmpty());
    for (const char* id : {"close-file", "find-text", "replace-text", "comment", "complete", "next-problem"})
        action(QLatin1String(id))->setEnabled(page != nullptr);
    const QUndoStack& moves = canvas_->scene().moves();
    action(QStringLiteral("undo"))->setEnabled(page || moves.canUndo());
    action(QStringLiteral("redo"))->setEnabled(page || moves.canRedo());
}

/// Whether what is undone is a card's move: with the keyboard on the canvas, or with no file open.
bool MainWindow::onCanvas() const
{
    return canvas_->view().hasFocus() || !editor_->page();
}

/// The file of what is at hand: the problem, the test or the line of YAML that has the focus, else the selected object.
void MainWindow::editHere()
{
    const Problem* problem = problems_->list()->hasFocus() ? problems_->current() : nullptr;
    if (problem) {
        edit(problem->location);
        return;
    }
    if (const model::SourceLocation test = tests_->placeAtFocus(); test.known()) {
        edit(test);
        return;
    }
    const bool any = canvas_->scene().selectedKey() || beside_;
    model::SourceLocation at = inspector_->inspector().source();
    if (any && at.known() && inspector_->inspector().yamlView()->hasFocus())
        at.position = {static_cast<std::uint32_t>(inspector_->inspector().yamlView()->cursorLine()), 1};
    if (any)
        edit(at);
    else if (!editor_->openFiles().isEmpty())
        editor_->open(editor_->page()->file());
    else
        showMessage(tr("Select an object to edit the file that defines it"));
}

void MainWindow::edit(const model::SourceLocation& at)
{
    if (!at.known()) {
        showMessage(tr("No file defines this"));
        return;
    }
    const bool first = editor_->isHidden();
    editor_->open(QString::fromStdString(*at.file), static_cast<int>(at.position.line),
                  static_cast<int>(at.position.column));
    if (first) // a text needs more than an Inspector
        resizeDocks({editor_}, {std::max(editor_->width(), width() * 2 / 5)}, Qt::Horizontal);
}

void MainWindow::setDraft(const std::optional<DraftInfo>& draft)
{
    if (!draft) {
        draftBar_->hide();
        return;
    }
    QString text = tr("Draft: what %1 would change").arg(fileCount(draft->files));
    if (draft->rejected)
        text += QStringLiteral(" \u2014 ") + tr("it has errors; the topology is the last one without");
    else if (draft->changes)
        text += QStringLiteral(" \u2014 ") + changeWords(*draft->changes);
    const QString tip = draft->changes ? draft->changes->lines.join(QLatin1Char('\n')) : QString();
    if (draftBar_->isHidden())
        draftBar_->tell(text, {{tr("Save"), [this] { editor_->saveAll(); }},
                               {tr("Revert"), [this] { editor_->revertFiles(editor_->unsavedFiles()); }}});
    draftBar_->setText(text, tip);
}

void MainWindow::requestOpen(const QStringList& paths)
{
    leaveEditor([this, paths] {
        editor_->closeAll();
        emit openRequested(paths);
    });
}

void MainWindow::leaveEditor(const std::function<void()>& then)
{
    const QStringList unsaved = editor_->unsavedFiles();
    if (unsaved.isEmpty()) {
        then();
        return;
    }
    askUnsaved(unsaved, [this, then] { leaveEditor(then); }); // there may be more by then
}

/// Asks what becomes of unsaved texts; `decided` follows once they are saved, or are to be discarded.
void MainWindow::askUnsaved(const QStringList& files, const std::function<void()>& decided)
{
    if (unsavedQuestion_) {
        unsavedQuestion_->raise();
        return;
    }
    unsavedQuestion_ = new QMessageBox(QMessageBox::Question, tr("Unsaved changes"),
                                       tr("Save the changes to %1?").arg(fileCount(files.size())),
                                       QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    unsavedQuestion_->setInformativeText(files.join(QLatin1Char('\n')));
    unsavedQuestion_->setDefaultButton(QMessageBox::Save);
    unsavedQuestion_->setAttribute(Qt::WA_DeleteOnClose);
    connect(unsavedQuestion_, &QMessageBox::finished, this, [this, files, decided](int answer) {
        if (answer == QMessageBox::Discard) {
            editor_->revertFiles(files);
            decided();
        } else if (answer == QMessageBox::Save) {
            // What cannot be saved says so in its tab, and nothing is lost.
            connect(
                editor_, &EditorDock::saveEnded, this,
                [this, files, decided](bool saved) {
                    const QStringList unsaved = editor_->unsavedFiles();
                    const bool typedOn = std::any_of(files.begin(), files.end(),
                                                     [&](const QString& file) { return unsaved.contains(file); });
                    if (saved && !typedOn)
                        decided();
                },
                Qt::SingleShotConnection);
            editor_->saveFiles(files);
        }
    });
    unsavedQuestion_->open(); // what goes on behind it goes on
}

bool MainWindow::mayClose()
{
    if (editor_->unsavedFiles().isEmpty())
        return true;
    leaveEditor([this] { close(); });
    return false;
}

} // namespace gatehouse::ui
