#pragma once

#include "model/base/result.h"
#include "ui/document/probe.h"

namespace gatehouse::ui {

/// Reads a curl command line as a shell would (quotes, backslashes, lines that go on): the request and how it is sent
/// are kept, options about output are skipped. A body from a file is refused, as nothing is read here. The error names
/// the option or the quote that is not understood.
model::Result<ProbeRequest, QString> parseCurl(const QString& command);

/// The command that sends an HTTP request to where Gatehouse listens: `address` is "IP:port", or "" to send it as it is
/// written. Names are resolved by --resolve, so that it works without DNS. gRPC becomes a grpcurl command; "" for what
/// has no requests.
QString toCommand(const ProbeRequest& request, const QString& address);

/// A word of a POSIX shell.
QString shellQuoted(const QString& word);

} // namespace gatehouse::ui
