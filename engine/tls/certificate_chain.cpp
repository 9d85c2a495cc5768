#include "engine/tls/certificate_chain.h"

#include <openssl/pem.h>
#include <openssl/sha.h>

namespace gatehouse::engine {

model::Result<CertificateChain, std::string> readCertificateChain(const std::string& certificatePem,
                                                                  const std::string& keyPem)
{
    const auto refused = [](const char* what, const char* otherwise) {
        return model::Unexpected{std::string(what) + ": " + takeOpenSslError(otherwise)};
    };
    CertificateChain chain;
    const BioPtr bio = bioOver(certificatePem);
    chain.leaf.reset(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!chain.leaf)
        return refused("tls.crt cannot be read", "no certificate");
    chain.rest.reset(sk_X509_new_null());
    while (X509* next = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr))
        sk_X509_push(chain.rest.get(), next);
    takeOpenSslError(""); // the end of the text
    chain.key = readPrivateKey(keyPem);
    if (!chain.key)
        return refused("tls.key cannot be read", "no private key");
    if (X509_check_private_key(chain.leaf.get(), chain.key.get()) != 1)
        return refused("tls.key does not belong to tls.crt", "they do not match");
    return chain;
}

std::string digestOf(const std::string& text)
{
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
           reinterpret_cast<unsigned char*>(digest.data()));
    return digest;
}

} // namespace gatehouse::engine
