#include "app/testing/expectation_reader.h"

#include "app/control/config_text.h"
#include "app/testing/grpc_codes.h"
#include "model/base/ascii.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace gatehouse::testing {

namespace {

using model::Member;
using model::Value;

class ExpectationReader {
public:
    explicit ExpectationReader(FieldReader& reader) : reader_(reader) {}

    Expectation read(const std::string& path, const Value& value)
    {
        const auto into = [this](auto method) {
            return [this, method](const std::string& p, const Member& m) { (this->*method)(p, m); };
        };
        using Self = ExpectationReader;
        reader_.object(path, value,
                       {{"status", into(&Self::status)},
                        {"grpcStatus", into(&Self::grpcStatus)},
                        {"gateway", into(&Self::gateway)},
                        {"listener", into(&Self::listener)},
                        {"route", into(&Self::route)},
                        {"rule", into(&Self::rule)},
                        {"backend", into(&Self::backend)},
                        {"backends", into(&Self::backends)},
                        {"refused", into(&Self::refused)},
                        {"redirect", into(&Self::redirect)},
                        {"backendRequest", into(&Self::backendRequest)},
                        {"response", into(&Self::response)}},
                       "an object of expectations");
        return std::move(result_);
    }

private:
    void bad(const std::string& path, const Value& value, std::string message, std::string expected)
    {
        reader_.report(code::badValue, value.position(), path, std::move(message), std::move(expected));
    }

    std::optional<StatusRange> statusRange(const std::string& path, const Value& value)
    {
        const auto text = reader_.text(path, value, "a status as 200 or 2xx");
        if (!text)
            return std::nullopt;
        if (text->size() == 3 && (*text)[0] >= '1' && (*text)[0] <= '5') {
            if (model::lowered(text->substr(1)) == "xx") {
                const auto hundreds = static_cast<std::uint16_t>(((*text)[0] - '0') * 100);
                return StatusRange{hundreds, static_cast<std::uint16_t>(hundreds + 99)};
            }
            std::uint16_t number = 0;
            const auto [end, error] = std::from_chars(text->data(), text->data() + 3, number);
            if (error == std::errc() && end == text->data() + 3)
                return StatusRange{number, number};
        }
        bad(path, value, "'" + *text + "' is no status", "one as 200 or 2xx, or a list of them");
        return std::nullopt;
    }

    void status(const std::string& path, const Member& member)
    {
        std::vector<StatusRange> ranges;
        reader_.list(path, member.value, true, [&](const std::string& p, const Value& value) {
            if (const auto range = statusRange(p, value))
                ranges.push_back(*range);
        });
        result_.status = {std::move(ranges), member.value.position()};
    }

    void grpcStatus(const std::string& path, const Member& member)
    {
        const auto text = reader_.text(path, member.value);
        if (!text)
            return;
        if (auto name = readGrpcCode(*text))
            result_.grpcStatus = {std::move(*name), member.value.position()};
        else
            bad(path, member.value, "'" + *text + "' is no gRPC status", "a name as UNAVAILABLE, or its number");
    }

    void gateway(const std::string& path, const Member& member)
    {
        const auto text = reader_.text(path, member.value);
        if (!text)
            return;
        const std::string name = control::qualify(*text);
        if (name.empty())
            bad(path, member.value, "'" + *text + "' is no Gateway", "namespace/name");
        result_.gateway = {name, member.value.position()};
    }

    void listener(const std::string& path, const Member& member)
    {
        if (auto text = reader_.text(path, member.value))
            result_.listener = {std::move(*text), member.value.position()};
    }

    void route(const std::string& path, const Member& member)
    {
        const auto text = reader_.text(path, member.value);
        if (!text)
            return;
        const auto slashes = std::count(text->begin(), text->end(), '/');
        std::string name = *text;
        if (slashes == 0)
            name = control::qualify(name);
        if (slashes > 2 || name.empty())
            bad(path, member.value, "'" + *text + "' is no route", "HTTPRoute/namespace/name, or namespace/name");
        result_.route = {std::move(name), member.value.position()};
    }

    void rule(const std::string& path, const Member& member)
    {
        if (const auto number = member.value.kind() == Value::Kind::Int ? member.value.asInt() : std::nullopt) {
            if (*number < 0 || *number > 10'000)
                bad(path, member.value, std::to_string(*number) + " is no rule", "its place, from 0, or its name");
            else
                result_.rule = {RuleExpectation(static_cast<std::uint32_t>(*number)), member.value.position()};
        } else if (auto text = reader_.text(path, member.value, "a rule's place, from 0, or its name")) {
            result_.rule = {RuleExpectation(std::move(*text)), member.value.position()};
        }
    }

    std::optional<std::string> backendKey(const std::string& path, const std::string& text, model::Position at)
    {
        auto key = control::parseBackendKey(text);
        if (key)
            return std::move(*key);
        reader_.report(code::badValue, at, path, key.error());
        return std::nullopt;
    }

    void backend(const std::string& path, const Member& member)
    {
        const auto text = reader_.text(path, member.value, "namespace/service:port");
        if (!text)
            return;
        if (auto key = backendKey(path, *text, member.value.position()))
            result_.backend = {std::move(*key), member.value.position()};
    }

    /// A weight, or a percentage; false with an Error.
    bool share(const std::string& path, const Value& value, double& number, bool& percent)
    {
        const std::string expected = "a weight as 9, or a share as 90%";
        const auto text = value.kind() == Value::Kind::Float ? std::optional(std::to_string(*value.asFloat()))
                                                             : reader_.text(path, value, expected);
        if (!text)
            return false;
        percent = text->ends_with('%');
        const std::size_t length = text->size() - (percent ? 1 : 0);
        const auto [end, error] = std::from_chars(text->data(), text->data() + length, number);
        if (error == std::errc() && end == text->data() + length && number >= 0 && std::isfinite(number))
            return true;
        bad(path, value, "'" + *text + "' is no share", expected);
        return false;
    }

    void backends(const std::string& path, const Member& member)
    {
        std::vector<ShareExpectation> shares;
        double total = 0;
        std::size_t percents = 0;
        const std::size_t before = reader_.errors();
        if (const Value::Object* members = member.value.asObject()) {
            for (const Member& entry : *members) {
                const std::string child = path + '.' + entry.name;
                const auto key = backendKey(child, entry.name, entry.namePosition);
                double number = 0;
                bool percent = false;
                if (!share(child, entry.value, number, percent) || !key)
                    continue;
                total += number;
                percents += percent;
                shares.push_back({*key, number});
            }
        } else {
            reader_.list(path, member.value, true, [&](const std::string& p, const Value& value) {
                if (const auto text = reader_.text(p, value, "namespace/service:port"))
                    if (auto key = backendKey(p, *text, value.position()))
                        shares.push_back({std::move(*key), std::nullopt});
            });
        }
        if (reader_.errors() == before && percents != 0 && percents != shares.size())
            bad(path, member.value, "mixes weights and percentages", "one kind of them");
        else if (reader_.errors() == before && percents != 0 && std::abs(total - 100) > 0.5)
            bad(path, member.value, "the shares are " + std::to_string(std::lround(total)) + "% together", "100%");
        else if (reader_.errors() == before && shares.empty())
            bad(path, member.value, "names no backend", "a list of backends, or a map of them to weights");
        for (ShareExpectation& each : shares)
            if (each.share && total > 0)
                *each.share /= total;
        // Who gets nothing is not to be met.
        std::erase_if(shares, [](const ShareExpectation& each) { return each.share && *each.share == 0; });
        result_.backends = {std::move(shares), member.value.position()};
    }

    void refused(const std::string& path, const Member& member)
    {
        RefusalExpectation refusal;
        if (const auto flag = member.value.asBool()) {
            refusal.refused = *flag;
        } else if (const std::string* text = member.value.asString()) {
            static_cast<void>(refusal.reason.add(TextMatch::Kind::Contains, *text));
        } else if (member.value.isObject()) {
            if (auto match = reader_.match(path, member.value))
                refusal.reason = std::move(*match);
        } else {
            reader_.wrongKind(path, member.value, "true, false, or words of the reason");
        }
        result_.refused = {std::move(refusal), member.value.position()};
    }

    FieldReader::Handler match(std::optional<Written<TextMatch>>& target)
    {
        return [this, &target](const std::string& path, const Member& member) {
            if (auto match = reader_.match(path, member.value))
                target = {std::move(*match), member.value.position()};
        };
    }

    void redirect(const std::string& path, const Member& member)
    {
        RedirectExpectation redirect;
        if (!member.value.isObject()) {
            match(redirect.url)(path, member);
        } else {
            reader_.object(path, member.value,
                           {{"url", match(redirect.url)},
                            {"status",
                             [&](const std::string& p, const Member& m) {
                                 const auto range = statusRange(p, m.value);
                                 if (range && range->first == range->last)
                                     redirect.status = {range->first, m.value.position()};
                                 else if (range)
                                     bad(p, m.value, "is more than one status", "one as 301");
                             }}},
                           "");
        }
        if (!redirect.url && !redirect.status && member.value.isObject())
            bad(path, member.value, "asks for nothing", "url, status or both");
        result_.redirect = std::move(redirect);
    }

    std::optional<HeaderExpectation> header(const std::string& path, const Member& member)
    {
        HeaderExpectation header;
        header.name = model::lowered(member.name);
        header.at = member.namePosition;
        const std::size_t before = reader_.errors();
        if (member.value.isArray()) {
            header.values.emplace();
            reader_.list(path, member.value, false, [&](const std::string& p, const Value& value) {
                if (auto text = reader_.text(p, value))
                    header.values->push_back(std::move(*text));
            });
        } else if (member.value.isObject()) {
            bool present = false;
            FieldReader::Keys keys = reader_.conditions(header.match);
            const auto flag = [this](bool& target) {
                return [this, &target](const std::string& p, const Member& m) {
                    if (const auto value = reader_.boolean(p, m.value))
                        target = *value;
                };
            };
            keys.emplace_back("absent", flag(header.absent));
            keys.emplace_back("present", flag(present));
            reader_.object(path, member.value, keys, "");
            if (header.absent && (present || !header.match.empty()))
                bad(path, member.value, "wants the header to be there and not to be there", "absent: true alone");
        } else if (auto text = reader_.text(path, member.value, "its value, or conditions as absent: true")) {
            static_cast<void>(header.match.add(TextMatch::Kind::Equals, std::move(*text)));
        }
        return reader_.errors() == before ? std::optional(std::move(header)) : std::nullopt;
    }

    FieldReader::Handler headers(std::vector<HeaderExpectation>& target)
    {
        return [this, &target](const std::string& path, const Member& member) {
            const Value::Object* members = member.value.asObject();
            if (!members) {
                reader_.wrongKind(path, member.value, "a map of header names");
                return;
            }
            for (const Member& entry : *members)
                if (auto expectation = header(path + '.' + entry.name, entry))
                    target.push_back(std::move(*expectation));
        };
    }

    void backendRequest(const std::string& path, const Member& member)
    {
        RequestExpectation request;
        reader_.object(path, member.value,
                       {{"method", match(request.method)},
                        {"path", match(request.path)},
                        {"host", match(request.host)},
                        {"headers", headers(request.headers)}},
                       "an object of expectations");
        result_.backendRequest = std::move(request);
    }

    void response(const std::string& path, const Member& member)
    {
        ResponseExpectation response;
        reader_.object(path, member.value, {{"headers", headers(response.headers)}, {"body", match(response.body)}},
                       "an object of expectations");
        result_.response = std::move(response);
    }

    FieldReader& reader_;
    Expectation result_;
};

} // namespace

Expectation readExpectation(FieldReader& reader, const std::string& path, const Value& value)
{
    return ExpectationReader(reader).read(path, value);
}

} // namespace gatehouse::testing
