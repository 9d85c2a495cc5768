#include "app/control/lint/certificate_lint.h"

#include "engine/tls/certificate_inspection.h"
#include "model/graph/resolve_passes.h"
#include "model/lint/check.h"

#include <algorithm>
#include <ctime>
#include <map>
#include <set>

namespace gatehouse::control {
namespace {

using engine::CertificateFacts;
using engine::CertificateInspection;
using model::Severity;
using std::chrono::system_clock;
using Findings = model::checks::Findings;
using Place = model::checks::Place;

/// Short-lived certificates are renewed at their end every time: a tenth of the lifetime is soon for them.
constexpr auto soonAtMost = std::chrono::hours(24 * 14);

std::string dayOf(system_clock::time_point time)
{
    const std::time_t seconds = system_clock::to_time_t(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts);
    return text;
}

bool isSoon(const CertificateFacts& facts, system_clock::time_point now)
{
    return facts.notAfter - now < std::min<system_clock::duration>(soonAtMost, (facts.notAfter - facts.notBefore) / 10);
}

class CertificateLint {
public:
    CertificateLint(const model::Graph& graph, system_clock::time_point now) : graph_(graph), now_(now) {}

    std::vector<model::Diagnostic> run()
    {
        for (const model::ListenerNode& listener : graph_.listeners)
            for (const model::Secret* secret : listener.certificates)
                look(*secret);
        for (const model::GatewayNode& gateway : graph_.gateways)
            if (gateway.backendClientCertificate)
                look(*gateway.backendClientCertificate);
        checkBundles();
        checkHostnames();
        return findings_.take();
    }

private:
    /// Each Secret once, however many listeners show it; null when it cannot be read.
    const CertificateInspection* look(const model::Secret& secret)
    {
        const auto [it, isNew] = secrets_.try_emplace(&secret);
        if (!isNew)
            return it->second ? &*it->second : nullptr;
        auto inspection = engine::inspectCertificate(secret.data.at("tls.crt"), secret.data.at("tls.key"));
        if (!inspection) {
            findings_.add(placeIn(secret, "tls.crt"), {certificate_code::unreadable,
                                                       Severity::Warning,
                                                       inspection.error(),
                                                       {},
                                                       "put PEM of a certificate and of its key there"});
            return nullptr;
        }
        it->second = std::move(*inspection);
        checkTimes(placeIn(secret, "tls.crt"), it->second->facts, "the certificate");
        for (const CertificateFacts& facts : it->second->chain)
            checkTimes(placeIn(secret, "tls.crt"), facts, "the certificate of " + facts.subject + " in the chain");
        if (!it->second->keyFits)
            findings_.add(placeIn(secret, "tls.key"),
                          {certificate_code::keyDiffers,
                           Severity::Warning,
                           "the private key does not belong to the certificate, so no handshake succeeds",
                           {},
                           "put the key there that the certificate was made for"});
        return &*it->second;
    }

    static Place placeIn(const model::Resource& resource, std::string_view key)
    {
        model::Position at = model::checks::placeOf(resource, {"data", key});
        if (!at.known())
            at = model::checks::placeOf(resource, {"stringData", key});
        return {resource, "data[\"" + std::string(key) + "\"]", at};
    }

    void checkTimes(const Place& place, const CertificateFacts& facts, const std::string& what)
    {
        if (facts.notAfter < now_)
            findings_.add(place, {certificate_code::expired,
                                  Severity::Warning,
                                  what + " expired on " + dayOf(facts.notAfter),
                                  {},
                                  "renew it"});
        else if (facts.notBefore > now_)
            findings_.add(place, {certificate_code::notYetValid,
                                  Severity::Warning,
                                  what + " is not valid before " + dayOf(facts.notBefore),
                                  {},
                                  "wait, use the one before it, or look at the clock of who made it"});
        else if (isSoon(facts, now_))
            findings_.add(place, {certificate_code::expiresSoon,
                                  Severity::Warning,
                                  what + " expires on " + dayOf(facts.notAfter),
                                  {},
                                  "renew it"});
    }

    /// Old roots beside new ones are common: a bundle is bad when nothing in it is valid any more.
    void checkBundle(const model::ConfigMap& bundle)
    {
        if (!bundles_.insert(&bundle).second)
            return;
        const auto text = bundle.data.find("ca.crt");
        const auto binary = bundle.binaryData.find("ca.crt");
        if (text == bundle.data.end() && binary == bundle.binaryData.end())
            return;
        const auto all = engine::factsOfAll(text != bundle.data.end() ? text->second : binary->second);
        if (all.empty() ||
            std::any_of(all.begin(), all.end(), [&](const CertificateFacts& facts) { return facts.notAfter >= now_; }))
            return;
        const auto last = std::max_element(all.begin(), all.end(),
                                           [](const auto& a, const auto& b) { return a.notAfter < b.notAfter; });
        findings_.add(placeIn(bundle, "ca.crt"),
                      {certificate_code::expired,
                       Severity::Warning,
                       "every certificate of the CA bundle has expired, the last on " + dayOf(last->notAfter),
                       {},
                       "put the authority's new certificate there"});
    }

    void checkBundles()
    {
        const auto check = [&](const std::vector<model::ObjectReference>& refs, const std::string& home) {
            for (const model::ObjectReference& ref : refs) {
                const auto it = graph_.resources->configMaps.find({ref.namespace_.value_or(home), ref.name});
                if (ref.kind == "ConfigMap" && it != graph_.resources->configMaps.end())
                    checkBundle(*it->second);
            }
        };
        for (const model::GatewayNode& node : graph_.gateways) {
            const model::Gateway& gateway = *node.resource;
            if (gateway.frontendDefault)
                check(gateway.frontendDefault->caCertificateRefs, gateway.namespace_());
            for (const model::FrontendTlsPort& port : gateway.frontendPerPort)
                if (port.validation)
                    check(port.validation->caCertificateRefs, gateway.namespace_());
        }
        for (const model::BackendTLSPolicyNode& node : graph_.backendTLSPolicies)
            check(node.resource->caCertificateRefs, node.resource->namespace_());
    }

    /// The hosts that clients may ask each listener for: of the routes there, else the listener's own.
    std::map<model::ListenerIndex, std::set<model::Hostname>> hostsOfListeners() const
    {
        std::map<model::ListenerIndex, std::set<model::Hostname>> hosts;
        for (const model::RouteNode& node : graph_.routes)
            for (const model::ParentNode& parent : node.parents)
                for (const model::Attachment& attachment : parent.attachments)
                    if (!graph_[attachment.listener].certificates.empty())
                        hosts[attachment.listener].insert(attachment.hostnames.begin(), attachment.hostnames.end());
        for (std::uint32_t i = 0; i < graph_.listeners.size(); ++i) {
            const model::ListenerNode& listener = graph_.listeners[i];
            if (listener.certificates.empty() || !listener.resource->hostname)
                continue;
            auto& own = hosts[model::ListenerIndex{i}];
            if (own.empty())
                own.insert(*listener.resource->hostname);
        }
        return hosts;
    }

    void checkHostnames()
    {
        for (const auto& [index, hosts] : hostsOfListeners()) {
            const model::ListenerNode& listener = graph_[index];
            std::vector<std::string> names;
            bool allRead = true;
            for (const model::Secret* secret : listener.certificates) {
                const CertificateInspection* inspection = look(*secret);
                allRead = allRead && inspection;
                if (inspection)
                    names.insert(names.end(), inspection->dnsNames.begin(), inspection->dnsNames.end());
            }
            std::vector<const model::Hostname*> uncovered;
            for (const model::Hostname& host : hosts)
                if (!engine::covers(names, host))
                    uncovered.push_back(&host);
            if (allRead && !uncovered.empty())
                reportUncovered(listener, uncovered, names);
        }
    }

    void reportUncovered(const model::ListenerNode& listener, const std::vector<const model::Hostname*>& uncovered,
                         std::vector<std::string>& names)
    {
        constexpr std::size_t shownAtMost = 3;
        const auto shown = [shownAtMost](std::size_t count, auto&& text) {
            std::string all;
            for (std::size_t i = 0; i < std::min(count, shownAtMost); ++i)
                all += (i == 0 ? "" : ", ") + text(i);
            return count > shownAtMost ? all + " and " + std::to_string(count - shownAtMost) + " more" : all;
        };
        std::sort(names.begin(), names.end());
        names.erase(std::unique(names.begin(), names.end()), names.end());
        const std::string path = fieldPathOf(graph_, listener) + ".tls.certificateRefs";
        const auto& refs = listener.resource->tls->certificateRefs;
        findings_.add(
            {ownerOf(graph_, listener), path, refs.empty() ? model::Position{} : refs.front().position},
            {certificate_code::hostnameNotCovered,
             Severity::Warning,
             "no certificate of listener " + listener.resource->name + " is for " +
                 shown(uncovered.size(), [&](std::size_t i) { return uncovered[i]->text(); }) +
                 (names.empty() ? ": they have no DNS name in subjectAltName"
                                : ": they are for " + shown(names.size(), [&](std::size_t i) { return names[i]; })),
             {},
             "refer to a certificate with these names, or change the hostnames"});
    }

    const model::Graph& graph_;
    system_clock::time_point now_;
    Findings findings_;
    std::map<const model::Secret*, std::optional<CertificateInspection>> secrets_; ///< nullopt: cannot be read
    std::set<const model::ConfigMap*> bundles_;
};

} // namespace

std::vector<model::Diagnostic> lintCertificates(const model::Graph& graph, system_clock::time_point now)
{
    return CertificateLint(graph, now).run();
}

} // namespace gatehouse::control
