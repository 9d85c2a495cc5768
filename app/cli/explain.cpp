#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/control/config_text.h"
#include "app/control/explain_request.h"
#include "engine/routing/explain_text.h"
#include "engine/routing/explain_value.h"
#include "importers/writers.h"

#include <algorithm>

namespace gatehouse::cli {

namespace {

class Explain final : public Command {
public:
    void define(Parser& parser) override
    {
        input_.define(parser);
        common_.define(parser, false);
        parser.option("--gateway", gateway_, "NS/NAME", "Ask this Gateway only");
        parser.option("-o,--output", output_, "FORMAT", "text or json", {"text", "json"});
        parser.trailing("-- [METHOD] URL [-H 'Name: value']...");
        parser.footer(
            "No request is sent. The URL's port may be the listener's own or the local one. Exits 0 when a backend\n"
            "or a redirect serves the request, 1 when it gets an error.");
    }

    int run(Context& context, const Parser&) override;

private:
    /// What stands behind `--`; the error is a sentence for people.
    model::Result<control::RequestText, std::string> readRequest(const std::vector<std::string>& words) const;

    InputOptions input_;
    CommonOptions common_;
    std::string gateway_, output_ = "text";
};

bool isMethod(const std::string& word)
{
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

model::Result<control::RequestText, std::string> Explain::readRequest(const std::vector<std::string>& words) const
{
    std::vector<std::string> headers, plain;
    std::string method;
    Parser parser("explain", "");
    parser.list("-H,--header", headers, "HEADER", "");
    parser.option("-X,--request", method, "METHOD", "");
    parser.positionals("REQUEST", plain, "");
    const auto parsed = parser.parse(words);
    if (!parsed)
        return model::Unexpected{parsed.error()};

    control::RequestText request;
    if (plain.size() == 2 && method.empty() && isMethod(plain[0])) {
        method = plain[0];
        plain.erase(plain.begin());
    }
    if (plain.size() != 1)
        return model::Unexpected{std::string("expected [METHOD] URL [-H 'Name: value']... after --")};
    request.url = plain[0];
    if (!method.empty())
        request.method = method;
    for (const std::string& text : headers) {
        auto header = control::parseHeader(text);
        if (!header)
            return model::Unexpected{header.error()};
        request.headers.push_back(*header);
    }
    if (!gateway_.empty()) {
        request.gateway = control::qualify(gateway_);
        if (request.gateway.empty())
            return model::Unexpected{"--gateway: '" + gateway_ + "' is no namespace/name"};
    }
    return request;
}

int Explain::run(Context& context, const Parser&)
{
    const auto request = readRequest(context.trailing);
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
    const auto explainable = control::explainRequest(*loaded.state->snapshot, *request);
    if (!explainable)
        return usageError(context, "explain: " + explainable.error());
    const routing::Explanation explanation = routing::explain(*loaded.state->snapshot, *explainable);
    context.out << (output_ == "json" ? importers::toJson(toValue(explanation)) : toText(explanation));
    // A redirect is an answer that the manifests ask for; 404, 500 and 503 are not.
    const bool served = explanation.served && explanation.status < 400;
    return served ? code(Exit::Fine) : code(Exit::Problems);
}

} // namespace

std::unique_ptr<Command> makeExplain()
{
    return std::make_unique<Explain>();
}

} // namespace gatehouse::cli
