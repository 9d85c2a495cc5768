#pragma once

#include "model/topology/topology.h"
#include "ui/document/probe.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace gatehouse::ui {

/// What came of sending a request.
struct ProbeAnswer {
    enum class End : std::uint8_t {
        Answered,
        NotRunning, ///< nobody listens, since the engine does not run
        Cancelled,
        Failed, ///< `fault` says why; what came by then is there all the same
    };
    End end = End::Answered;
    QString fault;
    QString address;  ///< where the client connected: "127.0.0.1:8080"
    QString protocol; ///< "HTTP/2 over TLS"
    QString outcome;  ///< "200 OK", "OK (0)", "closed"; "" when nothing was answered
    model::Health verdict = model::Health::Unknown;
    std::vector<std::pair<QString, QString>> headers, trailers;
    QByteArray body;            ///< as it came; of gRPC the message as JSON
    std::uint64_t bodySize = 0; ///< of which `body` may be the beginning
    QString contentType;
    QString backend; ///< who answered, when an echo says so: "team-a/shop, Pod shop-1"
    std::optional<double> connectMs, firstByteMs, totalMs;
};

/// A body for people: JSON with indents, text as it is, else bytes in hexadecimal and text. No more than `most` bytes
/// are shown; `note` says how it is shown, and what is left out.
struct BodyText {
    QString text, note;
};
BodyText bodyText(const ProbeAnswer& answer, qsizetype most = 256 * 1024);
/// "connected after 0.4 ms · first byte after 1.2 ms · 1.5 ms in all"; what is not known is left out.
QString timesText(const ProbeAnswer& answer);
/// The registered name of an HTTP status: "Not Found"; "" for one that has none.
QString statusWords(int status);

/// A method of a gRPC service that the target has.
struct ProbeMethod {
    QString name;    ///< "package.Service/Method"
    QString message; ///< the request with every field, as JSON
    bool streams = false;
};
struct ProbeMethods {
    QString fault;  ///< why there are none
    QString source; ///< where they are from, in words
    std::vector<ProbeMethod> methods;
};

/// A request to keep as a test.
struct ProbeTest {
    QString file, name;
    ProbeRequest request;
    std::optional<ProbeAnswer> answer; ///< nullopt: it was only explained
};
struct ProbeTestKept {
    QString fault; ///< why it is not there
    QString place; ///< "tests/routes.yaml, line 12"
    QString note;  ///< what a test cannot keep
};

} // namespace gatehouse::ui
