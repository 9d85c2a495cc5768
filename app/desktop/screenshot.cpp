#include "app/desktop/screenshot.h"

#include "app/desktop/comparer.h"
#include "ui/docks/compare_dock.h"
#include "ui/docks/probe_dock.h"
#include "ui/topology/topology_panel.h"

#include <QCoreApplication>
#include <QPixmap>

#include <cstdio>
#include <utility>

namespace gatehouse::desktop {

Screenshot::Screenshot(ui::MainWindow& window, Controller& controller, Wish wish)
    : window_(window), controller_(controller), wish_(std::move(wish)), engineReady_(!wish_.run)
{
    compared_ = !wish_.comparer;
    if (wish_.comparer)
        connect(wish_.comparer, &Comparer::compared, this, &Screenshot::compared);
    connect(&controller_, &Controller::loaded, this, &Screenshot::loaded);
    connect(&controller_, &Controller::refused, this, [this](const QString& why) {
        if (!done_)
            leave(2, why);
    });
    connect(&controller_, &Controller::engineUp, this, [this] {
        engineReady_ = true;
        proceed();
    });
    connect(&window_.canvas().scene(), &ui::TopologyScene::arranged, this, [this] {
        arranged_ = true;
        proceed();
    });
    connect(&window_.canvas().scene(), &ui::TopologyScene::arrangeFailed, this, [this](const QString& why) {
        if (!done_)
            leave(3, why);
    });
    connect(&controller_, &Controller::explained, this, [this] {
        explained_ = true;
        proceed();
    });
    connect(&controller_, &Controller::advised, this, &Screenshot::proceed);
    connect(&controller_, &Controller::detailsShown, this, [this] {
        described_ = true;
        proceed();
    });
}

/// True when there is nothing (more) to explain.
bool Screenshot::explained()
{
    if (wish_.explain && !std::exchange(asked_, true)) {
        window_.probe().startComposing();
        window_.probe().explain(*wish_.explain);
    }
    return !wish_.explain || explained_;
}

void Screenshot::loaded()
{
    if (controller_.state()->import.unreadable) {
        leave(2, QStringLiteral("the input cannot be read"));
        return;
    }
    loaded_ = true;
    if (wish_.run)
        controller_.run();
    proceed();
}

void Screenshot::compared()
{
    if (!window_.compare().comparison()) {
        leave(2, QStringLiteral("the base cannot be compared with"));
        return;
    }
    compared_ = true;
    proceed();
}

void Screenshot::proceed()
{
    if (done_ || !compared_ || !loaded_ || !arranged_ || !engineReady_ || window_.canvas().scene().arranging() ||
        controller_.advising())
        return;
    if (!wish_.select.isEmpty() && !selected_) {
        selected_ = true;
        if (!window_.selectByText(wish_.select)) {
            leave(2, QStringLiteral("there is no object %1").arg(wish_.select));
            return;
        }
    }
    if (!explained() || (!wish_.select.isEmpty() && !described_))
        return;
    done_ = true;
    // Whatever these signals made the widgets post to themselves comes before this.
    QMetaObject::invokeMethod(this, &Screenshot::take, Qt::QueuedConnection);
}

void Screenshot::take()
{
    if (!window_.grab().save(wish_.file, "PNG")) {
        leave(3, QStringLiteral("cannot write %1").arg(wish_.file));
        return;
    }
    leave(0);
}

void Screenshot::leave(int exitCode, const QString& complaint)
{
    done_ = true;
    if (!complaint.isEmpty())
        std::fprintf(stderr, "gatehouse-desktop: %s\n", qPrintable(complaint));
    // Queued: it may not even run yet.
    QMetaObject::invokeMethod(
        qApp, [exitCode] { QCoreApplication::exit(exitCode); }, Qt::QueuedConnection);
}

} // namespace gatehouse::desktop
