#pragma once

#include <QObject>

#include <stop_token>

class QSettings;

namespace gatehouse::ui {
class MainWindow;
}

namespace gatehouse::desktop {

class Controller;

/// Answers what the window asks for a person's comfort: samples and documentation, libraries, contexts of kubectl; and
/// opens again what was open the last time. Thread: UI.
class Comfort final : public QObject {
    Q_OBJECT
public:
    /// `settings` may be null; all outlive it.
    Comfort(ui::MainWindow& window, Controller& controller, QSettings* settings);
    ~Comfort() override; ///< ends a kubectl that was asked

    /// Opens what was open the last time, if it is wanted and still there; false if there is nothing to open.
    bool resumeSession();

signals:
    void contextsTold();

private:
    void tellContexts();
    void showDocument(const QString& file);

    ui::MainWindow& window_;
    Controller& controller_;
    QSettings* settings_;
    std::stop_source quitting_;
};

} // namespace gatehouse::desktop
