#pragma once

#include "app/control/explain_request.h"
#include "app/control/session.h"
#include "ui/document/probe.h"

namespace gatehouse::desktop {

/// A composed request as the command line takes it. The error is a sentence for people. Thread: any.
model::Result<control::RequestText, std::string> requestText(const ui::ProbeRequest& request);

/// Explains a composed request by the code of `gatehouse explain`, in the window's terms. Thread: any but the UI
/// thread; it walks every rule of a port.
ui::ProbeResult explainProbe(const routing::Snapshot& snapshot, const ui::ProbeRequest& request);

} // namespace gatehouse::desktop
