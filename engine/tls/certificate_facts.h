#pragma once

#include "model/base/result.h"

#include <chrono>
#include <string>

namespace gatehouse::engine {

/// What people and clocks want to know of a certificate.
struct CertificateFacts {
    std::string subject;     ///< RFC 2253: "CN=Gatehouse local CA,O=Gatehouse"
    std::string fingerprint; ///< SHA-256 of the DER, upper-case hex with colons, as openssl and browsers show it
    std::chrono::system_clock::time_point notBefore, notAfter;
};

/// The facts of the first certificate of a PEM text. Errors: what OpenSSL finds wrong with it. Thread: any.
model::Result<CertificateFacts, std::string> certificateFacts(const std::string& pem);

} // namespace gatehouse::engine
