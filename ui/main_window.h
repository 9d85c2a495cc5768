#pragma once

#include "model/observe/access_event.h"
#include "ui/document/object_details.h"
#include "ui/document/probe.h"
#include "ui/document/view_state.h"
#include "ui/theme.h"

#include <QMainWindow>

#include <map>

class QActionGroup;
class QLabel;
class QMenu;
class QProgressBar;
class QSettings;
class QStackedWidget;
class QToolButton;

namespace gatehouse::ui {

class Dock;
class InspectorDock;
class NavigatorDock;
class ProbeDock;
class ProblemsDock;
class TopologyPanel;
class TrafficDock;
class WelcomePage;
struct Problem;

/// The application's window. It shows what it is given and asks by signals; it knows neither engine nor files.
/// Thread: UI.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    /// `settings` keeps geometry, docks and theme between runs; null keeps nothing. It outlives the window.
    explicit MainWindow(QSettings* settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    void setState(const ViewState& state);
    void setEngineState(EngineState state, const QString& detail = {});
    void setWatching(bool on);
    void setRecent(const QStringList& paths);
    void setDetails(const model::ObjectKey& key, const ObjectDetails& details);
    /// The answer to a question of explainRequested().
    void setExplanation(ProbeQuestion::Asker asker, std::uint64_t number, const ProbeResult& result);
    /// `lost`: how many so far were too many to be carried here.
    void addTraffic(const std::vector<model::AccessEvent>& events, std::uint64_t lost = 0);
    /// Long work is under way: `what` beside a moving bar in the status bar; empty: no more.
    void setBusy(const QString& what);
    void showMessage(const QString& text); ///< in the status bar
    void showFault(const QString& what, const QString& why);

    void chooseTheme(ThemeChoice choice);
    /// Selects "namespace/kind/name" (or "kind/name" when cluster-scoped); false when there is no such object.
    bool selectByText(const QString& text);
    [[nodiscard]] TopologyPanel& canvas() { return *canvas_; }
    [[nodiscard]] ProbeDock& probe() { return *probe_; }
    [[nodiscard]] TrafficDock& traffic() { return *traffic_; }
    [[nodiscard]] QAction* action(const QString& id) const;

signals:
    void openRequested(const QStringList& paths);
    void reloadRequested();
    void runRequested();
    void stopRequested();
    void watchRequested(bool on);
    void detailsRequested(const gatehouse::model::ObjectKey& key);
    void explainRequested(const gatehouse::ui::ProbeQuestion& question);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeActions();
    void makeMenus();
    void makeToolBar();
    void makeDocks();
    void makeStatusBar();
    void connectCanvas();
    void connectProbe();
    void connectTraffic();
    void showTrafficOnCanvas(bool on);
    void followEngine(EngineState state);
    void applyTheme();
    void restore();

    void openFiles();
    void openFolder();
    void exportAs(const QString& ending);
    void select(const model::ObjectKey& key);
    void showCardMenu(const model::ObjectKey& key, const QPoint& globalPosition);
    void jump(const Problem& problem);
    void jumpTo(const model::ObjectKey& key, int line); ///< line 0: to the object alone
    void jumpToRoute(const QString& route, const QString& gateway);
    void updateInspector();
    void updateProblemCounts();
    void aboutGatehouse();

    QSettings* settings_;
    QPalette systemPalette_;
    ThemeChoice themeChoice_ = ThemeChoice::System;
    Theme theme_;
    std::map<QString, QAction*> actions_;
    QMenu* recentMenu_ = nullptr;
    QActionGroup* themeGroup_ = nullptr;
    QStackedWidget* center_;
    WelcomePage* welcome_;
    TopologyPanel* canvas_;
    NavigatorDock* navigator_;
    InspectorDock* inspector_;
    ProblemsDock* problems_;
    TrafficDock* traffic_;
    ProbeDock* probe_;
    std::vector<Dock*> docks_; ///< all of them, in the order of the View menu
    QToolButton* runButton_ = nullptr;
    QLabel *message_ = nullptr, *engine_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QToolButton* problemCounts_ = nullptr;
    EngineState engineState_ = EngineState::Stopped;
    QString summary_;
    ViewState state_;
};

} // namespace gatehouse::ui
