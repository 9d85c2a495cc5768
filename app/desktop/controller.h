#pragma once

#include "app/control/session.h"
#include "app/desktop/advice.h"
#include "app/desktop/drafts.h"
#include "app/desktop/edited_files.h"
#include "app/desktop/insight.h"
#include "app/desktop/preparations.h"
#include "app/desktop/probe_sender.h"
#include "app/desktop/traffic_inbox.h"
#include "ui/main_window.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

class QSettings;

namespace gatehouse::desktop {

/// Joins the window with the control loop. Import, resolve and the engine run on the loop's thread; what it tells is
/// posted here. Opening other paths makes another loop; the one before ends in the background. Thread: UI.
class Controller final : public QObject {
    Q_OBJECT
public:
    struct Setup {
        QString configFile, controller;
        bool watch = true;
        QSettings* settings = nullptr;   ///< for recent paths; null keeps none
        std::string draftDirectory = {}; ///< for unsaved texts; "" keeps none
    };
    Controller(ui::MainWindow& window, Setup setup);
    ~Controller() override; ///< stops the engine and waits for it

    /// Reads other manifests. False when their configuration has errors: refused() said so, nothing else happens.
    bool open(const QStringList& paths);
    void openCluster(const QString& context, const QStringList& paths = {}); ///< "": the current context
    void close();                                                            ///< what is open; the start page is shown
    void run();
    void stop();
    [[nodiscard]] const std::shared_ptr<const control::State>& state() const { return state_; }
    /// What the opened paths are read with; without paths while nothing is open.
    [[nodiscard]] const control::Config& config() const { return config_; }
    [[nodiscard]] const Setup& setup() const { return setup_; }
    [[nodiscard]] bool advising() const { return advice_.working(); }

signals:
    void opened();                    ///< other paths are being read
    void closed();                    ///< nothing is open any more
    void refused(const QString& why); ///< opening or running did not begin
    void stateChanged();              ///< state() is another one
    void loaded();                    ///< the first state of the opened paths is shown
    void engineUp();                  ///< the engine reported what it could open
    void detailsShown();
    void advised();   ///< the problems of the newest state are all shown
    void explained(); ///< an answer of the probe, or about a request of the traffic, is shown

private:
    void changed(std::uint64_t generation, std::shared_ptr<const control::State> state);
    void rejected(std::uint64_t generation, const std::shared_ptr<const control::State>& state);
    void connectEditor();
    void showNow();
    void show(const control::State& state, const std::vector<model::Diagnostic>& diagnostics, bool rejected,
              std::shared_ptr<const ui::ComparedTopology> marked = {});
    /// The draft's, while there is one; else what is in force.
    [[nodiscard]] const std::shared_ptr<const control::State>& shown() const;
    void explain(const ui::ProbeQuestion& question);
    void describeObject(const model::ObjectKey& key);
    void describeSaved(const model::ObjectKey& key);
    bool begin(control::Config config, const QString& title);
    void retire();
    void remember(const QStringList& paths);
    void showEngine();
    void makeParts();

    ui::MainWindow& window_;
    const Setup setup_;
    TrafficInbox inbox_;
    Advice advice_;
    InsightCache insights_;
    std::unique_ptr<ProbeSender> sender_;
    QTimer statsTimer_; ///< while the engine runs
    std::unique_ptr<control::ControlLoop> loop_;
    std::vector<std::jthread> retiring_;
    std::uint64_t described_ = 0;  ///< number of the newest question for details
    std::uint64_t generation_ = 0; ///< of the loop; what an older one still posts is dropped
    std::shared_ptr<const control::State> state_;
    std::shared_ptr<const control::State> refused_; ///< the newest input, while its errors keep it from being in force
    EditedFiles files_;
    Preparations preparations_;
    Prepared prepared_; ///< of what is shown
    Drafts drafts_{preparations_};
    control::Config config_;
    bool watching_;
    ui::EngineState engine_ = ui::EngineState::Stopped;
};

/// What paths are read with: gatehouse.yaml beside them or the one of the setup, and its flags. Errors: in `problems`.
control::Config configFor(std::vector<std::string> paths, const Controller::Setup& setup,
                          std::vector<model::Diagnostic>& problems);

} // namespace gatehouse::desktop
