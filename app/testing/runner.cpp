#include "app/testing/runner.h"

#include "app/control/config_text.h"
#include "app/testing/exchange.h"
#include "app/testing/model_run.h"
#include "app/testing/observe_answers.h"
#include "app/testing/parallel.h"
#include "app/testing/test_request.h"

namespace gatehouse::testing {

namespace {

/// The port that a test's URL names, or its scheme implies; 0: none.
std::uint16_t portOf(const std::string& url)
{
    const std::size_t scheme = url.find("://");
    const std::size_t start = scheme == std::string::npos ? 0 : scheme + 3;
    const std::string authority = url.substr(start, url.find_first_of("/?#", start) - start);
    const std::size_t colon = authority.rfind(':');
    if (colon != std::string::npos && authority.find(']', colon) == std::string::npos)
        return control::parsePort(std::string_view(authority).substr(colon + 1)).value_or(0);
    return url.starts_with("https:") || url.starts_with("tls:") ? 443 : url.starts_with("http:") ? 80 : 0;
}

void tell(const RunOptions& options)
{
    if (options.asked)
        options.asked();
}

Observation observeTarget(const Target& target, const routing::Snapshot* snapshot, const TestCase& test,
                          std::chrono::microseconds& duration)
{
    const auto text = requestText(test);
    if (!text) {
        Observation seen;
        seen.error = text.error();
        return seen;
    }
    Connection connection;
    connection.address = target.host;
    connection.port = target.port.value_or(portOf(text->url));
    connection.timeout = test.timeout;
    connection.verify = target.verify;
    connection.caFile = target.caFile;
    ExchangeHints hints;
    hints.refusal = test.expect.refused && test.expect.refused->value.refused;
    hints.assumeEcho = test.expect.backend || test.expect.backends;
    AnswerSources sources;
    if (snapshot)
        sources.explanation = observeModel(*snapshot, test).explanation;
    const Exchange exchange = converse(test, connection, hints);
    duration = exchange.duration;
    return observeAnswers(test, exchange, std::move(sources));
}

} // namespace

std::vector<CaseResult> runModel(const routing::Snapshot& snapshot, const Tests& tests, const RunOptions& options)
{
    std::vector<CaseResult> results(tests.size());
    inParallel(
        tests.size(), options.jobs,
        [&](std::size_t i) {
            const auto before = std::chrono::steady_clock::now();
            results[i] = judge(*tests[i], observeModel(snapshot, *tests[i]), options.strict);
            explainFailure(snapshot, results[i]);
            results[i].duration =
                std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - before);
            tell(options);
        },
        options.stop);
    return results;
}

model::Result<Target, std::string> readTarget(const std::string& text)
{
    const auto refuse = [&] {
        return model::Unexpected{"'" + text + "' is no address of a gateway; expected http://HOST[:PORT]"};
    };
    std::string rest = text;
    if (const std::size_t scheme = rest.find("://"); scheme != std::string::npos) {
        if (rest.substr(0, scheme) != "http" && rest.substr(0, scheme) != "https")
            return refuse();
        rest.erase(0, scheme + 3);
    }
    while (rest.ends_with('/'))
        rest.pop_back();
    if (rest.empty() || rest.find_first_of("/?#@ ") != std::string::npos)
        return refuse();
    Target target;
    const std::size_t colon = rest.rfind(':');
    if (colon != std::string::npos && rest.find(']', colon) == std::string::npos) {
        const auto parsed = control::parseHostPort(rest);
        if (!parsed)
            return refuse();
        target.host = parsed->host;
        target.port = parsed->port;
    } else {
        target.host = rest.starts_with('[') && rest.ends_with(']') ? rest.substr(1, rest.size() - 2) : rest;
    }
    return target;
}

std::vector<CaseResult> runTarget(const Target& target, const routing::Snapshot* snapshot, const Tests& tests,
                                  const RunOptions& options)
{
    std::vector<CaseResult> results(tests.size());
    inParallel(
        tests.size(), options.jobs,
        [&](std::size_t i) {
            std::chrono::microseconds duration{0};
            results[i] = judge(*tests[i], observeTarget(target, snapshot, *tests[i], duration), options.strict);
            if (snapshot)
                explainFailure(*snapshot, results[i]);
            results[i].duration = duration;
            tell(options);
        },
        options.stop);
    return results;
}

} // namespace gatehouse::testing
