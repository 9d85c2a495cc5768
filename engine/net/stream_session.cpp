#include "engine/net/stream_session.h"

#include "engine/http/client_connection.h"
#include "engine/net/proxy_protocol.h"
#include "engine/routing/match.h"
#include "engine/runtime/worker.h"
#include "engine/tls/tls_client.h"
#include "engine/tls/tls_stream.h"

#include <utility>

namespace gatehouse::engine {

StreamSession::StreamSession(ClientConnection& client, std::shared_ptr<Serving> serving,
                             const routing::StreamDecision& decision, std::string_view protocol)
    : client_(client), serving_(std::move(serving))
{
    record_.start = Clock::now();
    record_.protocol = protocol;
    record_.decision = decision;
    client_.worker().sessionStarted(record_, *serving_);
    chooseBackend();
}

StreamSession::~StreamSession()
{
    if (toBackend_) {
        record_.bytesReceived = toBackend_->bytes();
        record_.bytesSent = toClient_->bytes();
    }
    client_.worker().sessionEnded(*this);
}

void StreamSession::chooseBackend()
{
    const routing::CompiledRule* rule = record_.decision.rule;
    if (!rule)
        return refuse("NR");
    auto& weights = serving_->weights[record_.decision.ruleIndex.value];
    weights.resize(rule->backends.size());
    const routing::WeightedBackend* chosen = routing::chooseBackend(*rule, weights);
    if (!chosen || !chosen->cluster.valid())
        return refuse("NC");
    record_.cluster = &serving_->snapshot->clusters[chosen->cluster.value];
    if (!record_.cluster->refusal.empty())
        return refuse("UF");
    cluster_ = &serving_->clusters[chosen->cluster.value];
    triesLeft_ = cluster_->endpoints.size();
    if (triesLeft_ == 0)
        refuse("UH");
}

void StreamSession::connectNext()
{
    while (triesLeft_ > 0) {
        --triesLeft_;
        EndpointPool& endpoint = *cluster_->nextEndpoint();
        record_.endpoint = &endpoint;
        addressesLeft_ = endpoint.address().others.size();
        backend_.reset();
        if (endpoint.address().error.empty() && connectTo(endpoint))
            return;
    }
    refuse("UF");
}

bool StreamSession::connectTo(EndpointPool& endpoint)
{
    auto state = StreamSocket::Connecting::Failed;
    error_code error;
    backend_ = endpoint.connect(&client_.waiter(), state, error);
    if (!backend_)
        return false;
    connectDeadline_ = Clock::now() + client_.worker().limits().connectTimeout;
    phase_ = Phase::Connecting;
    if (state == StreamSocket::Connecting::Done)
        secure();
    return true;
}

void StreamSession::checkConnect()
{
    StreamSocket& socket = backend().socket();
    if (!socket.mayWrite())
        return;
    const error_code error = socket.connectError();
    if (!error) {
        secure();
        return;
    }
    EndpointPool& endpoint = backend_->pool();
    const bool another = error == asio::error::connection_refused && addressesLeft_ > 0;
    if (another) {
        --addressesLeft_;
        endpoint.turnFrom(backend_->to);
    }
    if (!another || !connectTo(endpoint))
        connectNext();
}

bool StreamSession::introduceClient()
{
    if (record_.cluster->proxyProtocol == routing::ProxyProtocol::None)
        return true;
    sockaddr_storage gateway, client;
    client_.transport().socket().addresses(gateway, client);
    const std::string header = proxyHeader(record_.cluster->proxyProtocol, client, gateway);
    // Nothing was sent before it: the socket's buffer has room.
    const IoResult sent = backend().socket().send(header);
    return sent.state == IoState::Done && sent.bytes == header.size();
}

void StreamSession::secure()
{
    if (!introduceClient())
        return connectNext();
    const TlsClient* client = record_.endpoint->address().tls.get();
    if (!client)
        return connected();
    backend().startTls(
        std::make_unique<TlsStream>(backend().socket(), client->newSession(TlsClient::Speaks::Anything)));
    phase_ = Phase::Securing;
    checkHandshake();
}

void StreamSession::checkHandshake()
{
    switch (backend().tls()->handshake()) {
    case TlsStream::Handshake::Done:
        return connected();
    case TlsStream::Handshake::Blocked:
        return;
    case TlsStream::Handshake::PlainHttp:
    case TlsStream::Handshake::Failed:
        // The policy's demands are those of every endpoint, but their certificates may differ.
        return connectNext();
    }
}

void StreamSession::connected()
{
    phase_ = Phase::Relaying;
    connectDeadline_ = never;
    toBackend_.emplace(client_.worker(), client_.transport(), backend());
    toClient_.emplace(client_.worker(), backend(), client_.transport());
}

bool StreamSession::step()
{
    if (phase_ == Phase::Chosen)
        connectNext();
    if (client_.waiter().takeExpired())
        expired();
    if (phase_ == Phase::Connecting)
        checkConnect();
    else if (phase_ == Phase::Securing)
        checkHandshake();
    if (phase_ == Phase::Relaying)
        relay();
    if (phase_ == Phase::Finished)
        return false;
    rest();
    return true;
}

bool StreamSession::pump(BytePump& way, Transport& from, Transport& to)
{
    if (way.finished())
        return true;
    const auto flagsOf = [&](Transport& side) { return &side == &client_.transport() ? "DC" : "UC"; };
    switch (way.move()) {
    case BytePump::State::FromFailed:
        cut(to, flagsOf(from));
        return false;
    case BytePump::State::ToFailed:
        cut(from, flagsOf(to));
        return false;
    case BytePump::State::Finished:
        // The last half ends with its socket: closing says the same.
        if (!(toBackend_->finished() && toClient_->finished()))
            way.passEnd();
        return true;
    case BytePump::State::Open:
        break;
    }
    if (way.hadTurn())
        from.yield();
    return true;
}

void StreamSession::relay()
{
    if (!pump(*toBackend_, client_.transport(), backend()) || !pump(*toClient_, backend(), client_.transport()))
        return;
    if (toBackend_->finished() && toClient_->finished())
        phase_ = Phase::Finished;
}

void StreamSession::rest()
{
    TimePoint at = connectDeadline_;
    if (phase_ == Phase::Relaying) {
        toBackend_->rest();
        toClient_->rest();
        at = Clock::now() + client_.worker().limits().streamIdleTimeout;
    } else {
        // What the client sends meanwhile waits in its socket.
        backend().watchWrite();
        if (phase_ == Phase::Securing)
            backend().watchRead();
    }
    client_.worker().setDeadline(client_.waiter(), at);
}

void StreamSession::expired()
{
    if (phase_ != Phase::Relaying) {
        connectNext();
        return;
    }
    record_.flags = "SI";
    phase_ = Phase::Finished;
}

void StreamSession::refuse(std::string_view flags)
{
    record_.flags = flags;
    phase_ = Phase::Finished;
}

void StreamSession::cut(Transport& other, std::string_view flags)
{
    record_.flags = flags;
    other.reset();
    phase_ = Phase::Finished;
}

} // namespace gatehouse::engine
