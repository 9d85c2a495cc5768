#pragma once

#include "app/desktop/controller.h"

#include <QObject>

#include <optional>

namespace gatehouse::desktop {

class Comparer;

/// Draws the window into a file once everything is there: state, layout, the selected object's details, the
/// explanation. Then it ends the application with 0, or with 2 when the input cannot be read or the object is not
/// there, 3 when the file cannot be written. It waits for signals only.
class Screenshot final : public QObject {
    Q_OBJECT
public:
    struct Wish {
        QString file;
        QString select;
        bool run = false;
        std::optional<ui::ProbeRequest> explain;
        Comparer* comparer = nullptr; ///< whose answer is waited for; null: nothing is compared
    };
    Screenshot(ui::MainWindow& window, Controller& controller, Wish wish);

private:
    void loaded();
    void compared();
    void proceed();
    bool explained();
    void take();
    void leave(int exitCode, const QString& complaint = {});

    ui::MainWindow& window_;
    Controller& controller_;
    const Wish wish_;
    bool loaded_ = false, arranged_ = false, engineReady_ = false, selected_ = false, described_ = false;
    bool asked_ = false, explained_ = false, compared_ = false;
    bool done_ = false;
};

} // namespace gatehouse::desktop
