#pragma once

#include <string>

namespace gatehouse::engine {

/// A certificate with its private key, as PEM texts. Never to be printed.
struct TlsIdentity {
    std::string certificatePem; ///< the server's own first, then those that lead to a root
    std::string keyPem;         ///< PKCS#8, PKCS#1 or SEC 1; not encrypted

    bool operator==(const TlsIdentity&) const = default;
};

} // namespace gatehouse::engine
