#pragma once

#include "app/control/session.h"
#include "ui/document/probe_answer.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <stop_token>

namespace gatehouse::ui {
class ProbeDock;
}

namespace gatehouse::desktop {

/// Does what the Probe asks for: sends requests, lists a target's gRPC methods, keeps tests. Each in a thread of its
/// own pool; a newer request, and the end of this object, break off what waits. Thread: UI.
class ProbeSender final : public QObject {
    Q_OBJECT
public:
    struct Sources {
        std::function<std::shared_ptr<const control::State>()> state; ///< the newest; null: nothing is open
        std::function<std::vector<std::string>()> manifests;          ///< the opened paths, for test files
        /// What the window shows and explains by: `state`, or a draft of it.
        std::function<std::shared_ptr<const control::State>()> shown;
        std::string caFile{}; ///< of the local CA; "": where it is kept
    };
    /// `dock` outlives this.
    ProbeSender(ui::ProbeDock& dock, Sources sources);
    ~ProbeSender() override;

signals:
    void answered();

private:
    void send(const ui::ProbeQuestion& question);
    void cancel();
    void listMethods(const ui::ProbeRequest& request);
    void keepTest(const ui::ProbeTest& test);

    ui::ProbeDock& dock_;
    Sources sources_;
    QThreadPool pool_;
    std::stop_source sending_, listing_;
    std::uint64_t list_ = 0; ///< of the newest question for methods
};

} // namespace gatehouse::desktop
