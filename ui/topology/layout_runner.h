#pragma once

#include "ui/layout/layout.h"

#include <QObject>
#include <QString>
#include <QThread>

#include <cstdint>
#include <memory>
#include <optional>

namespace gatehouse::ui {

/// Lays out on a thread of its own, one input at a time. Each request has a generation; while one runs only the newest
/// other waits, and a result that is no longer the newest is dropped. Thread: use on the thread that it lives in.
class LayoutRunner final : public QObject {
    Q_OBJECT
public:
    explicit LayoutRunner(QObject* parent = nullptr);
    ~LayoutRunner() override; ///< waits for the run in progress, which cannot be interrupted

    /// Asks for a layout; returns its generation.
    std::uint64_t request(layout::Input input);
    [[nodiscard]] bool busy() const { return running_; }

signals:
    void finished(std::uint64_t generation, std::shared_ptr<const gatehouse::layout::Output> output);
    void failed(std::uint64_t generation, QString why);

private:
    void start(std::uint64_t generation, layout::Input input);
    void done(std::uint64_t generation, std::shared_ptr<const layout::Output> output, const QString& why);

    QThread thread_;
    QObject worker_; ///< lives in thread_; what is invoked on it runs there
    std::uint64_t newest_ = 0;
    bool running_ = false;
    std::optional<layout::Input> waiting_;
};

} // namespace gatehouse::ui
