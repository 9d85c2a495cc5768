#pragma once

#include "model/base/diagnostic.h"
#include "model/base/object_key.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace gatehouse::ui {

enum class ProbeKind : std::uint8_t { Http, Grpc, Tls, Tcp, Udp };

/// Whom a client that speaks TLS trusts.
enum class ProbeTrust : std::uint8_t {
    Anybody, ///< the certificate is not looked at
    LocalCa, ///< Gatehouse's own authority, which signs development certificates
    System,  ///< what this machine trusts
};

/// A request as somebody composes it.
struct ProbeRequest {
    ProbeKind kind = ProbeKind::Http;
    QString method = QStringLiteral("GET"); ///< HTTP alone
    QString target; ///< HTTP: a URL; gRPC: HOST[:PORT]; TLS: NAME:PORT; TCP, UDP: [ADDRESS]:PORT
    QString call;   ///< gRPC alone: SERVICE/METHOD
    std::vector<std::pair<QString, QString>> headers;
    QString gateway; ///< "namespace/name"; "": any
    // What only sending needs.
    QString body;      ///< HTTP: the body; gRPC: the message as JSON; TLS, TCP, UDP: what is said
    bool hex = false;  ///< TLS, TCP, UDP: `body` is written in hexadecimal digits
    QString protoFile; ///< gRPC: a .proto or a descriptor set; "": the server is asked
    bool http2 = false;
    ProbeTrust trust = ProbeTrust::Anybody;
    int timeoutMs = 5'000;
    bool operator==(const ProbeRequest&) const = default;
};

/// One line of why something did not serve the request; picking it jumps to the object and the line.
struct ProbeReason {
    QString what, why;
    std::optional<model::ObjectKey> key;
    model::SourceLocation location;
};

struct ProbeBackend {
    QString name, target; ///< "team-a/shop:80", "127.0.0.1:9000"
    double share = 0;     ///< 0 to 1
    std::optional<model::ObjectKey> key;
};

/// What becomes of a request, in the words of `gatehouse explain`.
struct ProbeResult {
    QString fault; ///< why the request could not be understood; "" else, and only then the rest is filled
    bool served = false;
    QString summary; ///< one sentence
    QString address; ///< where a client connects: "127.0.0.1:8080"; "" when nobody listens
    QString listener;
    std::optional<model::ObjectKey> gateway, route;
    QString rule;
    model::SourceLocation location; ///< of the rule
    QStringList filters;
    std::vector<ProbeBackend> backends;
    std::vector<ProbeReason> losers;    ///< rules that lost, in precedence order
    std::vector<ProbeReason> listeners; ///< listeners that did not take it
    std::vector<ProbeReason> outsiders; ///< routes that are not attached
};

/// What was done with a request; the history tells it.
enum class ProbeDeed : std::uint8_t { Explained, Sent };

/// Who asks for an explanation, and which of his questions it is; the answer comes back with it.
struct ProbeQuestion {
    enum class Asker : std::uint8_t { Probe, Traffic };
    Asker asker = Asker::Probe;
    std::uint64_t number = 0;
    ProbeRequest request;
};

/// "GET http://a.example.com/", "tls app.example.com:443": how lists show a request.
QString probeText(const ProbeRequest& request);
/// One line for settings files, and back; nothing when it is none. What is as at first is left out.
QString toLine(const ProbeRequest& request, ProbeDeed deed = ProbeDeed::Explained);
std::optional<ProbeRequest> fromLine(const QString& line);
ProbeDeed deedOf(const QString& line);
/// Whether a client speaks TLS to send it.
bool speaksTls(const ProbeRequest& request);
/// "48 65 6c", with or without spaces and "0x", as bytes; the fault says what is no digit.
struct ParsedHex {
    QByteArray bytes;
    QString fault;
};
ParsedHex parseHex(const QString& text);

/// "Name: value" a line, as people type headers. The error says which line is none.
QString headersText(const ProbeRequest& request);
struct ParsedHeaders {
    std::vector<std::pair<QString, QString>> headers;
    QString fault;
};
ParsedHeaders parseHeaders(const QString& text);

} // namespace gatehouse::ui
