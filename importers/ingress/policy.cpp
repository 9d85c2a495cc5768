#include "importers/ingress/policy.h"

#include "model/schema/duration.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace gatehouse::importers::ingress {
namespace {

using model::Severity;

std::vector<std::string> listOf(std::string_view text)
{
    std::vector<std::string> items;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        std::string_view item = text.substr(0, comma);
        while (!item.empty() && item.front() == ' ')
            item.remove_prefix(1);
        while (!item.empty() && item.back() == ' ')
            item.remove_suffix(1);
        if (!item.empty())
            items.emplace_back(item);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return items;
}

std::optional<std::int64_t> numberOf(const std::string& text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// scheme://host[:port][/path]; the path is "" where `$request_uri` stands for the one that was asked for, and "/"
/// where there is none. nullopt: a relative target, or one with other variables.
std::optional<Redirect> parseTarget(std::string text)
{
    constexpr std::string_view asked = "$request_uri";
    Redirect redirect;
    const bool keepsPath = text.ends_with(asked);
    if (keepsPath)
        text.erase(text.size() - asked.size());
    const std::size_t end = text.find("://");
    if (end == std::string::npos || text.find_first_of("$?#") != std::string::npos)
        return std::nullopt;
    redirect.scheme = text.substr(0, end);
    const std::string rest = text.substr(end + 3);
    const std::size_t slash = rest.find('/');
    redirect.host = rest.substr(0, slash);
    redirect.path = slash == std::string::npos ? "/" : rest.substr(slash);
    if (keepsPath && redirect.path != "/")
        return std::nullopt;
    if (keepsPath)
        redirect.path.clear();
    if (const std::size_t colon = redirect.host.find(':'); colon != std::string::npos) {
        const auto port = numberOf(redirect.host.substr(colon + 1));
        if (!port || *port < 1 || *port > 65535)
            return std::nullopt;
        redirect.port = static_cast<std::uint16_t>(*port);
        redirect.host.erase(colon);
    }
    const bool valid = (redirect.scheme == "http" || redirect.scheme == "https") && !redirect.host.empty();
    return valid ? std::optional(redirect) : std::nullopt;
}

class PolicyReader {
public:
    PolicyReader(const Ingress& ingress, bool nginx, Reports& reports)
        : ingress_(ingress), nginx_(nginx), reports_(reports)
    {
    }

    Policy read()
    {
        if (nginx_)
            readNginx();
        if (const Annotation* allowed = take("kubernetes.io/ingress.allow-http"))
            policy_.httpAllowed = allowed->value != "false";
        if (const Annotation* timeout = take(std::string(contourPrefix) + "response-timeout"))
            readResponseTimeout(*timeout);
        for (const Annotation& annotation : ingress_.annotations)
            if (!taken_.contains(annotation.name))
                reportUnknown(ingress_, annotation, reports_);
        return std::move(policy_);
    }

private:
    /// The annotation of this name, which is then accounted for.
    const Annotation* take(const std::string& name)
    {
        for (const Annotation& annotation : ingress_.annotations)
            if (annotation.name == name) {
                taken_.insert(name);
                return &annotation;
            }
        return nullptr;
    }

    const Annotation* nginx(std::string_view name) { return take(std::string(nginxPrefix) + std::string(name)); }

    std::string nginxText(std::string_view name, std::string otherwise = {})
    {
        const Annotation* annotation = nginx(name);
        return annotation ? annotation->value : std::move(otherwise);
    }

    bool nginxFlag(std::string_view name, bool otherwise = false)
    {
        const Annotation* annotation = nginx(name);
        if (!annotation)
            return otherwise;
        if (annotation->value != "true" && annotation->value != "false")
            refuse(*annotation, "is neither true nor false");
        return annotation->value == "true" || (annotation->value != "false" && otherwise);
    }

    void refuse(const Annotation& annotation, const std::string& why, std::string remedy = {})
    {
        reports_.add(Severity::Error, code::annotationRouting, ingress_, spotOf(annotation),
                     annotation.name + " was not carried over: '" + annotation.value + "' " + why, std::move(remedy));
    }

    void readNginx()
    {
        if (nginxFlag("canary")) {
            readCanary();
            return; // ingress-nginx takes everything else from the Ingress that the canary belongs to
        }
        policy_.redirectToHttps = nginxFlag("ssl-redirect", true);
        if (nginxFlag("force-ssl-redirect"))
            readForcedRedirect();
        readRewrite();
        readRedirects();
        readCors();
        policy_.upstreamHost = nginxText("upstream-vhost");
        if (const Annotation* vhost = nginx("upstream-vhost"); vhost && vhost->value.find('$') != std::string::npos) {
            refuse(*vhost, "has a variable of nginx");
            policy_.upstreamHost.clear();
        }
        readProtocol();
    }

    void readCanary()
    {
        Canary& canary = policy_.canary.emplace();
        if (const Annotation* total = nginx("canary-weight-total")) {
            const auto number = numberOf(total->value);
            if (number && *number > 0 && *number <= 1'000'000)
                canary.total = static_cast<std::uint32_t>(*number);
            else
                refuse(*total, "is no weight", "write a number from 1 to 1000000");
        }
        if (const Annotation* weight = nginx("canary-weight")) {
            const auto number = numberOf(weight->value);
            if (number && *number >= 0 && *number <= canary.total)
                canary.weight = static_cast<std::uint32_t>(*number);
            else
                refuse(*weight, "is no weight",
                       "write a number from 0 to canary-weight-total, which is 100 by default");
        }
        canary.header = nginxText("canary-by-header");
        canary.headerValue = nginxText("canary-by-header-value");
    }

    /// Without TLS at the host it looks at X-Forwarded-Proto, which no match of a redirect can do without a loop.
    void readForcedRedirect()
    {
        policy_.redirectToHttps = true;
        if (ingress_.tls.empty())
            refuse(*nginx("force-ssl-redirect"),
                   "redirects by what a load balancer in front says, since the Ingress has no tls",
                   "let the load balancer redirect, or add tls to the Ingress");
    }

    void readRewrite()
    {
        policy_.useRegex = nginxFlag("use-regex");
        if (const Annotation* target = nginx("rewrite-target")) {
            policy_.rewriteTarget = target->value;
            policy_.rewriteSpot = spotOf(*target);
        }
        if (const Annotation* prefix = nginx("x-forwarded-prefix")) {
            if (prefix->value.find('$') != std::string::npos)
                refuse(*prefix, "refers to groups of the path");
            else if (!policy_.rewriteTarget.empty()) // ingress-nginx sets it with a rewrite only
                policy_.forwardedPrefix = prefix->value;
        }
        if (const Annotation* root = nginx("app-root")) {
            if (root->value.starts_with('/'))
                policy_.appRoot = root->value;
            else
                refuse(*root, "is no path", "start it with '/'");
        }
    }

    void readRedirects()
    {
        // The temporal one is looked at first.
        for (const std::string name : {"temporal-redirect", "permanent-redirect"}) {
            const Annotation* target = nginx(name);
            const Annotation* status = nginx(name + "-code");
            if (!target || policy_.redirect)
                continue;
            auto redirect = parseTarget(target->value);
            if (!redirect) {
                refuse(*target, "is no target that a RequestRedirect can name",
                       "write scheme://host[:port]/path, or scheme://host$request_uri");
                continue;
            }
            redirect->status = name == "temporal-redirect" ? 302 : 301;
            if (status) {
                const auto number = numberOf(status->value).value_or(0);
                if (number == 301 || number == 302 || number == 303 || number == 307 || number == 308)
                    redirect->status = static_cast<int>(number);
                else
                    refuse(*status, "is no status of a RequestRedirect", "write 301, 302, 303, 307 or 308");
            }
            if (!redirect->path.empty())
                reports_.add(Severity::Info, code::annotation, ingress_, spotOf(*target),
                             target->name + ": nginx drops the query, a RequestRedirect keeps it");
            policy_.redirect = std::move(redirect);
        }
    }

    void readCors()
    {
        const bool enabled = nginxFlag("enable-cors");
        Cors cors;
        cors.origins = listOf(nginxText("cors-allow-origin", "*"));
        cors.methods = listOf(nginxText("cors-allow-methods", "GET, PUT, POST, DELETE, PATCH, OPTIONS"));
        cors.headers = listOf(nginxText("cors-allow-headers",
                                        "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,"
                                        "Content-Type,Range,Authorization"));
        cors.exposedHeaders = listOf(nginxText("cors-expose-headers"));
        cors.credentials = nginxFlag("cors-allow-credentials", true);
        const Annotation* age = nginx("cors-max-age");
        cors.maxAgeSeconds = age ? numberOf(age->value).value_or(0) : 1'728'000;
        if (!enabled)
            return; // the others mean nothing without it
        if (age && cors.maxAgeSeconds <= 0) {
            refuse(*age, "is no number of seconds");
            cors.maxAgeSeconds = 1'728'000;
        }
        // Browsers refuse "*" together with credentials, which is what ingress-nginx answers; a CORS filter would name
        // the origin instead and so let everybody in.
        if (cors.origins == std::vector<std::string>{"*"} && cors.credentials) {
            cors.credentials = false;
            reports_.add(Severity::Info, code::annotation, ingress_, {},
                         "cors-allow-credentials is left out: browsers never used it with every origin allowed");
        }
        policy_.cors = std::move(cors);
    }

    void readProtocol()
    {
        const Annotation* protocol = nginx("backend-protocol");
        if (!protocol)
            return;
        std::string value = protocol->value;
        std::transform(value.begin(), value.end(), value.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        policy_.grpc = value == "GRPC";
        policy_.grpcSpot = spotOf(*protocol);
        if (value == "HTTPS" || value == "GRPCS")
            refuse(*protocol, "encrypts without looking at the backend's certificate, which the Gateway API never does",
                   "write a BackendTLSPolicy for the Service, with the CA that signed its certificate");
        else if (value != "HTTP" && value != "GRPC")
            refuse(*protocol, "is no protocol that a Gateway speaks to backends");
    }

    /// Contour's own is Envoy's timeout of the whole route, which is what timeouts.request is.
    void readResponseTimeout(const Annotation& timeout)
    {
        if (timeout.value == "infinity" || timeout.value == "infinite")
            policy_.requestTimeout = "0s";
        else if (model::parseDuration(timeout.value))
            policy_.requestTimeout = timeout.value;
        else
            refuse(timeout, "is no duration of the Gateway API", "write it as 10s, 500ms or 1h");
    }

    const Ingress& ingress_;
    const bool nginx_;
    Reports& reports_;
    Policy policy_;
    std::set<std::string> taken_;
};

} // namespace

Spot spotOf(const Annotation& annotation)
{
    return {"metadata.annotations[" + annotation.name + ']', annotation.position};
}

bool isServedByNginx(const Ingress& ingress, const std::string& controller)
{
    if (!controller.empty())
        return controller.ends_with("/ingress-nginx");
    return ingress.className == "nginx" ||
           std::any_of(ingress.annotations.begin(), ingress.annotations.end(),
                       [](const Annotation& annotation) { return annotation.name.starts_with(nginxPrefix); });
}

Policy readPolicy(const Ingress& ingress, const std::string& controller, Reports& reports)
{
    return PolicyReader(ingress, isServedByNginx(ingress, controller), reports).read();
}

} // namespace gatehouse::importers::ingress
