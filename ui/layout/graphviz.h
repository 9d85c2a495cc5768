#pragma once

// Private to this folder: how Graphviz is entered. It keeps process-wide state (its parser, its error text, its text
// buffers), so everything that calls it holds the one lock.

#include <graphviz/gvc.h>

#include <memory>
#include <mutex>
#include <string>

namespace gatehouse::layout {

/// Which plugins a context needs. Graphviz finds them itself when asked, by reading its configuration and opening every
/// plugin, display servers included: 98 ms for a first small layout against 16 with just the one that is used.
enum class Plugins { Layout, LayoutAndRenderers };

struct GraphDeleter {
    void operator()(Agraph_t* graph) const { agclose(graph); }
};
using GraphPtr = std::unique_ptr<Agraph_t, GraphDeleter>;

/// The process's Graphviz context, with the process-wide lock as long as this lives; collects what Graphviz complains
/// about.
class GraphvizSession {
public:
    explicit GraphvizSession(Plugins plugins);
    GraphvizSession(const GraphvizSession&) = delete;
    GraphvizSession& operator=(const GraphvizSession&) = delete;

    [[nodiscard]] GVC_t* context() const noexcept { return context_; }
    /// What Graphviz said since the session began, or `fallback` when it said nothing.
    [[nodiscard]] static std::string complaint(const char* fallback);

private:
    std::unique_lock<std::mutex> lock_;
    GVC_t* context_ = nullptr;
};

} // namespace gatehouse::layout
