#pragma once

#include "app/control/session.h"
#include "app/testing/test_file.h"
#include "ui/document/probe_answer.h"

#include <stop_token>
#include <string>

namespace gatehouse::desktop {

/// Sends a composed request over a real socket to where `explain` says that a client connects, and waits for what comes
/// of it, at most ProbeRequest::timeoutMs and until it is asked to stop. `state` is the one that the engine serves; of
/// one without an engine nothing is sent. `caFile` is the local CA's certificate. Errors: in the answer. Thread: any
/// but the UI thread.
ui::ProbeAnswer sendProbe(const control::State& state, const ui::ProbeRequest& request, const std::string& caFile,
                          const std::stop_token& stop);

/// The gRPC methods that the target of a request has, by its .proto, by server reflection through the Gateway, or as
/// the backend itself tells them. Thread: any but the UI thread; waits as sendProbe() does.
ui::ProbeMethods methodsOf(const control::State& state, const ui::ProbeRequest& request, const std::string& caFile,
                           const std::stop_token& stop);

/// A composed request as a test of `gatehouse test`; it expects nothing yet. The error is a sentence for people: what
/// is sent is no text. Thread: any.
model::Result<testing::TestCase, std::string> testOf(const ui::ProbeRequest& request);

} // namespace gatehouse::desktop
