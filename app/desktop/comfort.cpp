#include "app/desktop/comfort.h"

#include "app/control/cluster_source.h"
#include "app/desktop/controller.h"
#include "app/desktop/libraries.h"
#include "app/desktop/start_content.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileInfo>
#include <QSettings>
#include <QThreadPool>
#include <QUrl>

namespace gatehouse::desktop {

Comfort::Comfort(ui::MainWindow& window, Controller& controller, QSettings* settings)
    : window_(window), controller_(controller), settings_(settings)
{
    window_.setStartContent(findStartContent(QCoreApplication::applicationDirPath()));
    window_.setLibraries(libraries());
    connect(&window_, &ui::MainWindow::clusterContextsRequested, this, &Comfort::tellContexts);
    connect(&window_, &ui::MainWindow::openClusterRequested, this,
            [this](const QString& context) { controller_.openCluster(context); });
    connect(&window_, &ui::MainWindow::closeRequested, &controller_, &Controller::close);
    connect(&window_, &ui::MainWindow::documentRequested, this, &Comfort::showDocument);
}

Comfort::~Comfort()
{
    QThreadPool::globalInstance()->waitForDone();
}

bool Comfort::resumeSession()
{
    if (!settings_ || !ui::readPreferences(*settings_).restoreSession)
        return false;
    QStringList paths = settings_->value(QStringLiteral("session/paths")).toStringList();
    paths.erase(
        std::remove_if(paths.begin(), paths.end(), [](const QString& path) { return !QFileInfo::exists(path); }),
        paths.end());
    if (paths.isEmpty())
        return false; // a cluster is asked again only by whoever opens it
    window_.resumeView(settings_->value(QStringLiteral("session/view")).toByteArray());
    controller_.open(paths);
    return true;
}

void Comfort::tellContexts()
{
    QThreadPool::globalInstance()->start([this] {
        const control::ClusterContexts contexts = control::readContexts();
        QMetaObject::invokeMethod(this, [this, contexts] {
            QStringList names;
            for (const std::string& name : contexts.names)
                names << QString::fromStdString(name);
            window_.setClusterContexts(names, QString::fromStdString(contexts.current),
                                       QString::fromStdString(contexts.fault));
            emit contextsTold();
        });
    });
}

void Comfort::showDocument(const QString& file)
{
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(file)))
        window_.showFault(tr("The documentation could not be shown"), file);
}

} // namespace gatehouse::desktop
