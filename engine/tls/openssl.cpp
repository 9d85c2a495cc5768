#include "engine/tls/openssl.h"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace gatehouse::engine {

namespace {
int noPassphrase(char*, int, int, void*)
{
    return -1; // the default would ask on the terminal
}
} // namespace

std::string takeOpenSslError(const char* otherwise)
{
    const unsigned long error = ERR_get_error();
    ERR_clear_error();
    const char* reason = error == 0 ? nullptr : ERR_reason_error_string(error);
    return reason ? reason : otherwise;
}

BioPtr bioOver(const std::string& text)
{
    return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

bool addCertificates(X509_STORE* store, const std::string& pem)
{
    const BioPtr bio = bioOver(pem);
    bool any = false;
    while (bio) {
        const CertificatePtr certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        if (!certificate)
            break;
        any = X509_STORE_add_cert(store, certificate.get()) == 1 || any;
    }
    takeOpenSslError(""); // the end of the text
    return any;
}

KeyPtr readPrivateKey(const std::string& pem)
{
    const BioPtr bio = bioOver(pem);
    return KeyPtr(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassphrase, nullptr) : nullptr);
}

} // namespace gatehouse::engine
