#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/control/config_text.h"
#include "app/control/explain_request.h"
#include "engine/http/h1_head_scan.h"
#include "engine/routing/explain_text.h"
#include "engine/routing/explain_value.h"
#include "importers/writers.h"

#include <algorithm>

namespace gatehouse::cli {

namespace {

/// What a request is made of, before and behind `--` alike.
struct RequestOptions {
    std::vector<std::string> grpc, headers;

    void define(Parser& parser)
    {
        parser.pair("--grpc", grpc, "HOST SERVICE/METHOD", "Explain a gRPC call");
        parser.list("-H,--header", headers, "HEADER", "'Name: value' of the request, or of the call's metadata");
    }
};

class Explain final : public Command {
public:
    void define(Parser& parser) override
    {
        input_.define(parser);
        common_.define(parser, false);
        parser.option("--gateway", gateway_, "NS/NAME", "Ask this Gateway only");
        parser.option("--tls", tls_, "SNI:PORT", "Explain a TLS connection instead of a request");
        parser.option("--tcp", tcp_, ":PORT", "Explain a TCP connection");
        parser.option("--udp", udp_, ":PORT", "Explain a UDP session");
        parser.option("-o,--output", output_, "FORMAT", "text or json", {"text", "json"});
        asked_.define(parser);
        parser.trailing("-- [METHOD] URL [-H 'Name: value']...");
        parser.footer(
            "No request is sent. The URL's port may be the listener's own or the local one. A gRPC call is asked for\n"
            "with --grpc HOST[:PORT] SERVICE/METHOD, and what carries no requests with --tls, --tcp or --udp, instead\n"
            "of what stands behind --, where URLs as tls://NAME:PORT and tcp://ADDRESS:PORT are understood, too. Exits "
            "0\n"
            "when a backend or a redirect serves the request or the connection, 1 when it gets an error or is closed.");
    }

    int run(Context& context, const Parser&) override;

private:
    /// The request, from the options or from what stands behind `--`; the error is a sentence for people.
    model::Result<control::RequestText, std::string> readRequest(const Context& context) const;
    /// The URL that --tls, --tcp or --udp stands for; "" when none was given.
    [[nodiscard]] model::Result<std::string, std::string> streamUrl() const;

    InputOptions input_;
    CommonOptions common_;
    RequestOptions asked_;
    std::string gateway_, tls_, tcp_, udp_, output_ = "text";
};

/// Any token (RFC 9110, 5.6.2 and 9.1), in any case: "get" is a method, though none that GET's matches take. No URL
/// with a scheme or a path is one.
bool isMethod(const std::string& word)
{
    return !word.empty() && engine::h1::isAll(word, engine::h1::TokenChar);
}

model::Result<std::string, std::string> Explain::streamUrl() const
{
    std::string url;
    for (const auto& [scheme, text] : {std::pair("tls", &tls_), std::pair("tcp", &tcp_), std::pair("udp", &udp_)}) {
        if (text->empty())
            continue;
        if (!url.empty())
            return model::Unexpected{std::string("--tls, --tcp and --udp exclude each other")};
        url = std::string(scheme) + "://" + *text;
    }
    return url;
}

/// [METHOD] URL; the error is a sentence for people.
model::Result<control::RequestText, std::string> httpRequest(std::vector<std::string> plain, const std::string& method)
{
    control::RequestText request;
    if (!method.empty())
        request.method = method;
    else if (plain.size() == 2 && isMethod(plain[0])) {
        request.method = plain[0];
        plain.erase(plain.begin());
    }
    if (plain.size() != 1)
        return model::Unexpected{std::string("expected [METHOD] URL [-H 'Name: value']... after --")};
    request.url = plain[0];
    return request;
}

model::Result<control::RequestText, std::string> Explain::readRequest(const Context& context) const
{
    RequestOptions asked;
    std::vector<std::string> plain;
    std::string method;
    Parser parser("explain", "");
    asked.define(parser);
    parser.option("-X,--request", method, "METHOD", "");
    parser.positionals("REQUEST", plain, "");
    if (context.hasTrailing) {
        const auto parsed = parser.parse(context.trailing);
        if (!parsed)
            return model::Unexpected{parsed.error()};
    }
    if (asked.grpc.empty())
        asked.grpc = asked_.grpc;
    const auto stream = streamUrl();
    if (!stream)
        return model::Unexpected{stream.error()};
    if (!stream->empty()) {
        if (!plain.empty() || !method.empty() || !asked.grpc.empty())
            return model::Unexpected{
                std::string("--tls, --tcp and --udp say it all: no URL, method or call beside them")};
        plain.push_back(*stream);
    }
    asked.headers.insert(asked.headers.begin(), asked_.headers.begin(), asked_.headers.end());
    if (!asked.grpc.empty() && (!plain.empty() || !method.empty()))
        return model::Unexpected{std::string("--grpc HOST SERVICE/METHOD says it all: no URL and no method beside it")};
    auto request = asked.grpc.empty() ? httpRequest(plain, method) : control::grpcRequest(asked.grpc[0], asked.grpc[1]);
    if (!request)
        return request;
    for (const std::string& text : asked.headers) {
        auto header = control::parseHeader(text);
        if (!header)
            return model::Unexpected{header.error()};
        // What makes a call gRPC may be said otherwise: application/grpc+json, or no gRPC at all.
        std::erase_if(request->headers, [&](const auto& own) {
            return !asked.grpc.empty() && own.first == "content-type" &&
                   routing::equalsIgnoreCase(own.first, header->first);
        });
        request->headers.push_back(*header);
    }
    if (!gateway_.empty()) {
        request->gateway = control::qualify(gateway_);
        if (request->gateway.empty())
            return model::Unexpected{"--gateway: '" + gateway_ + "' is no namespace/name"};
    }
    return request;
}

int Explain::run(Context& context, const Parser&)
{
    const auto request = readRequest(context);
    if (!request)
        return usageError(context, "explain: " + request.error());
    const Loaded loaded = loadInput(context, {input_, common_, false, true});
    if (!loaded.state || loaded.state->import.unreadable)
        return loaded.exitCode;
    if (!request->gateway.empty()) {
        const auto& gateways = loaded.state->graph->gateways;
        if (std::none_of(gateways.begin(), gateways.end(),
                         [&](const auto& g) { return toString(g.resource->key.name) == request->gateway; }))
            return usageError(context, "explain: no Gateway " + request->gateway + " in the input");
    }
    const auto explanation = control::explain(*loaded.state->snapshot, *request);
    if (!explanation)
        return usageError(context, "explain: " + explanation.error());
    context.out << (output_ == "json" ? importers::toJson(toValue(*explanation)) : toText(*explanation));
    // A redirect is an answer that the manifests ask for; 404, 500 and 503 are not.
    const bool served = explanation->carrier != routing::Carrier::Http
                            ? !explanation->refused
                            : explanation->served && explanation->status < 400 && explanation->grpcStatus.empty();
    return served ? code(Exit::Fine) : code(Exit::Problems);
}

} // namespace

std::unique_ptr<Command> makeExplain()
{
    return std::make_unique<Explain>();
}

} // namespace gatehouse::cli
