#include "ui/docks/traffic_dock.h"

#include "ui/docks/tables.h"
#include "ui/docks/traffic_charts.h"
#include "ui/document/traffic_words.h"
#include "ui/icons.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>
#include <QTextDocumentFragment>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace gatehouse::ui {

TrafficDock::TrafficDock(QWidget* parent) : Dock(tr("Traffic"), QStringLiteral("traffic"), Header::None, parent)
{
    filtered_.setSourceModel(&model_);
    filtered_.setFilterKeyColumn(-1); // any column
    filtered_.setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("dockBody"));
    split->setChildrenCollapsible(false);
    split->addWidget(makeCharts());
    split->addWidget(makeList());
    detail_ = makeDetail();
    split->addWidget(detail_);
    split->setStretchFactor(0, 0);
    split->setStretchFactor(1, 3);
    split->setStretchFactor(2, 2);
    detail_->hide();
    setWidget(split);

    connect(filter_, &QLineEdit::textChanged, this, [this](const QString& text) {
        filtered_.setFilterFixedString(text.trimmed());
        showCount();
    });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& now) { showDetail(now); });
    connect(table_, &QTableView::clicked, this, [this](const QModelIndex& at) {
        if (const model::AccessEvent* event = eventAt(at))
            emit picked(QString::fromStdString(event->route), QString::fromStdString(event->gateway));
    });
    const auto jump = [this](const QModelIndex& at) {
        const ProbeModel::Jump to = explanation_.jumpAt(at);
        if (to.key)
            emit jumpRequested(*to.key, to.location.position.known() ? static_cast<int>(to.location.position.line) : 0);
    };
    connect(clear_, &QToolButton::clicked, this, &TrafficDock::clear);
    connect(tree_, &QTreeView::clicked, this, jump);
    connect(tree_, &QTreeView::activated, this, jump);
    connect(toProbe_, &QAction::triggered, this, [this] {
        if (const model::AccessEvent* event = eventAt(table_->currentIndex()); event && topology_)
            emit probeRequested(requestOf(*event, *topology_));
    });
    setTabOrder(table_, part_); // what is served comes first
    showCount();
}

QWidget* TrafficDock::makeCharts()
{
    charts_ = new TrafficCharts;
    part_ = new QComboBox;
    part_->setAccessibleName(tr("Part of the traffic"));
    part_->setToolTip(tr("Which part of the selected object's traffic the charts show"));
    part_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    part_->hide();
    connect(part_, &QComboBox::currentIndexChanged, this, &TrafficDock::showCharts);
    auto* body = new QWidget;
    body->setObjectName(QStringLiteral("dockBody"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(12, 6, 12, 0);
    line->addWidget(part_);
    column->addLayout(line);
    column->addWidget(charts_, 1);
    return body;
}

QWidget* TrafficDock::makeList()
{
    filter_ = new QLineEdit;
    filter_->setPlaceholderText(tr("Filter: a host, a path, a status, a route"));
    filter_->setAccessibleName(tr("Filter the traffic"));
    filter_->setClearButtonEnabled(true);
    searchIcon_ = filter_->addAction(QIcon(), QLineEdit::LeadingPosition);
    count_ = new QLabel;
    count_->setObjectName(QStringLiteral("muted"));
    clear_ = makeToolButton(tr("Clear"), tr("Forget what was served so far, in the list and in the charts"));
    clear_->setAccessibleName(tr("Clear the traffic"));
    table_ = new QTableView;
    prepareTable(*table_, tr("Traffic"));
    table_->setModel(&filtered_);
    table_->horizontalHeader()->setStretchLastSection(true); // what came and what became of it stand before
    table_->setColumnWidth(TrafficModel::UrlColumn, 260);
    table_->setColumnWidth(TrafficModel::TimeColumn, 104);
    table_->setColumnWidth(TrafficModel::MethodColumn, 72);
    table_->setColumnWidth(TrafficModel::StatusColumn, 96);
    table_->setColumnWidth(TrafficModel::FlagsColumn, 60);
    table_->setColumnWidth(TrafficModel::DurationColumn, 84);
    table_->setColumnWidth(TrafficModel::BytesColumn, 150);
    table_->setColumnWidth(TrafficModel::GatewayColumn, 150);
    table_->setColumnWidth(TrafficModel::RouteColumn, 180);
    table_->setColumnWidth(TrafficModel::BackendColumn, 140);

    auto* body = new QWidget;
    body->setObjectName(QStringLiteral("dockBody"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(12, 6, 12, 0);
    line->addWidget(filter_, 1);
    line->addWidget(count_);
    line->addWidget(clear_);
    column->addLayout(line);
    column->addWidget(table_, 1);
    return body;
}

QWidget* TrafficDock::makeDetail()
{
    facts_ = new QLabel;
    facts_->setTextFormat(Qt::RichText);
    facts_->setWordWrap(true);
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    facts_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    facts_->setAccessibleName(tr("What is known of it"));
    hint_ = new QLabel(tr("By the rules as they are now; headers are not recorded."));
    hint_->setObjectName(QStringLiteral("muted"));
    hint_->setWordWrap(true);
    toProbe_ = new QAction(tr("Open in the Probe"), this);
    auto* button = new QToolButton;
    button->setDefaultAction(toProbe_);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    tree_ = new QTreeView;
    tree_->setModel(&explanation_);
    tree_->setAccessibleName(tr("Explanation"));
    tree_->setFrameShape(QFrame::NoFrame);
    tree_->setHeaderHidden(true);
    tree_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    tree_->setUniformRowHeights(true);
    tree_->setIndentation(16);
    tree_->header()->setStretchLastSection(false);
    tree_->header()->setSectionResizeMode(ProbeModel::WhyColumn, QHeaderView::Stretch);
    tree_->setColumnWidth(ProbeModel::WhatColumn, 210);
    tree_->setColumnWidth(ProbeModel::PlaceColumn, 110);
    tree_->setMinimumHeight(110);

    auto* page = new QWidget;
    page->setObjectName(QStringLiteral("page"));
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(14, 10, 14, 10);
    column->setSpacing(8);
    column->addWidget(facts_);
    column->addWidget(tree_, 1);
    auto* line = new QHBoxLayout;
    line->addWidget(hint_, 1);
    line->addWidget(button);
    column->addLayout(line);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(page);
    scroll->setAccessibleName(tr("Detail"));
    return scroll;
}

void TrafficDock::setTheme(const Theme& theme)
{
    theme_ = theme;
    model_.setTheme(theme);
    explanation_.setTheme(theme);
    charts_->setTheme(theme);
    searchIcon_->setIcon(icon(QStringLiteral("search"), theme.muted));
    clear_->setIcon(icon(QStringLiteral("clear"), theme.muted, theme.faint));
    toProbe_->setIcon(icon(QStringLiteral("probe"), theme.muted));
    table_->viewport()->update();
}

void TrafficDock::append(const std::vector<model::AccessEvent>& events, std::uint64_t lost)
{
    model_.append(events);
    lost_ = lost;
    showCount();
}

void TrafficDock::addTick(const TrafficTick& tick)
{
    history_.add(tick);
    now_ = std::make_shared<const TrafficNow>(history_.now());
    showCharts();
    emit trafficChanged(now_);
}

void TrafficDock::clear()
{
    model_.clear();
    history_ = {};
    lostBefore_ = lost_;
    showDetail({});
    showCount();
    if (now_)
        now_ = std::make_shared<const TrafficNow>(history_.now());
    showCharts();
    emit trafficChanged(now_);
}

void TrafficDock::stopLive()
{
    if (!std::exchange(now_, nullptr))
        return;
    showCharts();
    emit trafficChanged(nullptr);
}

void TrafficDock::setSelection(const QString& of, const std::vector<TrafficPart>& parts)
{
    of_ = of;
    if (parts != parts_) { // else it is the same object, perhaps with another health
        parts_ = parts;
        const QSignalBlocker quiet(part_);
        part_->clear();
        for (const TrafficPart& part : parts_)
            part_->addItem(part.title.isEmpty() ? of_ : part.title);
        part_->setVisible(parts_.size() > 1);
        charts_->showTitle(parts_.size() <= 1);
    }
    showCharts();
}

QString TrafficDock::selectionText() const
{
    return now_ && !parts_.empty() && parts_.front().title.isEmpty() ? trafficText(now_->of(parts_.front().key))
                                                                     : QString();
}

void TrafficDock::showCharts()
{
    const auto chosen = static_cast<std::size_t>(std::max(part_->currentIndex(), 0));
    const TrafficPart part = chosen < parts_.size() ? parts_[chosen] : TrafficPart();
    charts_->setCurve(part.title.isEmpty() ? of_ : of_ + QStringLiteral(" \u00b7 ") + part.title,
                      history_.curve(part.key), now_ ? now_->of(part.key) : TrafficNumbers());
}

QString TrafficDock::countText() const
{
    return count_->text();
}

void TrafficDock::showCount()
{
    const QLocale locale;
    const int all = model_.rowCount(), shown = filtered_.rowCount();
    QString text = shown == all ? tr("%1 shown").arg(locale.toString(all))
                                : tr("%1 of %2 shown").arg(locale.toString(shown), locale.toString(all));
    if (model_.forgotten() > 0)
        text += tr(", %1 older ones forgotten").arg(locale.toString(qulonglong(model_.forgotten())));
    if (lost_ > lostBefore_)
        text += tr(", sampled: %1 counted but not shown").arg(locale.toString(qulonglong(lost_ - lostBefore_)));
    count_->setText(all == 0 ? QString() : text);
    clear_->setEnabled(all > 0);
}

const model::AccessEvent* TrafficDock::eventAt(const QModelIndex& at) const
{
    const QModelIndex source = filtered_.mapToSource(at);
    return source.isValid() ? &model_.event(source.row()) : nullptr;
}

void TrafficDock::showDetail(const QModelIndex& at)
{
    const model::AccessEvent* event = eventAt(at);
    detail_->setVisible(event != nullptr);
    explanation_.clear();
    ++asked_;
    if (!event)
        return;
    QString rows;
    for (const auto& [label, value] : facts(*event))
        rows += QStringLiteral("<tr><td style='padding-right:12px;color:%1'>%2</td><td>%3</td></tr>")
                    .arg(theme_.muted.name(), label.toHtmlEscaped(), value.toHtmlEscaped());
    facts_->setText(QStringLiteral("<table>%1</table>").arg(rows));
    if (topology_)
        emit explainRequested({ProbeQuestion::Asker::Traffic, asked_, requestOf(*event, *topology_)});
}

void TrafficDock::setExplanation(std::uint64_t number, const ProbeResult& result)
{
    if (number != asked_)
        return; // another one is at hand by now
    explanation_.setResult(result);
    tree_->expand(explanation_.index(0, 0));
}

QString TrafficDock::factsText() const
{
    return QTextDocumentFragment::fromHtml(facts_->text()).toPlainText();
}

} // namespace gatehouse::ui
