#include "ui/docks/compare_dock.h"

#include "ui/dialogs/path_dialog.h"
#include "ui/docks/tables.h"
#include "ui/icons.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <set>

namespace gatehouse::ui {

namespace {

constexpr std::size_t mostOpen = 30;

} // namespace

CompareDock::CompareDock(QWidget* parent) : Dock(tr("Compare"), QStringLiteral("compare"), Header::None, parent)
{
    setAcceptDrops(true);
    proxy_ = new QSortFilterProxyModel(this);
    proxy_->setSourceModel(&model_);
    proxy_->setRecursiveFilteringEnabled(true);
    proxy_->setAutoAcceptChildRows(true);
    proxy_->setFilterKeyColumn(-1);
    proxy_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* body = new QWidget;
    body->setObjectName(QStringLiteral("dockBody"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTop());
    column->addWidget(makeBody(), 1);
    setWidget(body);
    makeTreeActions();

    connect(base_, &QLineEdit::returnPressed, this, [this] { ask(base_->text()); });
    connect(compare_, &QPushButton::clicked, this, [this] { ask(base_->text()); });
    connect(stop_, &QToolButton::clicked, this, &CompareDock::stopRequested);
    connect(copy_, &QToolButton::clicked, this, &CompareDock::copyMarkdown);
    connect(filter_, &QLineEdit::textChanged, this, [this](const QString& text) {
        proxy_->setFilterFixedString(text);
        expand();
    });
    connect(tree_, &QTreeView::clicked, this, &CompareDock::jump);
    connect(tree_, &QTreeView::doubleClicked, this, &CompareDock::probe);
    clear();
}

QWidget* CompareDock::makeTop()
{
    const auto iconButton = [](const QString& text, const QString& tip) {
        auto* made = makeToolButton(text, tip);
        made->setToolButtonStyle(Qt::ToolButtonIconOnly);
        return made;
    };
    base_ = new QLineEdit;
    base_->setPlaceholderText(tr("A file, a folder, or git:REF:PATH"));
    base_->setToolTip(tr("What to compare with. git:main:. is the opened folder as it was in main"));
    base_->setAccessibleName(tr("Base to compare with"));
    base_->setClearButtonEnabled(true);
    choose_ = makeToolButton(tr("Choose"), tr("Choose what to compare with"));
    choose_->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(choose_);
    menu->addAction(tr("A &File\u2026"), this, &CompareDock::chooseFile);
    menu->addAction(tr("A F&older\u2026"), this, &CompareDock::chooseFolder);
    menu->addAction(tr("A &Git Revision\u2026"), this, &CompareDock::chooseRevision);
    choose_->setMenu(menu);
    compare_ = new QPushButton(tr("Compare"));
    compare_->setObjectName(QStringLiteral("primary"));
    stop_ = iconButton(tr("Stop comparing"), tr("Stop comparing (Ctrl+Shift+D)"));
    copy_ = iconButton(tr("Copy as Markdown"), tr("Copy all of it as Markdown, for a pull request"));
    filter_ = new QLineEdit;
    filter_->setPlaceholderText(tr("Filter"));
    filter_->setAccessibleName(tr("Filter the differences"));
    filter_->setClearButtonEnabled(true);
    filter_->setMaximumWidth(180);
    busy_ = new QProgressBar;
    busy_->setRange(0, 0);
    busy_->setTextVisible(false);
    busy_->setFixedWidth(80);
    busy_->setAccessibleName(tr("Comparing"));
    busy_->hide();
    summaryIcon_ = new QLabel;
    summary_ = new QLabel;
    summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* top = new QWidget;
    auto* line = new QHBoxLayout(top);
    line->setContentsMargins(14, 8, 14, 6);
    line->setSpacing(6);
    line->addWidget(base_, 3);
    line->addWidget(choose_);
    line->addWidget(compare_);
    line->addWidget(stop_);
    line->addSpacing(8);
    line->addWidget(summaryIcon_);
    line->addWidget(summary_, 4);
    line->addWidget(busy_);
    line->addWidget(copy_);
    line->addWidget(filter_);
    return top;
}

QWidget* CompareDock::makeBody()
{
    tree_ = new QTreeView;
    tree_->setModel(proxy_);
    prepareTree(*tree_, tr("Differences"));
    QHeaderView* header = tree_->header();
    header->setSectionResizeMode(CompareModel::BeforeColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(CompareModel::AfterColumn, QHeaderView::Stretch);
    tree_->setColumnWidth(CompareModel::WhatColumn, 380);
    tree_->setColumnWidth(CompareModel::ChangeColumn, 96);
    tree_->setColumnWidth(CompareModel::PlaceColumn, 140);

    auto* nothing = new QWidget;
    auto* line = new QHBoxLayout(nothing);
    line->addStretch(1);
    hintIcon_ = new QLabel;
    line->addWidget(hintIcon_);
    hint_ = new QLabel;
    hint_->setObjectName(QStringLiteral("muted"));
    hint_->setWordWrap(true);
    line->addWidget(hint_, 4);
    line->addStretch(1);
    pages_ = new QStackedWidget;
    pages_->addWidget(nothing);
    pages_->addWidget(tree_);
    return pages_;
}

void CompareDock::makeTreeActions()
{
    const auto add = [this](const QString& text, const QKeySequence& shortcut,
                            void (CompareDock::*slot)(const QModelIndex&)) {
        auto* action = new QAction(text, tree_);
        action->setShortcut(shortcut);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, [this, slot] { (this->*slot)(tree_->currentIndex()); });
        tree_->addAction(action);
    };
    add(tr("&Explain in the Probe"), Qt::Key_Return, &CompareDock::probe);
    add(tr("&Go to the Object"), Qt::CTRL | Qt::Key_J, &CompareDock::jump);
}

void CompareDock::setTheme(const Theme& theme)
{
    theme_ = theme;
    model_.setTheme(theme);
    choose_->setIcon(icon(QStringLiteral("open"), theme.muted));
    stop_->setIcon(icon(QStringLiteral("clear"), theme.muted, theme.faint));
    copy_->setIcon(icon(QStringLiteral("copy"), theme.muted, theme.faint));
    hintIcon_->setPixmap(
        icon(QStringLiteral("compare"), theme.borderStrong).pixmap(QSize(30, 30), devicePixelRatioF()));
    showSummary();
}

QString CompareDock::summary() const
{
    return summary_->text();
}

void CompareDock::startChoosing()
{
    bringToFront();
    base_->setFocus(Qt::ShortcutFocusReason);
    base_->selectAll();
}

void CompareDock::setBase(const QString& base)
{
    base_->setText(base);
}

void CompareDock::copyMarkdown() const
{
    if (comparison_)
        QApplication::clipboard()->setText(comparison_->markdown);
}

void CompareDock::ask(const QString& base)
{
    if (base.trimmed().isEmpty()) {
        startChoosing();
        return;
    }
    base_->setText(base.trimmed());
    emit compareRequested(base.trimmed());
}

void CompareDock::chooseFile()
{
    askForPaths({PathWish::Kind::File, tr("Compare with a file"), tr("Manifests (*.yaml *.yml *.json);;All files (*)")},
                this, [this](const QStringList& paths) { ask(paths.first()); });
}

void CompareDock::chooseFolder()
{
    askForPaths({PathWish::Kind::Folder, tr("Compare with a folder of manifests")}, this,
                [this](const QStringList& paths) { ask(paths.first()); });
}

void CompareDock::chooseRevision()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("revision"));
    dialog->setWindowTitle(tr("Compare with a git revision"));
    dialog->setLabelText(tr("A branch, a tag or a commit; the opened folder as it was there is the base."));
    dialog->setTextValue(QStringLiteral("HEAD"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& revision) {
        if (!revision.trimmed().isEmpty())
            ask(QStringLiteral("git:%1:.").arg(revision.trimmed()));
    });
    dialog->open();
}

void CompareDock::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void CompareDock::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    ask(event->mimeData()->urls().first().toLocalFile());
}

void CompareDock::setBusy(bool on)
{
    busy_->setVisible(on);
    stop_->setEnabled(on || comparison_ || !fault_.isEmpty());
}

void CompareDock::setComparison(std::shared_ptr<const Comparison> comparison)
{
    fault_ = comparison->fault;
    base_->setText(comparison->base);
    comparison_ = fault_.isEmpty() ? std::move(comparison) : nullptr;
    std::set<QString> before;
    for (int row = 0; row < model_.rowCount(); ++row)
        before.insert(model_.placeOf(model_.index(row, 0)));
    if (comparison_)
        model_.setComparison(*comparison_);
    else
        model_.clear();
    if (before.empty())
        expand();
    else // what was open or closed stays so
        for (int row = 0; row < model_.rowCount(); ++row)
            if (const QModelIndex group = model_.index(row, 0); !before.contains(model_.placeOf(group)))
                tree_->expand(proxy_->mapFromSource(group));
    showSummary();
    emit shown();
}

/// Few fields are shown at once; of many objects the names come first.
void CompareDock::expand()
{
    std::size_t rows = 0;
    if (comparison_) {
        for (const Change& change : comparison_->objects)
            rows += 1 + change.parts.size();
    }
    const bool all = !filter_->text().isEmpty() || rows <= mostOpen;
    tree_->collapseAll();
    all ? tree_->expandAll() : tree_->expandToDepth(0);
}

void CompareDock::clear()
{
    const bool had = comparison_ != nullptr;
    comparison_.reset();
    fault_.clear();
    model_.clear();
    setBusy(false);
    showSummary();
    if (had)
        emit shown();
}

void CompareDock::showSummary()
{
    const bool any = comparison_ && !comparison_->same();
    QString text, name;
    QColor color = theme_.muted;
    if (!fault_.isEmpty()) {
        text = tr("Cannot be compared");
        name = QStringLiteral("bad");
        color = theme_.bad;
    } else if (comparison_) {
        text = comparison_->summary();
        text[0] = text[0].toUpper();
        if (comparison_->problems > 0)
            text += comparison_->problems == 1
                        ? tr(" \u2014 1 error in the base takes no part")
                        : tr(" \u2014 %1 errors in the base take no part").arg(comparison_->problems);
        name = any ? QStringLiteral("compare") : QStringLiteral("good");
        color = any ? theme_.accent : theme_.good;
    }
    summary_->setText(text);
    summary_->setToolTip(text);
    summaryIcon_->setPixmap(name.isEmpty() ? QPixmap() : icon(name, color).pixmap(QSize(16, 16), devicePixelRatioF()));
    hint_->setText(!fault_.isEmpty() ? fault_
                   : comparison_     ? tr("What is open and the base do the same.")
                                     : tr("Choose a base to see what is added, removed and changed, and which requests "
                                              "go elsewhere. A file or folder may be dropped here."));
    pages_->setCurrentIndex(any ? 1 : 0);
    copy_->setEnabled(comparison_ != nullptr);
    stop_->setEnabled(comparison_ || !fault_.isEmpty() || busy_->isVisibleTo(busy_->parentWidget()));
    setWindowTitle(any ? tr("Compare (%1)").arg(comparison_->objects.size() + comparison_->behaviour.size())
                       : tr("Compare"));
}

void CompareDock::jump(const QModelIndex& at)
{
    const RowTree::Jump jump = model_.jumpAt(proxy_->mapToSource(at));
    if (jump.key)
        emit jumpRequested(*jump.key,
                           jump.location.position.known() ? static_cast<int>(jump.location.position.line) : 0);
}

void CompareDock::probe(const QModelIndex& at)
{
    if (const auto request = model_.requestAt(proxy_->mapToSource(at)))
        emit probeRequested(*request);
    else if (at.isValid())
        tree_->setExpanded(at.siblingAtColumn(0), !tree_->isExpanded(at.siblingAtColumn(0)));
}

} // namespace gatehouse::ui
