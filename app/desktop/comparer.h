#pragma once

#include "app/control/compare/compared_set.h"
#include "app/desktop/controller.h"
#include "app/desktop/path_watch.h"
#include "ui/document/comparison.h"

#include <QThreadPool>

#include <atomic>

namespace gatehouse::desktop {

/// Answers the Compare dock: reads the base, compares what is open with it, and compares anew whenever either changes.
/// All of it off the UI thread; only the newest answer is shown. Thread: UI.
class Comparer final : public QObject {
    Q_OBJECT
public:
    Comparer(ui::MainWindow& window, Controller& controller);
    ~Comparer() override; ///< waits for a comparison that is being made

    /// `base`: a path, or git:REF:PATH with PATH seen from `directory`; "" is the working directory.
    void compareWith(const QString& base, const QString& directory = {});
    void stop();

signals:
    void compared(); ///< an answer is shown

private:
    using SetPtr = std::shared_ptr<const control::ComparedSet>;

    void readBase();
    void compare();
    void answer(const SetPtr& set, const ui::Comparison& comparison);
    void describeInBase(const model::ObjectKey& key);

    ui::MainWindow& window_;
    Controller& controller_;
    QString base_; ///< "": nothing is compared
    std::string directory_;
    SetPtr set_; ///< the base; null until it is read
    std::unique_ptr<PathWatch> watch_;
    std::atomic<std::uint64_t> question_{0}; ///< number of the newest
    QThreadPool pool_;                       ///< of one thread
};

} // namespace gatehouse::desktop
