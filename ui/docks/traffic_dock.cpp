#include "ui/docks/traffic_dock.h"

#include "ui/docks/tables.h"

#include <QHeaderView>
#include <QTableView>

namespace gatehouse::ui {

TrafficDock::TrafficDock(QWidget* parent) : Dock(tr("Traffic"), QStringLiteral("traffic"), Header::None, parent)
{
    table_ = new QTableView;
    prepareTable(*table_, tr("Traffic"));
    table_->setModel(&model_);
    table_->horizontalHeader()->setSectionResizeMode(TrafficModel::UrlColumn, QHeaderView::Stretch);
    table_->setColumnWidth(TrafficModel::TimeColumn, 110);
    table_->setColumnWidth(TrafficModel::MethodColumn, 80);
    table_->setColumnWidth(TrafficModel::StatusColumn, 70);
    table_->setColumnWidth(TrafficModel::FlagsColumn, 64);
    table_->setColumnWidth(TrafficModel::DurationColumn, 90);
    table_->setColumnWidth(TrafficModel::GatewayColumn, 190);
    table_->setColumnWidth(TrafficModel::RouteColumn, 230);
    table_->setColumnWidth(TrafficModel::BackendColumn, 180);
    setWidget(table_);
    connect(table_, &QTableView::clicked, this, [this](const QModelIndex& at) {
        const model::AccessEvent& event = model_.event(at.row());
        emit picked(QString::fromStdString(event.route), QString::fromStdString(event.gateway));
    });
}

void TrafficDock::setTheme(const Theme& theme)
{
    model_.setTheme(theme);
    table_->viewport()->update();
}

} // namespace gatehouse::ui
