#pragma once

#include "engine/tls/local_ca.h"

#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace gatehouse::test {

/// The authority that signs certificate()'s.
inline const engine::TlsIdentity& authority()
{
    static const auto ca = engine::makeLocalCa("test CA", std::chrono::system_clock::now());
    return *ca;
}

/// A certificate for `names`; its common name is the first, which tells certificates apart.
inline engine::TlsIdentity certificate(const std::vector<std::string>& names)
{
    auto made = engine::issueCertificate(authority(), names, std::chrono::system_clock::now());
    if (!made)
        throw std::runtime_error(made.error());
    return *made;
}

/// A self-signed one with an RSA key of that many bits.
inline engine::TlsIdentity rsaCertificate(const std::string& commonName, const std::string& name, unsigned bits = 2048)
{
    static std::map<std::string, engine::TlsIdentity> known; // keys take long to find
    engine::TlsIdentity& identity = known[commonName + " " + name + " " + std::to_string(bits)];
    if (!identity.keyPem.empty())
        return identity;
    EVP_PKEY* key = EVP_RSA_gen(bits);
    X509* made = X509_new();
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
    X509_gmtime_adj(X509_getm_notBefore(made), -3600);
    X509_gmtime_adj(X509_getm_notAfter(made), 86400);
    X509_set_pubkey(made, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(commonName.data()),
                               static_cast<int>(commonName.size()), -1, 0);
    X509_set_issuer_name(made, X509_get_subject_name(made));
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + name).c_str());
    X509_add_ext(made, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(made, key, EVP_sha256());
    const auto textOf = [](auto&& write) {
        BIO* bio = BIO_new(BIO_s_mem());
        write(bio);
        char* data = nullptr;
        const long size = BIO_get_mem_data(bio, &data);
        std::string text(data, static_cast<std::size_t>(size));
        BIO_free(bio);
        return text;
    };
    identity.certificatePem = textOf([&](BIO* bio) { PEM_write_bio_X509(bio, made); });
    identity.keyPem =
        textOf([&](BIO* bio) { PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr); });
    X509_free(made);
    EVP_PKEY_free(key);
    return identity;
}

/// A text as a YAML block of a member of a member.
inline std::string indented(const std::string& text)
{
    std::string lines = "    ";
    for (const char c : text)
        lines += c == '\n' ? std::string("\n    ") : std::string(1, c);
    return lines + "\n";
}

/// A ConfigMap of certificate authorities.
inline std::string bundle(const std::string& name, const std::string& pem)
{
    return "\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata:\n  ca.crt: |\n" + indented(pem) +
           "---";
}

/// The Secret of a certificate.
inline std::string secret(const std::string& name, const engine::TlsIdentity& identity)
{
    return "\napiVersion: v1\nkind: Secret\nmetadata: {name: " + name + "}\ntype: kubernetes.io/tls\nstringData:\n" +
           "  tls.crt: |\n" + indented(identity.certificatePem) + "  tls.key: |\n" + indented(identity.keyPem) + "---";
}

} // namespace gatehouse::test
