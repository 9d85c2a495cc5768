#include "app/desktop/comfort.h"

#include "app/control/cluster_source.h"
#include "app/desktop/controller.h"
#include "app/desktop/libraries.h"
#include "app/desktop/start_content.h"
#include "ui/docks/compare_dock.h"
#include "ui/docks/editor_dock.h"

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
    quitting_.request_stop();
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
    const QStringList files = settings_->value(QStringLiteral("session/files")).toStringList();
    const QString base = settings_->value(QStringLiteral("session/base")).toString();
    if (!controller_.open(paths))
        return true; // why not is said
    connect(
        &controller_, &Controller::loaded, this,
        [this, files, base, opened = controller_.config().paths] {
            if (controller_.config().paths != opened)
                return; // others were opened before these were read
            for (const QString& file : files)
                if (QFileInfo::exists(file))
                    window_.editor().open(file);
            if (!base.isEmpty())
                emit window_.compare().compareRequested(base);
        },
        Qt::SingleShotConnection);
    window_.resumeView(settings_->value(QStringLiteral("session/view")).toByteArray()); // before its topology is there
    return true;
}

void Comfort::tellContexts()
{
    QThreadPool::globalInstance()->start([this, stop = quitting_.get_token()] {
        const control::ClusterContexts contexts = control::readContexts(stop);
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
