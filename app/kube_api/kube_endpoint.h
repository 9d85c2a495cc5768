#pragma once

#include "app/kube_api/kubeconfig.h"
#include "app/kube_api/saved_objects.h"
#include "app/kube_api/settings.h"
#include "engine/engine.h"
#include "importers/kube_api/kube_api.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::control {
struct State;
}

namespace gatehouse::kube {

/// Mounts the Kubernetes API on a listener of the engine: checks who asks, hands each request to the control thread,
/// answers a write when traffic and status follow it, and feeds the watches.
/// Thread: control, but for what the engine calls. Lifetime: outlives the engine that it is mounted on.
class KubeEndpoint {
public:
    struct Hooks {
        std::function<void(std::function<void()>)> post; ///< runs a task on the control thread, later; any thread
        /// Derives everything anew from the objects as they are now, up to the data plane, and calls follow().
        std::function<void()> rebuild;
        std::function<std::optional<std::string>(const importers::LogQuery&)> logs;
    };

    KubeEndpoint(Settings settings, Hooks hooks);
    ~KubeEndpoint();
    KubeEndpoint(const KubeEndpoint&) = delete;
    KubeEndpoint& operator=(const KubeEndpoint&) = delete;

    /// Listens and writes the kubeconfig. The error says what cannot be done; "" when it serves.
    std::string mount(engine::Engine& engine);
    /// Ends every watch; the engine closes the rest.
    void unmount();
    [[nodiscard]] const std::string& url() const noexcept { return url_; } ///< "" while not mounted
    [[nodiscard]] const std::string& kubeconfig() const noexcept { return settings_.kubeconfig; }

    /// The resources of the files and the applied ones together.
    std::shared_ptr<const model::ResourceSet> join(const model::ResourceSet& files,
                                                   std::vector<model::Diagnostic>& problems);
    /// What the API shows besides applied objects, once it is in force.
    void follow(const control::State& state);
    /// Sends what is new to the watches, and ends those whose time has come. Call when nextWake() is due.
    void tick();
    /// When tick() has something to do at the latest; nullopt: never.
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> nextWake() const;
    /// What went wrong beside the requests (a manifest that could not be saved), since the last call.
    std::vector<std::string> takeTroubles();

private:
    struct Call {
        importers::ApiRequest request;
        std::shared_ptr<engine::LocalReply> reply;
    };
    struct Stream {
        std::shared_ptr<engine::LocalReply> reply;
        std::chrono::steady_clock::time_point bookmarkAt;
    };

    void arrived(engine::LocalRequest request, std::shared_ptr<engine::LocalReply> reply);
    void serve(std::vector<Call> batch);
    void startStream(Call& call, importers::ApiResponse response);
    using Streams = std::map<std::uint64_t, Stream>;
    void feed();
    Streams::iterator send(Streams::iterator stream, bool bookmark);
    void save();

    Settings settings_;
    Hooks hooks_;
    importers::KubeApi api_;
    std::string token_, url_;
    KubeconfigFile kubeconfigFile_;
    std::optional<SavedObjects> saved_;
    std::vector<Call> waiting_; ///< of this turn of the control thread
    Streams streams_;
    std::chrono::steady_clock::time_point tickAt_;
    std::vector<std::string> troubles_;
};

} // namespace gatehouse::kube
