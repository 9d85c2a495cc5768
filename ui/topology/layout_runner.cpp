#include "ui/topology/layout_runner.h"

#include "ui/layout/wire.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>

namespace gatehouse::ui {

QString layoutProgram()
{
    const QString chosen = qEnvironmentVariable("GATEHOUSE_LAYOUT");
    if (!chosen.isEmpty())
        return chosen;
    const QDir here(QCoreApplication::applicationDirPath());
    for (const char* place : {"gatehouse-layout", "../libexec/gatehouse/gatehouse-layout", "../bin/gatehouse-layout"}) {
        const QFileInfo file(here.filePath(QLatin1String(place)));
        if (file.isExecutable())
            return file.canonicalFilePath();
    }
    return {};
}

LayoutRunner::LayoutRunner(QObject* parent, QString program) : QObject(parent), program_(std::move(program))
{
}

LayoutRunner::~LayoutRunner()
{
    for (QProcess* process : findChildren<QProcess*>()) {
        process->disconnect(this);
        process->kill();
        process->waitForFinished();
    }
}

std::uint64_t LayoutRunner::request(const layout::Input& input)
{
    const std::uint64_t generation = ++newest_;
    if (busy_) {
        ++killed_;
        retire();
    }
    busy_ = true;
    if (program_.isEmpty()) {
        QMetaObject::invokeMethod(
            this,
            [this, generation] {
                if (generation == newest_)
                    fail(tr("The program gatehouse-layout, which arranges the canvas, is not installed"));
            },
            Qt::QueuedConnection);
        return generation;
    }
    if (!process_)
        start();
    const std::string message = layout::encode(input);
    process_->write(message.data(), static_cast<qint64>(message.size()));
    return generation;
}

void LayoutRunner::start()
{
    received_.clear();
    process_ = new QProcess(this);
    process_->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(process_, &QProcess::readyReadStandardOutput, this, &LayoutRunner::read);
    // Queued: start() reports its failure from within.
    connect(
        process_, &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                fail(tr("%1 cannot be started: %2").arg(program_, process_->errorString()));
        },
        Qt::QueuedConnection);
    connect(process_, &QProcess::finished, this,
            [this] { fail(tr("%1 ended before it had arranged the canvas").arg(program_)); });
    process_->start(program_, {});
}

/// Lets go of the process: it is killed, and reaped when it has ended.
void LayoutRunner::retire()
{
    if (!process_)
        return;
    process_->disconnect(this);
    connect(process_, &QProcess::finished, process_, &QObject::deleteLater);
    if (process_->state() == QProcess::NotRunning)
        process_->deleteLater();
    else
        process_->kill();
    process_ = nullptr;
}

void LayoutRunner::cancel()
{
    if (std::exchange(busy_, false))
        retire();
}

void LayoutRunner::read()
{
    received_ += process_->readAllStandardOutput();
    const auto message = layout::readMessage({received_.constData(), static_cast<std::size_t>(received_.size())});
    if (!message) {
        fail(QString::fromStdString(message.error()));
        return;
    }
    if (!*message || !busy_)
        return;
    if ((*message)->kind != layout::MessageKind::Output) {
        const std::string_view why = (*message)->body;
        busy_ = false;
        const QString text = QString::fromUtf8(why.data(), static_cast<qsizetype>(why.size()));
        received_.clear();
        emit failed(newest_, text);
        return;
    }
    auto output = layout::decodeOutput((*message)->body);
    received_.clear();
    if (!output) {
        fail(QString::fromStdString(output.error()));
        return;
    }
    busy_ = false;
    emit finished(newest_, std::make_shared<const layout::Output>(*std::move(output)));
}

void LayoutRunner::fail(const QString& why)
{
    retire();
    if (!std::exchange(busy_, false))
        return; // it went while nobody waited for it; the next request starts another
    emit failed(newest_, why);
}

} // namespace gatehouse::ui
