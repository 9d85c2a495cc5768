#include "importers/ingress/policy.h"

#include <algorithm>

namespace gatehouse::importers::ingress {
namespace {

using model::Severity;

/// What tools write for themselves: no controller of Ingresses reads it. A name that ends in '/' is a prefix.
constexpr std::string_view noConcern[] = {
    "kubernetes.io/ingress.class", // read as the class
    "kubernetes.io/description",   "kubectl.kubernetes.io/", "meta.helm.sh/", "helm.sh/",
    "argocd.argoproj.io/",         "config.kubernetes.io/",
};

/// What is known about an annotation without an equal.
struct Known {
    std::string_view name; ///< behind ingress-nginx's prefix; ends in '*': all that start so
    Severity severity;     ///< Error: requests fare differently without it
    std::string_view consequence, remedy;
};

constexpr std::string_view lettingIn = "whoever it kept out gets in";

constexpr Known known[] = {
    {"auth-url", Severity::Error, lettingIn, "use an ExternalAuth filter (experimental), or let the backend decide"},
    {"auth-tls-*", Severity::Error, lettingIn, "set spec.tls.frontend.default.validation of the Gateway"},
    {"auth-*", Severity::Error, lettingIn, "let the backend decide, or a policy of your implementation"},
    {"whitelist-source-range", Severity::Error, lettingIn, "use a policy of your implementation"},
    {"allowlist-source-range", Severity::Error, lettingIn, "use a policy of your implementation"},
    {"denylist-source-range", Severity::Error, lettingIn, "use a policy of your implementation"},
    {"satisfy", Severity::Error, lettingIn, "use a policy of your implementation"},
    {"canary-by-cookie", Severity::Error, "its requests go where canary-weight sends them",
     "HTTPRoute matches headers, not cookies: let clients send one, and use canary-by-header"},
    {"canary-by-header-pattern", Severity::Error, "its requests go where canary-weight sends them",
     "add a match with a header of type RegularExpression"},
    {"server-alias", Severity::Error, "its hosts are not served", "add them to the rules of the Ingress"},
    {"from-to-www-redirect", Severity::Error, "the other name is not served",
     "add an HTTPRoute for it with a RequestRedirect"},
    {"ssl-passthrough", Severity::Error, "TLS ends at the Gateway",
     "write a TLSRoute, and a TLS listener of mode Passthrough"},
    {"*-snippet", Severity::Error, "what it told nginx is not done", "say it with filters of HTTPRoute"},
    {"stream-snippet", Severity::Error, "what it told nginx is not done", "write a TCPRoute or UDPRoute"},
    {"proxy-read-timeout", Severity::Warning, "it bounds the wait between two reads, and HTTPRoute the whole answer",
     "set timeouts.backendRequest where that is meant"},
    {"proxy-send-timeout", Severity::Warning, "it bounds the wait between two writes, and HTTPRoute the whole answer",
     "set timeouts.backendRequest where that is meant"},
    {"proxy-connect-timeout", Severity::Warning, "HTTPRoute has no timeout of connecting alone", ""},
    {"proxy-body-size", Severity::Warning, "HTTPRoute does not limit bodies", "use a policy of your implementation"},
    {"proxy-next-upstream*", Severity::Warning, "failed requests are not repeated",
     "set retry of the rule (experimental)"},
    {"affinity", Severity::Warning, "clients change between endpoints",
     "set sessionPersistence of the rule (experimental)"},
    {"session-cookie-*", Severity::Warning, "clients change between endpoints",
     "set sessionPersistence of the rule (experimental)"},
    {"mirror-*", Severity::Warning, "nothing is mirrored", "add a RequestMirror filter that names a Service"},
    {"custom-headers", Severity::Warning, "its headers are not set", "add a ResponseHeaderModifier filter"},
    {"proxy-ssl-*", Severity::Warning, "it says how to speak TLS to backends", "write a BackendTLSPolicy"},
    {"limit-*", Severity::Warning, "nothing is limited", "use a policy of your implementation"},
};

bool fits(std::string_view pattern, std::string_view name)
{
    if (pattern.starts_with('*'))
        return name.ends_with(pattern.substr(1));
    if (pattern.ends_with('*'))
        return name.starts_with(pattern.substr(0, pattern.size() - 1));
    return pattern == name;
}

} // namespace

void reportUnknown(const Ingress& ingress, const Annotation& annotation, Reports& reports)
{
    const std::string_view name = annotation.name;
    for (const std::string_view idle : noConcern)
        if (name == idle || (idle.ends_with('/') && name.starts_with(idle)))
            return;
    Severity severity = Severity::Warning;
    std::string message = annotation.name + " was not carried over", remedy;
    if (name.starts_with(nginxPrefix))
        for (const Known& each : known)
            if (fits(each.name, name.substr(nginxPrefix.size()))) {
                severity = each.severity;
                message += ": " + std::string(each.consequence);
                remedy = each.remedy;
                break;
            }
    reports.add(severity, severity == Severity::Error ? code::annotationRouting : code::annotation, ingress,
                spotOf(annotation), std::move(message), std::move(remedy));
}

} // namespace gatehouse::importers::ingress
