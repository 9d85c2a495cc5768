#include "ui/docks/problems_dock.h"

#include "ui/docks/tables.h"
#include "ui/icons.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTableView>

namespace gatehouse::ui {
namespace {

/// Texts of so many rows are shown whole, on several lines where needed; measuring more of them would take too long.
constexpr int mostWrapped = 200;

} // namespace

ProblemsDock::ProblemsDock(QWidget* parent) : Dock(tr("Problems"), QStringLiteral("problems"), Header::None, parent)
{
    table_ = new QTableView;
    prepareTable(*table_, tr("Problems"));
    table_->setWordWrap(true);
    table_->setModel(&model_);
    QHeaderView* header = table_->horizontalHeader();
    header->setSectionResizeMode(ProblemsModel::TextColumn, QHeaderView::Stretch);
    table_->setColumnWidth(ProblemsModel::SeverityColumn, 96);
    table_->setColumnWidth(ProblemsModel::CodeColumn, 130);
    table_->setColumnWidth(ProblemsModel::ObjectColumn, 200);
    table_->setColumnWidth(ProblemsModel::PlaceColumn, 150);

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
    pages_->addWidget(table_);
    pages_->addWidget(nothing);
    pages_->setCurrentIndex(1);
    setWidget(pages_);

    const auto pick = [this](const QModelIndex& at) {
        if (at.isValid())
            emit picked(model_.problem(at.row()));
    };
    connect(table_, &QTableView::clicked, this, pick);
    connect(table_, &QTableView::activated, this, pick);
}

void ProblemsDock::setTheme(const Theme& theme)
{
    model_.setTheme(theme);
    fineIcon_->setPixmap(icon(QStringLiteral("good"), theme.good).pixmap(QSize(18, 18), devicePixelRatioF()));
}

void ProblemsDock::setProblems(const model::Topology& topology, const std::vector<model::Diagnostic>& diagnostics)
{
    model_.setProblems(topology, diagnostics);
    const int count = model_.rowCount();
    table_->verticalHeader()->setSectionResizeMode(count <= mostWrapped ? QHeaderView::ResizeToContents
                                                                        : QHeaderView::Fixed);
    pages_->setCurrentIndex(count == 0 ? 1 : 0);
    setWindowTitle(count == 0 ? tr("Problems") : tr("Problems (%1)").arg(count));
}

} // namespace gatehouse::ui
