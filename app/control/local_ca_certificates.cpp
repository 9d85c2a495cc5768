#include "app/control/local_ca_certificates.h"

#include "engine/tls/certificate_facts.h"
#include "engine/tls/local_ca.h"

namespace gatehouse::control {

namespace {

/// Long enough for a laptop that sleeps for weeks.
constexpr std::chrono::hours renewBefore{30 * 24};
/// Names come and go with edits; beyond this the certificates that are not in use are not worth keeping.
constexpr std::size_t mostKept = 1000;

} // namespace

model::Result<engine::TlsIdentity, std::string>
LocalCaCertificates::certificateFor(const std::vector<std::string>& names)
{
    const auto now = clock_();
    const auto authority = store_.loadOrCreate(now);
    if (!authority)
        return model::Unexpected{authority.error()};
    if (authority->certificatePem != authorityPem_) {
        issued_.clear();
        authorityPem_ = authority->certificatePem;
    }
    if (const auto known = issued_.find(names); known != issued_.end() && now < known->second.renewAt)
        return known->second.identity;

    const auto facts = engine::certificateFacts(authority->certificatePem);
    if (!facts)
        return model::Unexpected{"the local CA " + store_.identityPath() + " cannot be read: " + facts.error()};
    if (facts->notAfter <= now)
        return model::Unexpected{"the local CA " + store_.identityPath() +
                                 " has expired; `gatehouse ca renew` makes a new one"};
    auto identity = engine::issueCertificate(*authority, names, now);
    if (!identity)
        return model::Unexpected{identity.error()};
    const auto leaf = engine::certificateFacts(identity->certificatePem);
    if (!leaf)
        return model::Unexpected{leaf.error()};
    if (issued_.size() >= mostKept)
        issued_.clear();
    issued_[names] = {*identity, leaf->notAfter - renewBefore};
    return *identity;
}

bool LocalCaCertificates::forgetDue()
{
    if (issued_.empty())
        return false;
    if (const auto authority = store_.load(); authority && authority->certificatePem != authorityPem_) {
        issued_.clear();
        return true;
    }
    const auto now = clock_();
    return std::erase_if(issued_, [&](const auto& each) { return now >= each.second.renewAt; }) > 0;
}

} // namespace gatehouse::control
