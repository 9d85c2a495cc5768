#pragma once

#include "engine/tls/identity.h"
#include "model/base/result.h"

#include <chrono>
#include <string>
#include <vector>

namespace gatehouse::engine {

/// A certificate authority of our own, for certificates that only this machine has to trust: ECDSA P-256, ten years,
/// for servers' certificates only (path length 0). The caller keeps it with mode 0600. Errors: what OpenSSL says.
/// Thread: any; costs about a millisecond.
model::Result<TlsIdentity, std::string> makeLocalCa(const std::string& commonName,
                                                    std::chrono::system_clock::time_point now);

/// A server's certificate for DNS names (wildcards as the first label) and IP literals, signed by `ca`: ECDSA P-256,
/// 397 days. `certificatePem` holds the leaf and the CA's certificate. Errors: a name that is neither, no name at all,
/// or a CA that cannot be read.
model::Result<TlsIdentity, std::string> issueCertificate(const TlsIdentity& ca, const std::vector<std::string>& names,
                                                         std::chrono::system_clock::time_point now);

} // namespace gatehouse::engine
