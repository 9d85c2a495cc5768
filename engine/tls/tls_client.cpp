#include "engine/tls/tls_client.h"

#include "engine/tls/certificate_chain.h"

#include <algorithm>
#include <string_view>

namespace gatehouse::engine {

namespace {

constexpr unsigned char http1[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
constexpr unsigned char http2[] = {2, 'h', '2'};

using NamesPtr = std::unique_ptr<GENERAL_NAMES, Releases<&GENERAL_NAMES_free>>;

std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return result;
}

/// `pattern` may begin with a wildcard, which stands for one label (RFC 6125 6.4.3).
bool covers(const std::string& pattern, const std::string& name)
{
    if (pattern == name)
        return true;
    const std::size_t dot = name.find('.');
    return pattern.starts_with("*.") && dot != std::string::npos && dot > 0 &&
           std::string_view(pattern).substr(1) == std::string_view(name).substr(dot);
}

bool hasName(const GENERAL_NAMES* names, const TlsPeerName& wanted)
{
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, i);
        if (name->type != (wanted.isUri ? GEN_URI : GEN_DNS))
            continue;
        const ASN1_IA5STRING* value = wanted.isUri ? name->d.uniformResourceIdentifier : name->d.dNSName;
        const std::string_view text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                                    static_cast<std::size_t>(ASN1_STRING_length(value)));
        if (wanted.isUri ? text == wanted.text
                         : covers(lowered(wanted.text), lowered(text)) || covers(lowered(text), lowered(wanted.text)))
            return true;
    }
    return false;
}

/// For SSL_CTX_set_cert_verify_callback: the chain, then the name.
int verify(X509_STORE_CTX* chain, void* client)
{
    if (X509_verify_cert(chain) != 1)
        return 0;
    X509* const leaf = X509_STORE_CTX_get0_cert(chain);
    if (static_cast<const TlsClient*>(client)->isFor(leaf))
        return 1;
    X509_STORE_CTX_set_error(chain, X509_V_ERR_HOSTNAME_MISMATCH);
    return 0;
}

} // namespace

model::Result<std::shared_ptr<const TlsClient>, std::string> TlsClient::make(const TlsClientOptions& options)
{
    auto client = std::make_shared<TlsClient>(options);
    SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
    client->context_.reset(context);
    if (!context || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1)
        return model::Unexpected{takeOpenSslError("out of memory")};
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    // A bundle may hold an intermediate CA alone; what it holds is trusted.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
    SSL_CTX_set_cert_verify_callback(context, verify, client.get());
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    if (options.caCertificates.empty() && SSL_CTX_set_default_verify_paths(context) != 1)
        return model::Unexpected{"the system's CA certificates cannot be read: " + takeOpenSslError("unknown reason")};
    for (const std::string* pem : options.caCertificates)
        if (!addCertificates(SSL_CTX_get_cert_store(context), *pem))
            return model::Unexpected{std::string("a CA certificate cannot be read")};
    if (options.certificatePem && options.keyPem) {
        const auto own = readCertificateChain(*options.certificatePem, *options.keyPem);
        if (!own)
            return model::Unexpected{own.error()};
        if (SSL_CTX_use_cert_and_key(context, own->leaf.get(), own->key.get(), own->rest.get(), 1) != 1)
            return model::Unexpected{takeOpenSslError("OpenSSL refuses the certificate to show")};
    }
    return std::shared_ptr<const TlsClient>(std::move(client));
}

SslPtr TlsClient::newSession(Speaks speaks) const
{
    SslPtr ssl(SSL_new(context_.get()));
    const auto offers = speaks == Speaks::Http2   ? std::basic_string_view(http2, sizeof http2)
                        : speaks == Speaks::Http1 ? std::basic_string_view(http1, sizeof http1)
                                                  : std::basic_string_view<unsigned char>();
    if (!ssl || SSL_set_tlsext_host_name(ssl.get(), serverName_.c_str()) != 1 ||
        SSL_set_alpn_protos(ssl.get(), offers.data(), static_cast<unsigned>(offers.size())) != 0)
        return nullptr;
    SSL_set_connect_state(ssl.get());
    return ssl;
}

bool TlsClient::isFor(X509* certificate) const
{
    if (names_.empty())
        return X509_check_host(certificate, serverName_.data(), serverName_.size(),
                               X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS,
                               nullptr) == 1;
    const NamesPtr names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    return names && std::any_of(names_.begin(), names_.end(),
                                [&](const TlsPeerName& wanted) { return hasName(names.get(), wanted); });
}

} // namespace gatehouse::engine
