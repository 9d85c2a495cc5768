// How the topology is looked at, from one run of the program to the next.

#include "ui/docks/inspector_dock.h"
#include "ui/docks/traffic_dock.h"
#include "ui/main_window.h"
#include "ui/topology/filter_bar.h"
#include "ui/topology/topology_panel.h"
#include "ui/topology/view_session.h"

#include <QAction>
#include <QSpinBox>

namespace gatehouse::ui {

QByteArray MainWindow::viewSessionText() const
{
    if (!state_.topology)
        return {};
    ViewSession session;
    canvas_->scene().remember(session);
    canvas_->view().remember(session);
    return toJson(session);
}

void MainWindow::beginSet(const QString& context)
{
    context_ = context;
    inspector_->inspector().setContext(context);
    clearAdvice();
    traffic_->clear();
    beside_.reset();
    canvas_->scene().select(std::nullopt);
    ViewSession usual;
    usual.topDown = canvas_->scene().direction() == layout::Direction::TopDown;
    canvas_->scene().resume(usual); // before the filter bar tells it the same, which would arrange what goes
    canvas_->filters().setFilter({});
    canvas_->hopsBox()->setValue(0);
}

void MainWindow::resumeView(const QByteArray& text)
{
    const auto session = viewSession(text);
    if (!session)
        return;
    TopologyScene& scene = canvas_->scene();
    scene.resume(*session);
    canvas_->filters().setFilter(session->filter);
    canvas_->hopsBox()->setValue(session->hops ? static_cast<int>(*session->hops) : 0);
    action(session->topDown ? QStringLiteral("top-down") : QStringLiteral("left-right"))->setChecked(true);
    // Not at once: an empty topology may be about to be arranged.
    auto* waiting = new QObject(this);
    connect(&scene, &TopologyScene::arranged, waiting, [this, waiting, session = *session] {
        const TopologyIndex& index = canvas_->scene().index();
        if (index.topology().nodes.empty())
            return;
        waiting->deleteLater();
        if (session.selected && index.find(*session.selected))
            canvas_->scene().select(session.selected);
        canvas_->view().resume(session);
    });
}

} // namespace gatehouse::ui
