#include "app/testing/judge.h"

#include "app/testing/judge_parts.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace gatehouse::testing {

namespace {

std::string orNone(const std::string& text)
{
    return text.empty() ? "none" : text;
}

std::string words(const std::vector<StatusRange>& ranges)
{
    std::string text;
    for (const StatusRange& range : ranges)
        text += (text.empty() ? "" : " or ") +
                (range.first == range.last ? std::to_string(range.first) : std::to_string(range.first / 100) + "xx");
    return text;
}

bool holds(const std::vector<StatusRange>& ranges, std::uint16_t status)
{
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const StatusRange& range) { return status >= range.first && status <= range.last; });
}

/// Errors that only a gateway would give are wanted: where a backend is asked, there is no such answer of its own.
bool wantsErrors(const std::vector<StatusRange>& ranges)
{
    return std::all_of(ranges.begin(), ranges.end(), [](const StatusRange& range) { return range.first >= 400; });
}

class Judge {
public:
    Judge(const Expectation& expect, const Observation& seen) : expect_(expect), seen_(seen) {}

    std::vector<Check> run()
    {
        status();
        grpcStatus();
        place("gateway", expect_.gateway, seen_.gateway);
        place("listener", expect_.listener, seen_.listener);
        route();
        rule();
        backend();
        backends();
        refused();
        redirect();
        backendRequest();
        response();
        return std::move(checks_);
    }

private:
    template <class T>
    void add(std::string what, const Written<T>& written, Finding finding)
    {
        checks_.push_back(
            {std::move(what), finding.verdict, std::move(finding.expected), std::move(finding.got), written.at});
    }

    /// The same question to every way that the request can go: it has to hold for all of them.
    template <class Ask>
    Finding forAll(Ask&& ask)
    {
        Finding worst;
        bool first = true;
        for (const Outcome& outcome : seen_.outcomes) {
            Finding finding = ask(outcome);
            if (finding.verdict == Verdict::Failed && seen_.outcomes.size() > 1 && !outcome.asked.empty())
                finding.got += " (at " + outcome.asked + ')';
            const auto badness = [](Verdict verdict) {
                return verdict == Verdict::Failed ? 2 : verdict == Verdict::NotJudged ? 1 : 0;
            };
            if (first || badness(finding.verdict) > badness(worst.verdict))
                worst = std::move(finding);
            first = false;
        }
        return worst;
    }

    void status()
    {
        if (!expect_.status)
            return;
        const std::string wanted = words(expect_.status->value);
        add("status", *expect_.status, forAll([&](const Outcome& outcome) -> Finding {
                if (outcome.status.value)
                    return compared(holds(expect_.status->value, *outcome.status.value), wanted,
                                    std::to_string(*outcome.status.value));
                if (!outcome.asked.empty() && wantsErrors(expect_.status->value))
                    return failed(wanted, "no error of the gateway's own: " + outcome.asked + " is asked");
                return notJudged(wanted, outcome.status.unknown);
            }));
    }

    void grpcStatus()
    {
        if (!expect_.grpcStatus)
            return;
        const std::string& wanted = expect_.grpcStatus->value;
        add("grpcStatus", *expect_.grpcStatus, forAll([&](const Outcome& outcome) -> Finding {
                if (outcome.grpcStatus.value)
                    return compared(*outcome.grpcStatus.value == wanted, wanted, orNone(*outcome.grpcStatus.value));
                if (!outcome.asked.empty() && wanted != "OK")
                    return failed(wanted, "no error of the gateway's own: " + outcome.asked + " is asked");
                return notJudged(wanted, outcome.grpcStatus.unknown);
            }));
    }

    void place(const char* what, const std::optional<Written<std::string>>& wanted, const Known<std::string>& seen)
    {
        if (!wanted)
            return;
        add(what, *wanted,
            seen.value ? compared(*seen.value == wanted->value, wanted->value, orNone(*seen.value))
                       : notJudged(wanted->value, seen.unknown));
    }

    void route()
    {
        if (!expect_.route)
            return;
        const std::string& wanted = expect_.route->value;
        if (!seen_.route.value) {
            add("route", *expect_.route, notJudged(wanted, seen_.route.unknown));
            return;
        }
        const std::string& got = *seen_.route.value;
        const bool withKind = std::count(wanted.begin(), wanted.end(), '/') == 2;
        const bool same = withKind ? got == wanted : got.substr(got.find('/') + 1) == wanted;
        add("route", *expect_.route, compared(same && !got.empty(), wanted, orNone(got)));
    }

    void rule()
    {
        if (!expect_.rule)
            return;
        if (const auto* number = std::get_if<std::uint32_t>(&expect_.rule->value)) {
            const std::string wanted = "rules[" + std::to_string(*number) + ']';
            if (!seen_.rule.value && seen_.route.value && seen_.route.value->empty())
                add("rule", *expect_.rule, failed(wanted, "none"));
            else if (!seen_.rule.value)
                add("rule", *expect_.rule, notJudged(wanted, seen_.rule.unknown));
            else
                add("rule", *expect_.rule,
                    compared(*seen_.rule.value == *number, wanted, "rules[" + std::to_string(*seen_.rule.value) + ']'));
            return;
        }
        const std::string& wanted = std::get<std::string>(expect_.rule->value);
        if (!seen_.ruleName.value) {
            add("rule", *expect_.rule, notJudged(wanted, seen_.ruleName.unknown));
            return;
        }
        const std::string& name = *seen_.ruleName.value;
        const std::string got = !name.empty() ? name
                                : seen_.rule.value
                                    ? "rules[" + std::to_string(*seen_.rule.value) + "], which has no name"
                                    : "none";
        add("rule", *expect_.rule, compared(name == wanted, wanted, got));
    }

    /// "a/v1:80 (90 %), a/v2:80 (10 %)".
    [[nodiscard]] std::string seenShares() const
    {
        std::string text;
        for (const auto& [backend, share] : shares())
            text += (text.empty() ? "" : ", ") + orNone(backend) + " (" + percent(share) + ')';
        return text;
    }

    [[nodiscard]] std::map<std::string, double> shares() const
    {
        std::map<std::string, double> all;
        for (const Outcome& outcome : seen_.outcomes)
            all[outcome.backend.value.value_or("")] += outcome.share;
        return all;
    }

    /// Why who answered is not known; "" when it is.
    [[nodiscard]] std::string unknownBackend() const
    {
        for (const Outcome& outcome : seen_.outcomes)
            if (!outcome.backend.value)
                return outcome.backend.unknown;
        return {};
    }

    void backend()
    {
        if (!expect_.backend)
            return;
        const std::string& wanted = expect_.backend->value;
        if (const std::string why = unknownBackend(); !why.empty()) {
            add("backend", *expect_.backend, notJudged(wanted, why));
            return;
        }
        const auto all = shares();
        const bool alone = all.size() == 1;
        add("backend", *expect_.backend,
            compared(alone && all.begin()->first == wanted, wanted, alone ? orNone(all.begin()->first) : seenShares()));
    }

    void backends()
    {
        if (!expect_.backends)
            return;
        std::string wanted;
        for (const ShareExpectation& each : expect_.backends->value)
            wanted += (wanted.empty() ? "" : ", ") + each.backend +
                      (each.share ? " (" + percent(*each.share) + ')' : std::string());
        if (const std::string why = unknownBackend(); !why.empty()) {
            add("backends", *expect_.backends, notJudged(wanted, why));
            return;
        }
        const auto all = shares();
        // A tenth of a percent is as exact as percentages are written.
        const double tolerance = std::max(seen_.tolerance, 0.0005001);
        bool same = all.size() == expect_.backends->value.size();
        for (const ShareExpectation& each : expect_.backends->value) {
            const auto found = all.find(each.backend);
            same = same && found != all.end() && (!each.share || std::abs(found->second - *each.share) <= tolerance);
        }
        add("backends", *expect_.backends, compared(same, wanted, seenShares()));
    }

    void refused()
    {
        if (!expect_.refused)
            return;
        const RefusalExpectation& refusal = expect_.refused->value;
        const std::string wanted = !refusal.refused         ? "no refusal"
                                   : refusal.reason.empty() ? "a refusal"
                                                            : "a refusal with " + refusal.reason.words();
        add("refused", *expect_.refused, forAll([&](const Outcome& outcome) -> Finding {
                if (!outcome.refused.value)
                    return notJudged(wanted, outcome.refused.unknown);
                const bool isRefused = *outcome.refused.value;
                if (isRefused != refusal.refused)
                    return failed(wanted, isRefused
                                              ? "refused: " + outcome.reason
                                              : "no refusal" +
                                                    (outcome.asked.empty() ? "" : ": " + outcome.asked + " is asked"));
                if (!isRefused || refusal.reason.empty())
                    return compared(true, wanted, "");
                return reasonFinding(refusal.reason, outcome.reason, seen_, wanted);
            }));
    }

    void redirect()
    {
        if (!expect_.redirect)
            return;
        if (const auto& url = expect_.redirect->url)
            add("redirect.url", *url, forAll([&](const Outcome& outcome) -> Finding {
                    if (!outcome.location.value)
                        return notJudged(url->value.words(), outcome.location.unknown);
                    return compared(!outcome.location.value->empty() && url->value.holds(*outcome.location.value),
                                    url->value.words(),
                                    outcome.location.value->empty() ? "no redirect"
                                                                    : '\'' + *outcome.location.value + '\'');
                }));
        if (const auto& status = expect_.redirect->status)
            add("redirect.status", *status, forAll([&](const Outcome& outcome) -> Finding {
                    const std::string wanted = std::to_string(status->value);
                    if (outcome.location.value && outcome.location.value->empty())
                        return failed(wanted, "no redirect");
                    if (!outcome.status.value)
                        return notJudged(wanted, outcome.status.unknown);
                    return compared(*outcome.status.value == status->value, wanted,
                                    std::to_string(*outcome.status.value));
                }));
    }

    void text(const std::string& what, const std::optional<Written<TextMatch>>& wanted, std::string SeenRequest::*part)
    {
        if (wanted)
            add("backendRequest." + what, *wanted, forAll([&](const Outcome& outcome) -> Finding {
                    if (!outcome.request.value)
                        return noRequest(outcome, wanted->value.words());
                    const std::string& got = (*outcome.request.value).*part;
                    return compared(wanted->value.holds(got), wanted->value.words(), '\'' + got + '\'');
                }));
    }

    /// No backend saw a request: that fails where it is certain.
    static Finding noRequest(const Outcome& outcome, const std::string& wanted)
    {
        if (outcome.refused.value && *outcome.refused.value)
            return failed(wanted, "no request: refused, " + outcome.reason);
        if (outcome.location.value && !outcome.location.value->empty())
            return failed(wanted, "no request: redirected to " + *outcome.location.value);
        if (outcome.backend.value && outcome.backend.value->empty())
            return failed(wanted, "no request: the gateway answers itself");
        return notJudged(wanted, outcome.request.unknown);
    }

    void backendRequest()
    {
        if (!expect_.backendRequest)
            return;
        const RequestExpectation& request = *expect_.backendRequest;
        text("method", request.method, &SeenRequest::method);
        text("path", request.path, &SeenRequest::path);
        text("host", request.host, &SeenRequest::host);
        for (const HeaderExpectation& header : request.headers)
            add("backendRequest.headers." + header.name, Written<int>{0, header.at},
                forAll([&](const Outcome& outcome) -> Finding {
                    if (!outcome.request.value)
                        return noRequest(outcome, headerWords(header));
                    return headerFinding(header, outcome.request.value->headers);
                }));
    }

    void response()
    {
        if (!expect_.response)
            return;
        for (const HeaderExpectation& header : expect_.response->headers)
            add("response.headers." + header.name, Written<int>{0, header.at},
                forAll([&](const Outcome& outcome) { return headerFinding(header, outcome.response.headers); }));
        if (const auto& body = expect_.response->body)
            add("response.body", *body, forAll([&](const Outcome& outcome) -> Finding {
                    const Known<std::string>& got = outcome.response.body;
                    if (!got.value)
                        return notJudged(body->value.words(), got.unknown);
                    return compared(body->value.holds(*got.value), body->value.words(), shortened(*got.value));
                }));
    }

    const Expectation& expect_;
    const Observation& seen_;
    std::vector<Check> checks_;
};

} // namespace

std::string_view toString(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Passed:
        return "passed";
    case Verdict::Failed:
        return "failed";
    case Verdict::NotJudged:
        return "not judged";
    }
    return "failed";
}

CaseResult judge(const TestCase& test, const Observation& seen, bool strict)
{
    CaseResult result;
    result.test = &test;
    result.file = test.location.file ? *test.location.file : std::string();
    result.explanation = seen.explanation;
    if (!seen.error.empty()) {
        result.verdict = Verdict::Failed;
        result.error = seen.error;
        return result;
    }
    result.checks = Judge(test.expect, seen).run();
    const auto count = [&](Verdict verdict) {
        return std::count_if(result.checks.begin(), result.checks.end(),
                             [&](const Check& check) { return check.verdict == verdict; });
    };
    if (count(Verdict::Failed) > 0 || (strict && count(Verdict::NotJudged) > 0))
        result.verdict = Verdict::Failed;
    else if (count(Verdict::Passed) == 0)
        result.verdict = Verdict::NotJudged;
    return result;
}

} // namespace gatehouse::testing
