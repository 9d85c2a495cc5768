#pragma once

#include "app/control/lint/severities.h"
#include "app/control/session.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <vector>

namespace gatehouse::desktop {

/// What `gatehouse check` says of the newest State, worked out beside everything else: one run at a time, on a thread
/// that yields to those that draw and serve, and never of a State that a newer one has replaced before it began. A run
/// that is under way when a newer State comes is dropped at its end. Thread: UI.
class Advice final : public QObject {
    Q_OBJECT
public:
    explicit Advice(QObject* parent = nullptr);
    ~Advice() override; ///< waits for the run that is under way

    /// What the user made of codes (gatehouse.yaml); holds for the next ask().
    void setLevels(control::LintLevels levels) { levels_ = std::move(levels); }
    void ask(std::shared_ptr<const control::State> state);
    void forget(); ///< nobody waits for what was asked any more
    [[nodiscard]] bool working() const { return running_ || wanted_; }

signals:
    /// Everything that is wrong with the newest State and its input: check's report, and what the engine said.
    void ready(const std::vector<gatehouse::model::Diagnostic>& problems);

private:
    void start();

    QThreadPool pool_;
    control::LintLevels levels_;
    std::shared_ptr<const control::State> wanted_; ///< null: nobody waits
    std::uint64_t number_ = 0;                     ///< of the newest question
    bool running_ = false;
};

} // namespace gatehouse::desktop
