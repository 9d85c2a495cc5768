#pragma once

#include "app/cli/output/listeners.h"
#include "app/cli/output/style.h"
#include "app/control/session.h"

#include <ostream>

namespace gatehouse::cli {

/// `status`: Gateways with their listeners and attached routes, then routes with each parent's verdict, in words.
/// Refused attachments stand out, with the reason and what would mend it. Lifetime: of the State.
struct StatusText {
    const control::State& state;
    Style style;
    bool everyCondition = false;
    NamespaceFilter wanted;

    /// False when there was nothing to say.
    bool print(std::ostream& out) const;

private:
    void printGateway(std::ostream& out, model::GatewayIndex index) const;
    void printListener(std::ostream& out, model::ListenerIndex index) const;
    void printRoute(std::ostream& out, const model::RouteNode& route) const;
    void printConditions(std::ostream& out, const std::vector<model::Condition>& conditions, const char* indent) const;
};

} // namespace gatehouse::cli
