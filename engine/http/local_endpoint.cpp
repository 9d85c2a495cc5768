#include "engine/http/local_endpoint.h"

#include "engine/http/answers.h"
#include "engine/http/collected_request.h"

namespace gatehouse::engine {

namespace {

constexpr std::size_t bodyLimit = 16 * 1024 * 1024;

std::string fieldOf(const routing::RequestHead& head, std::string_view name)
{
    const routing::HeaderField* field = head.headers.find(name);
    return field ? std::string(field->value) : std::string();
}

class LocalCall final : public CollectedRequest {
public:
    LocalCall(Exchange& exchange, const LocalHandler& handler)
        : CollectedRequest(exchange, bodyLimit, true), handler_(handler)
    {
    }

private:
    TimePoint respond(bool) override
    {
        const routing::RequestHead& head = exchange().client.head();
        LocalRequest request;
        request.method = head.method;
        request.target = head.path;
        if (head.hasQuery)
            request.target.append("?").append(head.query);
        request.host = head.authority;
        request.origin = fieldOf(head, "origin");
        request.authorization = fieldOf(head, "authorization");
        request.body = body();
        const LocalResponse response = handler_(request);
        answer(exchange(), OwnAnswer{response.status, response.contentType, response.body, {}});
        return never;
    }

    const LocalHandler& handler_;
};

} // namespace

Handling* LocalEndpoint::start(Exchange& exchange)
{
    return new LocalCall(exchange, handler_);
}

} // namespace gatehouse::engine
