#pragma once

#include "engine/tls/openssl.h"
#include "model/base/result.h"

#include <string>

namespace gatehouse::engine {

/// Frees a stack of certificates with what it holds.
struct ReleasesStack {
    void operator()(STACK_OF(X509) * stack) const noexcept { sk_X509_pop_free(stack, X509_free); }
};
using StackPtr = std::unique_ptr<STACK_OF(X509), ReleasesStack>;

/// What one side of TLS shows of itself: a certificate, those that lead to an authority, and the key.
struct CertificateChain {
    CertificatePtr leaf;
    StackPtr rest;
    KeyPtr key;
};

/// Reads PEM texts, as a Secret has them in tls.crt and tls.key. Errors, for people: a text that cannot be read, or a
/// key that is another certificate's.
model::Result<CertificateChain, std::string> readCertificateChain(const std::string& certificatePem,
                                                                  const std::string& keyPem);

/// A digest that tells texts apart without keeping them.
std::string digestOf(const std::string& text);

} // namespace gatehouse::engine
