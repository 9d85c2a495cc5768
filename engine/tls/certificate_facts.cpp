#include "engine/tls/certificate_facts.h"

#include "engine/tls/openssl.h"

#include <array>
#include <ctime>

#include <openssl/pem.h>

namespace gatehouse::engine {
namespace {

bool toTime(const ASN1_TIME* text, std::chrono::system_clock::time_point& time)
{
    std::tm parts{};
    if (ASN1_TIME_to_tm(text, &parts) != 1)
        return false;
    time = std::chrono::system_clock::from_time_t(::timegm(&parts));
    return true;
}

std::string subjectOf(X509* certificate)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    if (!bio || X509_NAME_print_ex(bio.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253) < 0)
        return {};
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string fingerprintOf(X509* certificate)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    std::string text;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1)
        return text;
    for (unsigned i = 0; i < size; ++i) {
        if (i > 0)
            text += ':';
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 15];
    }
    return text;
}

} // namespace

model::Result<CertificateFacts, std::string> certificateFacts(const std::string& pem)
{
    const BioPtr bio = bioOver(pem);
    const CertificatePtr certificate(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
    CertificateFacts facts;
    if (!certificate || !toTime(X509_get0_notBefore(certificate.get()), facts.notBefore) ||
        !toTime(X509_get0_notAfter(certificate.get()), facts.notAfter))
        return model::Unexpected{takeOpenSslError("no certificate")};
    facts.subject = subjectOf(certificate.get());
    facts.fingerprint = fingerprintOf(certificate.get());
    return facts;
}

} // namespace gatehouse::engine
