#include "engine/tls/local_ca.h"

#include "engine/tls/openssl.h"
#include "model/base/hostname.h"

#include <array>
#include <optional>

#include <openssl/pem.h>
#include <openssl/rand.h>

namespace gatehouse::engine {

namespace {

using namespace std::chrono_literals;
using TimePoint = std::chrono::system_clock::time_point;

constexpr auto caLifetime = std::chrono::hours(24) * 3652; // ten years
/// What browsers accept of a certificate that is not their own CA's, too.
constexpr auto leafLifetime = std::chrono::hours(24) * 397;
/// Other clocks of this machine (containers, virtual machines) may be behind ours.
constexpr auto clockSkew = 1h;

using NamePtr = std::unique_ptr<X509_NAME, Releases<&X509_NAME_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Releases<&X509_EXTENSION_free>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, Releases<&GENERAL_NAMES_free>>;
using AltNamePtr = std::unique_ptr<GENERAL_NAME, Releases<&GENERAL_NAME_free>>;
using OctetsPtr = std::unique_ptr<ASN1_OCTET_STRING, Releases<&ASN1_OCTET_STRING_free>>;

bool setSerial(X509* certificate)
{
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7F) | 0x40); // positive and never short (RFC 5280 4.1.2.2)
    const std::unique_ptr<BIGNUM, Releases<&BN_free>> number(
        BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool setTimes(X509* certificate, TimePoint now, std::chrono::hours lifetime)
{
    const std::time_t from = std::chrono::system_clock::to_time_t(now - clockSkew);
    const std::time_t until = std::chrono::system_clock::to_time_t(now - clockSkew + lifetime);
    return ASN1_TIME_set(X509_getm_notBefore(certificate), from) &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), until);
}

bool addEntry(X509_NAME* name, const char* field, const std::string& value)
{
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.data()),
                                      static_cast<int>(value.size()), -1, 0) == 1;
}

bool addExtension(X509* certificate, X509* issuer, int nid, const char* value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// Null when `text` is neither a DNS name nor an IP literal.
AltNamePtr altName(const std::string& text)
{
    AltNamePtr name(GENERAL_NAME_new());
    if (!name)
        return nullptr;
    if (OctetsPtr address{a2i_IPADDRESS(text.c_str())}) {
        GENERAL_NAME_set0_value(name.get(), GEN_IPADD, address.release());
        return name;
    }
    takeOpenSslError("");
    if (!model::Hostname::parse(text))
        return nullptr;
    ASN1_IA5STRING* dns = ASN1_IA5STRING_new();
    if (!dns || ASN1_STRING_set(dns, text.data(), static_cast<int>(text.size())) != 1) {
        ASN1_IA5STRING_free(dns);
        return nullptr;
    }
    GENERAL_NAME_set0_value(name.get(), GEN_DNS, dns);
    return name;
}

/// A version 3 certificate with serial, times and key, yet without names and extensions.
CertificatePtr blankCertificate(EVP_PKEY* key, TimePoint now, std::chrono::hours lifetime)
{
    CertificatePtr certificate(X509_new());
    if (certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1 && setSerial(certificate.get()) &&
        setTimes(certificate.get(), now, lifetime) && X509_set_pubkey(certificate.get(), key) == 1)
        return certificate;
    return nullptr;
}

std::string textOf(BIO* bio)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string certificateText(X509* certificate)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    return bio && PEM_write_bio_X509(bio.get(), certificate) == 1 ? textOf(bio.get()) : std::string();
}

std::string keyText(EVP_PKEY* key)
{
    const BioPtr bio(BIO_new(BIO_s_secmem()));
    return bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1
               ? textOf(bio.get())
               : std::string();
}

model::Result<TlsIdentity, std::string> signedIdentity(X509* certificate, EVP_PKEY* key, EVP_PKEY* signer)
{
    if (X509_sign(certificate, signer, EVP_sha256()) == 0)
        return model::Unexpected{takeOpenSslError("the certificate cannot be signed")};
    TlsIdentity identity{certificateText(certificate), keyText(key)};
    if (identity.certificatePem.empty() || identity.keyPem.empty())
        return model::Unexpected{takeOpenSslError("the certificate cannot be written")};
    return identity;
}

} // namespace

model::Result<TlsIdentity, std::string> makeLocalCa(const std::string& commonName, TimePoint now)
{
    const KeyPtr key(EVP_EC_gen("P-256"));
    const CertificatePtr certificate = key ? blankCertificate(key.get(), now, caLifetime) : nullptr;
    X509* const ca = certificate.get();
    if (!ca || !addEntry(X509_get_subject_name(ca), "O", "Gatehouse") ||
        !addEntry(X509_get_subject_name(ca), "CN", commonName) ||
        X509_set_issuer_name(ca, X509_get_subject_name(ca)) != 1 ||
        !addExtension(ca, ca, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
        !addExtension(ca, ca, NID_key_usage, "critical,keyCertSign,cRLSign") ||
        !addExtension(ca, ca, NID_subject_key_identifier, "hash"))
        return model::Unexpected{takeOpenSslError("the CA's certificate cannot be made")};
    return signedIdentity(ca, key.get(), key.get());
}

model::Result<TlsIdentity, std::string> issueCertificate(const TlsIdentity& ca, const std::vector<std::string>& names,
                                                         TimePoint now)
{
    const BioPtr bio = bioOver(ca.certificatePem);
    const CertificatePtr issuer(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
    const KeyPtr signer = readPrivateKey(ca.keyPem);
    if (!issuer || !signer || X509_check_private_key(issuer.get(), signer.get()) != 1)
        return model::Unexpected{"the CA cannot be used: " + takeOpenSslError("no certificate or no key")};
    const NamesPtr altNames(GENERAL_NAMES_new());
    for (const std::string& text : names) {
        AltNamePtr name = altName(text);
        if (!name)
            return model::Unexpected{"'" + text + "' is neither a DNS name nor an IP address"};
        if (!altNames || sk_GENERAL_NAME_push(altNames.get(), name.get()) <= 0)
            return model::Unexpected{takeOpenSslError("out of memory")};
        static_cast<void>(name.release()); // the list owns it
    }
    if (names.empty())
        return model::Unexpected{std::string("a certificate needs at least one name")};

    const KeyPtr key(EVP_EC_gen("P-256"));
    const CertificatePtr certificate = key ? blankCertificate(key.get(), now, leafLifetime) : nullptr;
    X509* const leaf = certificate.get();
    // Clients look at the alternative names only; the common name is for people, who get 64 letters of it (RFC 5280).
    if (!leaf || !addEntry(X509_get_subject_name(leaf), "O", "Gatehouse") ||
        !addEntry(X509_get_subject_name(leaf), "CN", names.front().substr(0, 64)) ||
        X509_set_issuer_name(leaf, X509_get_subject_name(issuer.get())) != 1 ||
        !addExtension(leaf, issuer.get(), NID_basic_constraints, "critical,CA:FALSE") ||
        !addExtension(leaf, issuer.get(), NID_key_usage, "critical,digitalSignature") ||
        !addExtension(leaf, issuer.get(), NID_ext_key_usage, "serverAuth") ||
        !addExtension(leaf, issuer.get(), NID_subject_key_identifier, "hash") ||
        !addExtension(leaf, issuer.get(), NID_authority_key_identifier, "keyid:always") ||
        X509_add1_ext_i2d(leaf, NID_subject_alt_name, altNames.get(), 0, X509V3_ADD_DEFAULT) != 1)
        return model::Unexpected{takeOpenSslError("the certificate cannot be made")};
    auto identity = signedIdentity(leaf, key.get(), signer.get());
    if (identity)
        identity->certificatePem += certificateText(issuer.get());
    return identity;
}

} // namespace gatehouse::engine
