#include "engine/tls/certificate_facts.h"

#include "engine/tls/certificate_inspection.h"
#include "engine/tls/openssl.h"

#include <algorithm>
#include <array>
#include <cctype>
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

CertificatePtr nextCertificate(BIO* bio)
{
    return CertificatePtr(bio ? PEM_read_bio_X509(bio, nullptr, nullptr, nullptr) : nullptr);
}

/// False when the certificate's times cannot be read.
bool readFacts(X509* certificate, CertificateFacts& facts)
{
    if (!toTime(X509_get0_notBefore(certificate), facts.notBefore) ||
        !toTime(X509_get0_notAfter(certificate), facts.notAfter))
        return false;
    facts.subject = subjectOf(certificate);
    facts.fingerprint = fingerprintOf(certificate);
    return true;
}

std::vector<CertificateFacts> restOf(BIO* bio)
{
    std::vector<CertificateFacts> all;
    while (const CertificatePtr certificate = nextCertificate(bio))
        if (CertificateFacts facts; readFacts(certificate.get(), facts))
            all.push_back(std::move(facts));
    takeOpenSslError(""); // the end of the text
    return all;
}

std::vector<std::string> dnsNamesOf(X509* certificate)
{
    std::vector<std::string> names;
    using NamesPtr = std::unique_ptr<GENERAL_NAMES, Releases<&GENERAL_NAMES_free>>;
    const NamesPtr all(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; i < sk_GENERAL_NAME_num(all.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(all.get(), i);
        if (name->type != GEN_DNS)
            continue;
        const auto* text = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName));
        std::string dns(text, static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
        std::transform(dns.begin(), dns.end(), dns.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        names.push_back(std::move(dns));
    }
    return names;
}

} // namespace

model::Result<CertificateFacts, std::string> certificateFacts(const std::string& pem)
{
    const BioPtr bio = bioOver(pem);
    const CertificatePtr certificate = nextCertificate(bio.get());
    CertificateFacts facts;
    if (!certificate || !readFacts(certificate.get(), facts))
        return model::Unexpected{takeOpenSslError("no certificate")};
    return facts;
}

model::Result<CertificateInspection, std::string> inspectCertificate(const std::string& certificatePem,
                                                                     const std::string& keyPem)
{
    const BioPtr bio = bioOver(certificatePem);
    const CertificatePtr certificate = nextCertificate(bio.get());
    CertificateInspection inspection;
    if (!certificate || !readFacts(certificate.get(), inspection.facts))
        return model::Unexpected{"tls.crt cannot be read: " + takeOpenSslError("no certificate")};
    inspection.dnsNames = dnsNamesOf(certificate.get());
    inspection.chain = restOf(bio.get());
    const KeyPtr key = readPrivateKey(keyPem);
    if (!key)
        return model::Unexpected{"tls.key cannot be read: " + takeOpenSslError("no private key")};
    inspection.keyFits = X509_check_private_key(certificate.get(), key.get()) == 1;
    takeOpenSslError("");
    return inspection;
}

std::vector<CertificateFacts> factsOfAll(const std::string& pem)
{
    const BioPtr bio = bioOver(pem);
    return restOf(bio.get());
}

bool covers(const std::vector<std::string>& dnsNames, const model::Hostname& hostname)
{
    const std::string& host = hostname.text();
    const std::size_t dot = host.find('.');
    const std::string wildcard = dot == std::string::npos ? std::string() : '*' + host.substr(dot);
    return std::any_of(dnsNames.begin(), dnsNames.end(), [&](const std::string& name) {
        return name == host || (!hostname.isWildcard() && !wildcard.empty() && name == wildcard);
    });
}

} // namespace gatehouse::engine
