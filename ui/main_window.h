#pragma once

#include "model/observe/access_event.h"
#include "ui/document/code_page.h"
#include "ui/document/edited_file.h"
#include "ui/document/libraries.h"
#include "ui/document/object_details.h"
#include "ui/document/preferences.h"
#include "ui/document/probe.h"
#include "ui/document/start_content.h"
#include "ui/document/view_state.h"
#include "ui/inspector/copy_entries.h"
#include "ui/theme.h"

#include <QMainWindow>
#include <QPointer>

#include <functional>
#include <map>
#include <optional>
#include <vector>

class QActionGroup;
class QLabel;
class QMenu;
class QMessageBox;
class QProgressBar;
class QSettings;
class QStackedWidget;
class QToolButton;

namespace gatehouse::ui {

class CommandPalette;
class CompareDock;
class Dock;
class EditorDock;
class FaultList;
class InspectorDock;
class NavigatorDock;
class Notice;
class ProbeDock;
class ProblemsDock;
class TestsDock;
class TopologyPanel;
class TrafficDock;
class WelcomePage;
struct PaletteEntry;
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
    void setStartContent(const StartContent& content);
    void setLibraries(const std::vector<LibraryNote>& libraries); ///< for About
    /// The answer to clusterContextsRequested(); `fault`: why there are none, "" else.
    void setClusterContexts(const QStringList& contexts, const QString& current, const QString& fault);
    void showStart(); ///< nothing is open any more
    void setDetails(const model::ObjectKey& key, const ObjectDetails& details);
    /// All problems of what setState() showed, linters' included; what they say of a state comes after it.
    void setAdvice(const std::vector<model::Diagnostic>& problems);
    void clearAdvice(); ///< what it said is no longer about what is shown
    /// Other manifests are opened: nothing of how those before were looked at is meant for them, nor is their traffic.
    /// `context`: the cluster's, for commands to copy; "": there is none, or it is kubectl's own.
    void beginSet(const QString& context = {});
    void setCodePage(const CodePage& page);
    /// The answer to a question of explainRequested().
    void setExplanation(ProbeQuestion::Asker asker, std::uint64_t number, const ProbeResult& result);
    /// Whether what is shown is a draft, and what it would change; nullopt: it is what is saved.
    void setDraft(const std::optional<DraftInfo>& draft);
    /// `lost`: how many so far were too many to be carried here.
    void addTraffic(const std::vector<model::AccessEvent>& events, std::uint64_t lost = 0);
    /// Long work is under way: `what` beside a moving bar in the status bar; empty: no more. With `cancel` a button
    /// ends it.
    void setBusy(const QString& what, std::function<void()> cancel = {});
    void showMessage(const QString& text);                   ///< in the status bar
    void showFault(const QString& what, const QString& why); ///< in the list above the content, until it is dismissed

    void chooseTheme(ThemeChoice choice);
    [[nodiscard]] Preferences preferences() const;
    /// At once, and kept in the settings. Its own copy: what is set tells the dialog that the wish may come from.
    void applyPreferences(Preferences wanted);
    /// How the topology is looked at, as text; and to look at the one that is opened next in that way.
    [[nodiscard]] QByteArray viewSessionText() const;
    void resumeView(const QByteArray& text);
    /// Selects an object, also one that the canvas does not draw (a Secret, a ReferenceGrant).
    void select(const model::ObjectKey& key);
    /// Selects "namespace/kind/name" (or "kind/name" when cluster-scoped); false when there is no such object.
    bool selectByText(const QString& text);
    [[nodiscard]] TopologyPanel& canvas() { return *canvas_; }
    [[nodiscard]] EditorDock& editor() { return *editor_; }
    [[nodiscard]] Notice& draftBar() { return *draftBar_; }
    [[nodiscard]] ProbeDock& probe() { return *probe_; }
    [[nodiscard]] CompareDock& compare() { return *compare_; }
    [[nodiscard]] TestsDock& tests() { return *tests_; }
    [[nodiscard]] CommandPalette& commandPalette() { return *palette_; }
    [[nodiscard]] FaultList& faults() { return *faults_; }
    [[nodiscard]] TrafficDock& traffic() { return *traffic_; }
    [[nodiscard]] QAction* action(const QString& id) const;

signals:
    void openRequested(const QStringList& paths);
    void reloadRequested();
    void runRequested();
    void stopRequested();
    void watchRequested(bool on);
    void detailsRequested(const gatehouse::model::ObjectKey& key);
    /// The same of an object that a comparison's base alone has.
    void baseDetailsRequested(const gatehouse::model::ObjectKey& key);
    void explainRequested(const gatehouse::ui::ProbeQuestion& question);
    void closeRequested();
    void clusterContextsRequested();
    void openClusterRequested(const QString& context);
    void documentRequested(const QString& file); ///< to be shown by whatever shows such files
    void codeRequested(const QString& code);     ///< what it means; setCodePage() answers

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeActions();
    void makeMenus();
    void makeToolBar();
    void makeDocks();
    void floatPanel(); ///< the one that has the keyboard, or back
    void makeStatusBar();
    void makeComfort();
    void connectComfort();
    void connectCanvas();
    void connectProbe();
    void connectEditor();
    void connectCompare();
    void connectTests();
    void showTopology(); ///< with what the base of a comparison alone has
    void connectTraffic();
    void showTrafficOnCanvas(bool on);
    void followEngine(EngineState state);
    void applyTheme();
    void restore();
    void keepPreferences();

    void openPalette();
    [[nodiscard]] std::vector<PaletteEntry> paletteEntries() const;
    void pick(const PaletteEntry& entry);

    void openFiles();
    void openFolder();
    void openCluster();
    void exportAs(const QString& ending);
    void printTopology();
    void showSettings();
    void showShortcuts();
    void connectProblems();
    void selectionMoved(const std::optional<model::ObjectKey>& key);
    void showCardMenu(const model::ObjectKey& key, const QPoint& globalPosition);
    void jump(const Problem& problem);
    void jumpTo(const model::ObjectKey& key, int line); ///< line 0: to the object alone
    void probeRequest(const ProbeRequest& request);     ///< opens the Probe with it and explains it
    void jumpToRoute(const QString& route, const QString& gateway);
    void updateEditorActions();
    [[nodiscard]] bool onCanvas() const;
    void editHere();
    void copyCommand(CopyEntry::Kind kind); ///< of the selected object
    void edit(const model::SourceLocation& at);
    void requestOpen(const QStringList& paths); ///< asks first when texts are unsaved
    void leaveEditor(const std::function<void()>& then);
    void askUnsaved(const QStringList& files, const std::function<void()>& decided);
    bool mayClose(); ///< false: it was asked, and closes later if that is the answer
    void updateInspector();
    void updateProblemCounts();
    void stopArranging();
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
    EditorDock* editor_ = nullptr;
    Notice* draftBar_ = nullptr;
    QPointer<QMessageBox> unsavedQuestion_;
    CompareDock* compare_;
    TestsDock* tests_;
    FaultList* faults_;
    CommandPalette* palette_ = nullptr;
    QStringList recent_; ///< paths
    QString context_;    ///< of the opened cluster
    StartContent start_;
    std::vector<LibraryNote> libraries_;
    Preferences kept_;         ///< of those, what no action holds
    std::vector<Dock*> docks_; ///< all of them, in the order of the View menu
    QByteArray panelsAtFirst_; ///< where they lie unless somebody moves them
    QToolButton* runButton_ = nullptr;
    QLabel *message_ = nullptr, *engine_ = nullptr;
    QProgressBar* progress_ = nullptr;
    std::function<void()> cancel_; ///< ends what goes on; empty: nothing does, or it cannot be ended
    bool unarranged_ = false;      ///< it was cancelled: the next State is arranged, whatever it brings
    QToolButton *problemCounts_ = nullptr, *cancelButton_ = nullptr;
    EngineState engineState_ = EngineState::Stopped;
    QString summary_;
    /// What of state_ is not shown yet.
    struct Behind {
        bool canvas = false, problems = false, lists = false;
        [[nodiscard]] bool any() const { return canvas || problems || lists; }
    };
    void catchUp();

    Behind behind_;
    ViewState state_;
    std::optional<model::ObjectKey> beside_; ///< selected, and not drawn on the canvas
};

} // namespace gatehouse::ui
