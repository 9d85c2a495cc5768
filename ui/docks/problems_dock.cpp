#include "ui/docks/problems_dock.h"

#include "ui/docks/problem_page.h"
#include "ui/docks/problems_delegate.h"
#include "ui/icons.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

#include <set>
#include <string>

namespace gatehouse::ui {
namespace {

constexpr std::array severities{model::Severity::Error, model::Severity::Warning, model::Severity::Info};

/// "shop.yaml" of "shop.yaml  (2)": what a heading counts changes.
QString headingName(const QModelIndex& heading)
{
    return heading.siblingAtColumn(0).data().toString().section(QStringLiteral("  ("), 0, -2);
}

} // namespace

ProblemsDock::ProblemsDock(QWidget* parent) : Dock(tr("Problems"), QStringLiteral("problems"), Header::None, parent)
{
    makeList();
    page_ = new ProblemPage;
    auto* nothing = new QWidget;
    nothing->setObjectName(QStringLiteral("dockBody"));
    auto* line = new QHBoxLayout(nothing);
    line->addStretch(1);
    fineIcon_ = new QLabel;
    line->addWidget(fineIcon_);
    fine_ = new QLabel(tr("No problems"));
    fine_->setObjectName(QStringLiteral("muted"));
    line->addWidget(fine_);
    line->addStretch(1);
    pages_ = new QStackedWidget;
    pages_->addWidget(list_);
    pages_->addWidget(nothing);
    pages_->setCurrentIndex(1);

    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(1);
    split->addWidget(pages_);
    split->addWidget(page_);
    split->setStretchFactor(0, 5);
    split->setStretchFactor(1, 3);
    page_->hide();

    auto* body = new QWidget;
    body->setObjectName(QStringLiteral("dockBody"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(split, 1);
    setWidget(body);

    connect(explain_, &QToolButton::toggled, page_, &QWidget::setVisible);
    connect(explain_, &QToolButton::toggled, this, &ProblemsDock::currentChanged);
    connect(page_, &ProblemPage::jumpRequested, this, &ProblemsDock::picked);
    showCounts();
}

QWidget* ProblemsDock::makeBar()
{
    auto* bar = new QWidget;
    bar->setObjectName(QStringLiteral("filterBar"));
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(12, 4, 10, 4);
    line->setSpacing(6);
    for (const model::Severity severity : severities) {
        auto* chip = new QToolButton;
        chip->setObjectName(QStringLiteral("chip"));
        chip->setCheckable(true);
        chip->setChecked(true);
        chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        connect(chip, &QToolButton::toggled, this, &ProblemsDock::applyFilter);
        chips_[static_cast<std::size_t>(severity)] = chip;
        line->addWidget(chip);
    }
    groups_ = new QComboBox;
    groups_->setAccessibleName(tr("Group the problems"));
    groups_->addItem(tr("No groups"), static_cast<int>(ProblemsModel::Grouping::None));
    groups_->addItem(tr("By file"), static_cast<int>(ProblemsModel::Grouping::File));
    groups_->addItem(tr("By object"), static_cast<int>(ProblemsModel::Grouping::Object));
    line->addWidget(groups_);
    words_ = new QLineEdit;
    words_->setPlaceholderText(tr("Filter: words, codes, names"));
    words_->setAccessibleName(tr("Filter the problems"));
    words_->setClearButtonEnabled(false);
    words_->setMinimumWidth(140);
    words_->setMaximumWidth(320);
    words_->installEventFilter(this);
    searchIcon_ = words_->addAction(QIcon(), QLineEdit::LeadingPosition);
    line->addWidget(words_, 1);
    count_ = new QLabel;
    count_->setObjectName(QStringLiteral("muted"));
    line->addWidget(count_);
    line->addStretch(1);
    copy_ = makeToolButton(tr("Copy"), tr("Copy the problem as one line, as gatehouse check prints it"));
    explain_ = makeToolButton(tr("Explain"), tr("Show what the problem's code means, with an example (F1)"));
    explain_->setCheckable(true);
    line->addWidget(copy_);
    line->addWidget(explain_);

    connect(groups_, &QComboBox::currentIndexChanged, this, [this] {
        closed_.clear();
        model_.setGrouping(static_cast<ProblemsModel::Grouping>(groups_->currentData().toInt()));
        list_->setRootIsDecorated(model_.grouping() != ProblemsModel::Grouping::None);
        spanHeadings();
    });
    connect(words_, &QLineEdit::textChanged, this, &ProblemsDock::applyFilter);
    connect(copy_, &QToolButton::clicked, this, &ProblemsDock::copyCurrent);
    return bar;
}

void ProblemsDock::makeList()
{
    filtered_.setSourceModel(&model_);
    list_ = new QTreeView;
    list_->setModel(&filtered_);
    list_->setAccessibleName(tr("Problems"));
    list_->setItemDelegate(new ProblemsDelegate(list_));
    list_->setFrameShape(QFrame::NoFrame);
    list_->setRootIsDecorated(false);
    list_->setAllColumnsShowFocus(true);
    list_->setSelectionBehavior(QAbstractItemView::SelectRows);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    list_->installEventFilter(this);
    QHeaderView* header = list_->header();
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setSortIndicatorClearable(true);
    list_->setSortingEnabled(true);
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(60);
    header->setSectionResizeMode(ProblemsModel::TextColumn, QHeaderView::Stretch);
    list_->setColumnWidth(ProblemsModel::SeverityColumn, 110);
    list_->setColumnWidth(ProblemsModel::CodeColumn, 120);
    list_->setColumnWidth(ProblemsModel::ObjectColumn, 210);
    list_->setColumnWidth(ProblemsModel::PlaceColumn, 150);

    const auto pick = [this](const QModelIndex& at) {
        if (const Problem* problem = model_.problemAt(filtered_.mapToSource(at)))
            emit picked(*problem);
    };
    connect(list_, &QTreeView::clicked, this, pick);
    connect(list_, &QTreeView::activated, this, pick);
    connect(list_, &QTreeView::collapsed, this, [this](const QModelIndex& at) { closed_.insert(headingName(at)); });
    connect(list_, &QTreeView::expanded, this, [this](const QModelIndex& at) { closed_.remove(headingName(at)); });
    connect(list_, &QTreeView::doubleClicked, this, [this] {
        if (const Problem* problem = current())
            emit editRequested(*problem);
    });
    connect(list_, &QTreeView::customContextMenuRequested, this, &ProblemsDock::showMenu);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, &ProblemsDock::currentChanged);
}

void ProblemsDock::setTheme(const Theme& theme)
{
    theme_ = theme;
    model_.setTheme(theme);
    page_->setTheme(theme);
    static_cast<ProblemsDelegate*>(list_->itemDelegate())->setTheme(theme);
    fineIcon_->setPixmap(icon(QStringLiteral("good"), theme.good).pixmap(QSize(18, 18), devicePixelRatioF()));
    searchIcon_->setIcon(icon(QStringLiteral("search"), theme.muted));
    copy_->setIcon(icon(QStringLiteral("copy"), theme.muted, theme.faint));
    explain_->setIcon(icon(QStringLiteral("info"), theme.muted, theme.faint));
    const QColor colors[] = {theme.bad, theme.warning, theme.unknown};
    for (const model::Severity severity : severities)
        chip(severity)->setIcon(icon(iconName(severity), colors[static_cast<std::size_t>(severity)]));
}

void ProblemsDock::setProblems(std::shared_ptr<const model::Topology> topology,
                               const std::vector<model::Diagnostic>& diagnostics)
{
    topology_ = std::move(topology);
    diagnostics_ = diagnostics;
    adviceIsNew_ = false;
    refresh();
}

void ProblemsDock::setAdvice(const std::vector<model::Diagnostic>& diagnostics)
{
    advice_ = diagnostics;
    adviceIsNew_ = true;
    refresh();
}

void ProblemsDock::clearAdvice()
{
    advice_.reset();
    adviceIsNew_ = false;
}

void ProblemsDock::refresh()
{
    std::vector<model::Diagnostic> all = adviceIsNew_ ? *advice_ : diagnostics_;
    if (!adviceIsNew_ && advice_) {
        // The linters' answer comes in a moment; what they said before stays, so that nothing jumps meanwhile.
        std::set<std::string> told;
        for (const model::Diagnostic& problem : all)
            told.insert(problem.code + model::toString(problem.object.value_or(model::ObjectKey{})) + problem.message);
        for (const model::Diagnostic& problem : *advice_)
            if (problem.severity != model::Severity::Error &&
                !told.contains(problem.code + model::toString(problem.object.value_or(model::ObjectKey{})) +
                               problem.message))
                all.push_back(problem);
    }
    model_.setProblems(problemList(*topology_, all));
    showCounts();
    spanHeadings();
    currentChanged();
}

void ProblemsDock::showCounts()
{
    const auto total = static_cast<int>(model_.problems().size());
    const QString texts[] = {tr("Errors"), tr("Warnings"), tr("Notes")};
    for (const model::Severity severity : severities) {
        const QString& text = texts[static_cast<std::size_t>(severity)];
        chip(severity)->setText(QStringLiteral("%1 %2").arg(text).arg(model_.count(severity)));
        chip(severity)->setAccessibleName(tr("Show %1").arg(text));
    }
    const int listed = filtered_.count();
    count_->setText(listed == total ? QString() : tr("%1 of %2").arg(listed).arg(total));
    const int worth = model_.count(model::Severity::Error) + model_.count(model::Severity::Warning);
    setWindowTitle(worth == 0 ? tr("Problems") : tr("Problems (%1)").arg(worth));
    pages_->setCurrentIndex(listed == 0 ? 1 : 0);
    fine_->setText(total == 0 ? tr("No problems") : tr("No problem is of this kind"));
    fineIcon_->setVisible(total == 0);
}

void ProblemsDock::spanHeadings()
{
    const bool grouped = model_.grouping() != ProblemsModel::Grouping::None;
    for (int row = 0; row < filtered_.rowCount(); ++row)
        list_->setFirstColumnSpanned(row, {}, grouped);
    if (!grouped)
        return;
    for (int row = 0; row < filtered_.rowCount(); ++row) { // what somebody closed stays closed
        const QModelIndex heading = filtered_.index(row, 0);
        if (!closed_.contains(headingName(heading)))
            list_->expand(heading);
    }
}

void ProblemsDock::applyFilter()
{
    std::set<model::Severity> hidden;
    for (const model::Severity severity : severities)
        if (!chip(severity)->isChecked())
            hidden.insert(severity);
    filtered_.setHidden(std::move(hidden));
    filtered_.setWords(words_->text());
    showCounts();
    spanHeadings();
}

const Problem* ProblemsDock::current() const
{
    return model_.problemAt(filtered_.mapToSource(list_->currentIndex()));
}

void ProblemsDock::currentChanged()
{
    const Problem* problem = current();
    copy_->setEnabled(problem != nullptr);
    if (!page_->isVisibleTo(this))
        return;
    page_->setProblem(problem ? std::optional(*problem) : std::nullopt);
    if (problem)
        emit codeRequested(problem->code);
}

void ProblemsDock::setCodePage(const CodePage& page)
{
    page_->setCode(page);
}

void ProblemsDock::explainCurrent()
{
    bringToFront();
    if (!current() && filtered_.rowCount() > 0) {
        const QModelIndex first = filtered_.index(0, 0);
        list_->setCurrentIndex(filtered_.hasChildren(first) ? filtered_.index(0, 0, first) : first);
    }
    explain_->setChecked(true);
    list_->setFocus(Qt::ShortcutFocusReason);
}

void ProblemsDock::explain(const Problem& problem)
{
    const QModelIndex found = model_.find(problem);
    if (!found.isValid())
        return;
    if (!filtered_.mapFromSource(found).isValid()) {
        words_->clear();
        chip(problem.severity)->setChecked(true);
    }
    list_->setCurrentIndex(filtered_.mapFromSource(found));
    list_->scrollTo(list_->currentIndex());
    explainCurrent();
}

void ProblemsDock::copyCurrent()
{
    if (const Problem* problem = current())
        QApplication::clipboard()->setText(problem->line);
}

void ProblemsDock::showMenu(const QPoint& at)
{
    const Problem* found = model_.problemAt(filtered_.mapToSource(list_->indexAt(at)));
    if (!found)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Go to the Object"), this, [this, problem = *found] { emit picked(problem); });
    if (found->location.known())
        menu->addAction(tr("Edit the File"), this, [this, problem = *found] { emit editRequested(problem); });
    menu->addAction(tr("Explain %1").arg(found->code), this, &ProblemsDock::explainCurrent);
    menu->addSeparator();
    menu->addAction(tr("Copy"), this, &ProblemsDock::copyCurrent)->setShortcut(QKeySequence::Copy);
    if (!found->remedy.isEmpty())
        menu->addAction(tr("Copy How to Mend It"), this,
                        [remedy = found->remedy] { QApplication::clipboard()->setText(remedy); });
    menu->popup(list_->viewport()->mapToGlobal(at));
}

bool ProblemsDock::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        const bool press = event->type() == QEvent::KeyPress;
        if (watched == list_ && key->matches(QKeySequence::Copy) && current()) {
            event->accept();
            if (press)
                copyCurrent();
            return true;
        }
        if (watched == words_ && key->key() == Qt::Key_Escape && !words_->text().isEmpty()) {
            event->accept();
            if (press)
                words_->clear();
            return true;
        }
    }
    return Dock::eventFilter(watched, event);
}

} // namespace gatehouse::ui
