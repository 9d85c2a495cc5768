#pragma once

#include "ui/layout/layout.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>

class QProcess;

namespace gatehouse::ui {

/// Where gatehouse-layout is: beside this program, in libexec, or beside a program of the build folder; "" when it is
/// nowhere. The variable GATEHOUSE_LAYOUT wins.
QString layoutProgram();

/// Lays out in a process of its own, one input at a time. A newer request kills the run that is under way, since nobody
/// wants its result any more; between requests the process waits for the next. Thread: use on the thread that it lives
/// in.
class LayoutRunner final : public QObject {
    Q_OBJECT
public:
    explicit LayoutRunner(QObject* parent = nullptr, QString program = layoutProgram());
    ~LayoutRunner() override; ///< kills what runs

    /// Asks for a layout; returns its generation. The answer comes by signal, never from within this call.
    std::uint64_t request(const layout::Input& input);
    void cancel(); ///< ends what runs; no answer comes
    [[nodiscard]] bool busy() const { return busy_; }
    [[nodiscard]] std::uint64_t killed() const { return killed_; } ///< runs that a newer request ended

signals:
    void finished(std::uint64_t generation, std::shared_ptr<const gatehouse::layout::Output> output);
    void failed(std::uint64_t generation, QString why);

private:
    void start();
    void retire();
    void read();
    void fail(const QString& why);

    const QString program_;
    QProcess* process_ = nullptr; ///< a child of this; the one that is asked
    QByteArray received_;
    std::uint64_t newest_ = 0, killed_ = 0;
    bool busy_ = false;
};

} // namespace gatehouse::ui
