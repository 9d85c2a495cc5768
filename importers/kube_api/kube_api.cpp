#include "importers/kube_api/kube_api.h"

#include "importers/kube_api/api_documents.h"
#include "importers/kube_api/kube_api_impl.h"
#include "importers/kube_api/listing.h"
#include "importers/kube_api/reviews.h"
#include "importers/kube_api/scale.h"

#include <random>

// The table of contents of the API: a request finds its documents, its resource and its verb here.

namespace gatehouse::importers {

using model::Unexpected;

namespace {

/// A random UUID (RFC 9562, version 4).
std::string randomUid()
{
    static thread_local std::mt19937_64 random{std::random_device{}()};
    constexpr std::string_view digits = "0123456789abcdef";
    std::string uid = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < uid.size(); ++i) {
        if (i % 16 == 0)
            bits = random();
        const std::size_t digit = bits & 15;
        bits >>= 4;
        if (uid[i] == 'x')
            uid[i] = digits[digit];
        else if (uid[i] == 'y')
            uid[i] = digits[8 | (digit & 3)];
    }
    return uid;
}

KubeApiOptions withDefaults(KubeApiOptions options)
{
    if (!options.clock)
        options.clock = [] { return std::chrono::system_clock::now(); };
    if (!options.newUid)
        options.newUid = randomUid;
    return options;
}

/// Versions grow from one run to the next, so that a client that outlives us learns that its version is not ours.
std::uint64_t firstVersion(std::chrono::system_clock::time_point now)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    return seconds > 0 ? static_cast<std::uint64_t>(seconds) * 1000 : 0;
}

ApiError noSuchMethod()
{
    return methodNotAllowed("the server does not allow this method on the requested resource");
}

bool isTrue(const std::string& parameter)
{
    return parameter == "true" || parameter == "1";
}

KubeApi::Outcome failed(const ApiError& error)
{
    KubeApi::Outcome outcome;
    outcome.response = errorResponse(error);
    return outcome;
}

} // namespace

KubeApi::Impl::Impl(KubeApiOptions given)
    : options(withDefaults(std::move(given))), store(firstVersion(options.clock()), options.watchHistory),
      writer(store, {options.clock, options.newUid}), defined(writer), watches(store, options.watches)
{
    writer.assumeNamespace("default");
    writer.assumeNamespace("kube-system");
    defined.defineKinds();
}

KubeApi::Outcome KubeApi::Impl::handle(const ApiRequest& request)
{
    Outcome outcome;
    if (auto document = serveApiDocument(request)) {
        outcome.response = std::move(*document);
        return outcome;
    }
    if (auto review = answerReview(request)) {
        outcome.response = std::move(*review);
        return outcome;
    }
    const Answer<Call> call = readCall(request);
    if (!call)
        return failed(call.error());
    Answer<Outcome> answer = dispatch(*call);
    return answer ? std::move(*answer) : failed(answer.error());
}

Answer<KubeApi::Impl::Call> KubeApi::Impl::readCall(const ApiRequest& request)
{
    const auto path = resourcePath(request);
    if (!path)
        return Unexpected{unknownPath()};
    const auto form = answerForm(request);
    if (!form && path->subresource != "log")
        return Unexpected{notAcceptable()};
    return Call{request, *path, {path->kind, path->version, form.value_or(AnswerForm{}), options.clock()}};
}

Answer<KubeApi::Outcome> KubeApi::Impl::dispatch(const Call& call)
{
    const std::string& method = call.request.method;
    if (method == "GET" || method == "HEAD")
        return read(call);
    if (auto kept = keepDefinition(call))
        return std::move(*kept);
    if (call.kind().readOnly || call.path.subresource == "log")
        return Unexpected{noSuchMethod()};
    const bool named = !call.path.name.empty();
    const bool placed = !call.kind().namespaced || !call.path.namespace_.empty();
    if (method == "POST" && !named && placed)
        return create(call);
    if (method == "PUT" && named)
        return replace(call);
    if (method == "PATCH" && named)
        return patch(call);
    if (method == "DELETE" && call.path.subresource.empty())
        return named ? remove(call) : placed ? removeCollection(call) : Unexpected{noSuchMethod()};
    return Unexpected{noSuchMethod()};
}

Answer<KubeApi::Outcome> KubeApi::Impl::read(const Call& call)
{
    Outcome outcome;
    if (call.path.subresource == "log") {
        auto log = readLog(call);
        if (!log)
            return Unexpected{log.error()};
        outcome.response = std::move(*log);
        return outcome;
    }
    const bool watch = isTrue(call.request.parameter("watch"));
    if (!watch && !call.path.name.empty()) {
        const ObjectPtr object = store.find(call.kind(), call.name());
        if (!object)
            return Unexpected{notFound(call.kind(), call.path.name)};
        outcome.response = render(*object, call, 200);
        return outcome;
    }
    auto many = watch ? watches.open(call.request, call.path, call.shown)
                      : listObjects(store, call.request, call.path, call.shown);
    if (!many)
        return Unexpected{many.error()};
    outcome.response = std::move(*many);
    return outcome;
}

ApiResponse KubeApi::Impl::render(const StoredObject& object, const Call& call, std::uint16_t status)
{
    if (call.path.subresource == "scale")
        return showValue(scaleOf(*object.document), call.shown.form, status);
    return showObject(*object.document, call.shown, status);
}

ApiResponse KubeApi::Impl::finish(Outcome outcome)
{
    if (!outcome.written)
        return std::move(outcome.response);
    const Answer<Call> call = readCall(outcome.request);
    const ApiKind* kind = call ? call->path.kind : nullptr;
    const ObjectPtr object = kind ? store.find(*kind, {outcome.written->namespace_, outcome.written->name}) : nullptr;
    if (!object)
        return std::move(outcome.response);
    ApiResponse response = render(*object, *call, outcome.response.status);
    response.warnings = std::move(outcome.response.warnings);
    return response;
}

KubeApi::KubeApi(KubeApiOptions options) : impl_(std::make_unique<Impl>(std::move(options)))
{
}
KubeApi::~KubeApi() = default;

KubeApi::Outcome KubeApi::handle(const ApiRequest& request)
{
    return impl_->handle(request);
}

ApiResponse KubeApi::finish(Outcome outcome)
{
    return impl_->finish(std::move(outcome));
}

KubeApi::WatchPiece KubeApi::nextEvents(std::uint64_t watch)
{
    return impl_->watches.next(watch, impl_->options.clock());
}

std::string KubeApi::bookmark(std::uint64_t watch)
{
    return impl_->watches.bookmark(watch);
}

void KubeApi::closeWatch(std::uint64_t watch)
{
    impl_->watches.close(watch);
}

std::vector<std::uint64_t> KubeApi::takeWoken()
{
    return impl_->watches.takeWoken();
}

std::uint64_t KubeApi::version() const noexcept
{
    return impl_->store.version();
}

std::shared_ptr<const model::ResourceSet> KubeApi::join(const model::ResourceSet& files,
                                                        std::vector<model::Diagnostic>& problems)
{
    return impl_->defined.join(files, problems);
}

void KubeApi::syncFiles(const model::ResourceSet& files)
{
    impl_->defined.syncFiles(files);
}

void KubeApi::syncDerived(std::vector<model::Value> objects)
{
    impl_->defined.syncDerived(std::move(objects));
}

void KubeApi::writeStatuses(const model::Statuses& statuses)
{
    impl_->defined.writeStatuses(statuses);
}

std::vector<model::Value> KubeApi::applied() const
{
    return impl_->defined.applied();
}

void KubeApi::restore(std::vector<model::Value> objects, std::vector<model::Diagnostic>& problems)
{
    impl_->defined.restore(std::move(objects), problems);
}

} // namespace gatehouse::importers
