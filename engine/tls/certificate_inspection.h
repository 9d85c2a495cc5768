#pragma once

#include "engine/tls/certificate_facts.h"
#include "model/base/hostname.h"
#include "model/base/result.h"

#include <string>
#include <vector>

namespace gatehouse::engine {

/// What can be said of a server's certificate and its key without a handshake.
struct CertificateInspection {
    CertificateFacts facts;              ///< of the server's own certificate
    std::vector<std::string> dnsNames;   ///< its subjectAltNames of type DNS, in lower case
    bool keyFits = false;                ///< the private key is the certificate's
    std::vector<CertificateFacts> chain; ///< the certificates behind it, in their order
};

/// Inspects PEM texts, as a Secret has them in tls.crt and tls.key. Errors, for people: a text that cannot be read;
/// they repeat no part of it. Thread: any.
model::Result<CertificateInspection, std::string> inspectCertificate(const std::string& certificatePem,
                                                                     const std::string& keyPem);

/// The facts of every certificate of a PEM text, as of a CA bundle; none when it cannot be read. Thread: any.
std::vector<CertificateFacts> factsOfAll(const std::string& pem);

/// Whether clients find a host in a certificate (RFC 9525): equal, or `*` for exactly one label. A hostname with a
/// wildcard is covered by the same wildcard, and the common name counts for nothing.
bool covers(const std::vector<std::string>& dnsNames, const model::Hostname& hostname);

} // namespace gatehouse::engine
