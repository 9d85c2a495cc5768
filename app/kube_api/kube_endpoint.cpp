#include "app/kube_api/kube_endpoint.h"

#include "app/admin/admin_endpoint.h"
#include "app/admin/guard.h"
#include "app/control/session.h"
#include "engine/tls/local_ca.h"

#include <utility>

namespace gatehouse::kube {

namespace {

using importers::ApiError;
using importers::ApiRequest;
using importers::ApiResponse;
using std::chrono::steady_clock;

/// As API servers send them: often enough that a client notices a dead connection.
constexpr std::chrono::seconds bookmarkInterval{60};
/// How exactly a watch keeps its timeoutSeconds.
constexpr std::chrono::seconds tickInterval{1};
/// The limit of API servers for one object and then some: a request is one object or one patch.
constexpr std::size_t bodyLimit = 4 * 1024 * 1024;

ApiResponse denied(std::uint16_t code, std::string reason, std::string message)
{
    ApiError error;
    error.code = code;
    error.reason = std::move(reason);
    error.message = std::move(message);
    return errorResponse(error);
}

/// A Warning header (RFC 7234 section 5.5) as API servers write it: 299 - "text".
std::string warningHeader(const std::string& text)
{
    std::string header = "299 - \"";
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7F) {
            header += ' ';
            continue;
        }
        if (c == '"' || c == '\\')
            header += '\\';
        header += c;
    }
    return header + '"';
}

engine::LocalResponse toLocal(ApiResponse response)
{
    engine::LocalResponse local;
    local.status = response.status;
    local.contentType = std::move(response.contentType);
    local.body = std::move(response.body);
    local.headers.emplace_back("cache-control", "no-cache, private");
    for (const std::string& warning : response.warnings)
        local.headers.emplace_back("warning", warningHeader(warning));
    if (response.status == 401)
        local.headers.emplace_back("www-authenticate", "Bearer");
    return local;
}

bool isHealthPath(const std::vector<std::string>& path)
{
    return path.size() == 1 && (path[0] == "livez" || path[0] == "readyz" || path[0] == "healthz");
}

} // namespace

KubeEndpoint::KubeEndpoint(Settings settings, Hooks hooks)
    : settings_(std::move(settings)), hooks_(std::move(hooks)), api_([this] {
          importers::KubeApiOptions options;
          options.logs = [this](const importers::LogQuery& query) { return hooks_.logs(query); };
          return options;
      }()),
      token_(makeToken())
{
    if (settings_.saveDirectory.empty())
        return;
    saved_.emplace(settings_.saveDirectory);
    std::vector<model::Diagnostic> problems;
    api_.restore(saved_->load(problems), problems);
    for (const model::Diagnostic& problem : problems)
        troubles_.push_back(toString(problem));
}

KubeEndpoint::~KubeEndpoint() = default;

std::string KubeEndpoint::mount(engine::Engine& engine)
{
    Access access;
    access.token = settings_.plainHttp ? std::string() : token_;
    engine::LocalEndpointOptions options;
    options.address = settings_.address;
    options.port = settings_.port;
    options.bodyLimit = bodyLimit;
    if (!settings_.plainHttp) {
        // Made anew for each run: nothing has to be kept, and nobody else ever has a key that clients trust.
        const auto now = std::chrono::system_clock::now();
        const auto authority = engine::makeLocalCa("Gatehouse local API", now);
        if (!authority)
            return authority.error();
        const auto identity = engine::issueCertificate(*authority, {"localhost", settings_.address}, now);
        if (!identity)
            return identity.error();
        options.tls = *identity;
        access.authorityPem = authority->certificatePem;
    }
    const auto port =
        engine.serveLocal(options, [this](engine::LocalRequest request, std::shared_ptr<engine::LocalReply> reply) {
            arrived(std::move(request), std::move(reply));
        });
    if (!port)
        return port.error();
    url_ = (settings_.plainHttp ? "http://" : "https://") + admin::authority(settings_.address, *port);
    access.server = url_;
    return kubeconfigFile_.write(settings_.kubeconfig, access);
}

void KubeEndpoint::unmount()
{
    for (auto& [id, stream] : streams_) {
        api_.closeWatch(id);
        stream.reply->end();
    }
    streams_.clear();
    waiting_.clear();
    url_.clear();
}

std::shared_ptr<const model::ResourceSet> KubeEndpoint::join(const model::ResourceSet& files,
                                                             std::vector<model::Diagnostic>& problems)
{
    api_.syncFiles(files);
    return api_.join(files, problems);
}

void KubeEndpoint::follow(const control::State& state)
{
    api_.syncDerived(model::derivedObjects(*state.workloads));
    model::Statuses statuses = state.statuses;
    for (auto& [key, status] : model::workloadStatuses(*state.workloads))
        statuses.insert_or_assign(key, std::make_shared<const model::Value>(std::move(status)));
    api_.writeStatuses(statuses);
    feed();
}

/// On a worker: only checks that need no state.
void KubeEndpoint::arrived(engine::LocalRequest local, std::shared_ptr<engine::LocalReply> reply)
{
    Call call;
    call.reply = std::move(reply);
    const auto refuse = [&](ApiResponse response) { call.reply->send(toLocal(std::move(response))); };
    if (const std::string why = admin::refusal(local.host, local.header("origin")); !why.empty())
        return refuse(denied(403, "Forbidden", why));
    if (!splitTarget(local.target, call.request))
        return refuse(denied(400, "BadRequest", "the request's path is malformed"));
    // client-go sends no token over plain HTTP, so none is asked for there.
    const bool tokenNeeded = !settings_.plainHttp && !isHealthPath(call.request.path);
    if (tokenNeeded && !carriesToken(local.header("authorization"), token_))
        return refuse(denied(401, "Unauthorized", "Unauthorized"));
    call.request.method = std::move(local.method);
    call.request.accept = local.header("accept");
    call.request.contentType = local.header("content-type");
    call.request.userAgent = local.header("user-agent");
    call.request.body = std::move(local.body);
    hooks_.post([this, call = std::make_shared<Call>(std::move(call))] {
        waiting_.push_back(std::move(*call));
        // Whoever asked by now is served in one turn: many writes need one resolve and one apply.
        if (waiting_.size() == 1)
            hooks_.post([this] { serve(std::exchange(waiting_, {})); });
    });
}

void KubeEndpoint::serve(std::vector<Call> batch)
{
    std::vector<std::pair<importers::KubeApi::Outcome, std::shared_ptr<engine::LocalReply>>> changed;
    for (Call& call : batch) {
        importers::KubeApi::Outcome outcome = api_.handle(call.request);
        if (outcome.changed)
            changed.emplace_back(std::move(outcome), std::move(call.reply));
        else if (outcome.response.watch)
            startStream(call, std::move(outcome.response));
        else
            call.reply->send(toLocal(std::move(outcome.response)));
    }
    if (!changed.empty()) {
        hooks_.rebuild();
        save();
    }
    for (auto& [outcome, reply] : changed)
        reply->send(toLocal(api_.finish(std::move(outcome))));
    feed();
}

void KubeEndpoint::startStream(Call& call, ApiResponse response)
{
    const std::uint64_t id = *response.watch;
    call.reply->onClosed([post = hooks_.post, this, id] {
        post([this, id] {
            if (streams_.erase(id) != 0)
                api_.closeWatch(id);
        });
    });
    call.reply->begin(toLocal(std::move(response)));
    const auto now = steady_clock::now();
    if (streams_.empty())
        tickAt_ = now + tickInterval;
    streams_.emplace(id, Stream{std::move(call.reply), now + bookmarkInterval});
}

/// A write costs nothing for the watches of other kinds.
void KubeEndpoint::feed()
{
    for (const std::uint64_t id : api_.takeWoken())
        if (const auto stream = streams_.find(id); stream != streams_.end())
            send(stream, false);
}

void KubeEndpoint::tick()
{
    const auto now = steady_clock::now();
    tickAt_ = now + tickInterval;
    for (auto each = streams_.begin(); each != streams_.end();) {
        const bool bookmark = each->second.bookmarkAt <= now;
        if (bookmark)
            each->second.bookmarkAt = now + bookmarkInterval;
        each = send(each, bookmark);
    }
}

/// Sends what a watch has to say, and ends it where nobody reads it or its time has come. Returns the one behind it.
KubeEndpoint::Streams::iterator KubeEndpoint::send(Streams::iterator stream, bool bookmark)
{
    importers::KubeApi::WatchPiece piece = api_.nextEvents(stream->first);
    if (piece.text.empty() && !piece.ended && bookmark)
        piece.text = api_.bookmark(stream->first);
    const bool read = piece.text.empty() || stream->second.reply->write(std::move(piece.text));
    if (read && !piece.ended)
        return std::next(stream);
    api_.closeWatch(stream->first);
    stream->second.reply->end();
    return streams_.erase(stream);
}

std::optional<steady_clock::time_point> KubeEndpoint::nextWake() const
{
    return streams_.empty() ? std::nullopt : std::optional(tickAt_);
}

void KubeEndpoint::save()
{
    if (!saved_)
        return;
    if (std::string error = saved_->save(api_.applied()); !error.empty())
        troubles_.push_back(std::move(error));
}

std::vector<std::string> KubeEndpoint::takeTroubles()
{
    return std::exchange(troubles_, {});
}

} // namespace gatehouse::kube
