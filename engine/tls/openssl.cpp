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

KeyPtr readPrivateKey(const std::string& pem)
{
    const BioPtr bio = bioOver(pem);
    return KeyPtr(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassphrase, nullptr) : nullptr);
}

} // namespace gatehouse::engine
