#pragma once

#include <memory>
#include <string>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace gatehouse::engine {

/// Calls the function that frees an OpenSSL object.
template <auto release>
struct Releases {
    template <class T>
    void operator()(T* object) const noexcept
    {
        release(object);
    }
};

using BioPtr = std::unique_ptr<BIO, Releases<&BIO_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Releases<&EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, Releases<&X509_free>>;
using SslPtr = std::unique_ptr<SSL, Releases<&SSL_free>>;
using SslContextPtr = std::unique_ptr<SSL_CTX, Releases<&SSL_CTX_free>>;

/// Empties this thread's error queue and says its oldest error, the cause, in OpenSSL's words: "no start line".
/// `otherwise` when the queue is empty. Never holds key material.
std::string takeOpenSslError(const char* otherwise);

/// A read-only BIO over a text that outlives it; null when memory is short.
BioPtr bioOver(const std::string& text);

/// Adds every certificate of a PEM text to a store; false when there is none.
bool addCertificates(X509_STORE* store, const std::string& pem);

/// The first private key of a PEM text; null when there is none that can be read. One that is encrypted is refused:
/// nobody is there to be asked for its passphrase.
KeyPtr readPrivateKey(const std::string& pem);

} // namespace gatehouse::engine
