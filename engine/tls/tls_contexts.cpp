#include "engine/tls/tls_contexts.h"

#include "engine/tls/certificate_chain.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <openssl/rand.h>

namespace gatehouse::engine {

namespace {

/// TLS 1.2 with forward secrecy and authenticated encryption only; 1.3's own suites are OpenSSL's default.
constexpr const char* tls12Suites = "ECDHE+AESGCM:ECDHE+CHACHA20";
/// How long a client may resume a session.
constexpr long ticketLifetimeSeconds = 2 * 60 * 60;
/// What ALPN chooses from, most wanted first, as it stands in the message (RFC 7301 section 3.1).
constexpr unsigned char protocols[] = {2, 'h', '2', 8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
constexpr std::size_t http2Bytes = 3;

using NamesPtr = std::unique_ptr<GENERAL_NAMES, Releases<&GENERAL_NAMES_free>>;

int chooseProtocol(SSL* ssl, const unsigned char** out, unsigned char* outLength, const unsigned char* offered,
                   unsigned offeredLength, void*)
{
    const auto& hello = *static_cast<const TlsHello*>(SSL_get_app_data(ssl));
    if (!hello.http)
        return SSL_TLSEXT_ERR_NOACK;
    const std::size_t skipped = hello.server->http2() ? 0 : http2Bytes;
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, outLength, protocols + skipped,
                              static_cast<unsigned>(sizeof protocols - skipped), offered,
                              offeredLength) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL; // RFC 7301 section 3.2
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

/// DNS names that a certificate is for, in lower case.
std::vector<std::string> namesOf(const X509* certificate)
{
    std::vector<std::string> names;
    const NamesPtr altNames(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; altNames && i < sk_GENERAL_NAME_num(altNames.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(altNames.get(), i);
        if (name->type != GEN_DNS)
            continue;
        std::string text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                         static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
        for (char& c : text)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        names.push_back(std::move(text));
    }
    return names;
}

/// False when there is no authority that can be read.
bool setClients(const TlsClientsText& text, TlsListener& listener)
{
    listener.clientCheck = text.check;
    listener.clientAuthorities = {X509_STORE_new(), X509_STORE_free};
    bool any = false;
    for (const std::string* pem : text.authorities) {
        any = (listener.clientAuthorities && addCertificates(listener.clientAuthorities.get(), *pem)) || any;
        // A session that was made under other demands does not count.
        listener.sessionContext += digestOf(*pem);
    }
    listener.sessionContext += std::to_string(static_cast<int>(text.check));
    if (!any)
        return false;
    // A bundle may hold an intermediate CA alone; what it holds is trusted.
    X509_STORE_set_flags(listener.clientAuthorities.get(), X509_V_FLAG_PARTIAL_CHAIN);
    listener.clientAuthorityNames = {sk_X509_NAME_new_null(),
                                     [](STACK_OF(X509_NAME) * names) { sk_X509_NAME_pop_free(names, X509_NAME_free); }};
    const StackPtr certificates(X509_STORE_get1_all_certs(listener.clientAuthorities.get()));
    for (int i = 0; certificates && i < sk_X509_num(certificates.get()); ++i)
        if (X509_NAME* name = X509_NAME_dup(X509_get_subject_name(sk_X509_value(certificates.get(), i))))
            sk_X509_NAME_push(listener.clientAuthorityNames.get(), name);
    return true;
}

} // namespace

/// A certificate with its chain and key, as OpenSSL holds them.
struct TlsContexts::Parsed {
    std::string digest;
    CertificateChain chain;
    std::vector<std::string> names;

    [[nodiscard]] bool covers(const std::string& name) const
    {
        return std::find(names.begin(), names.end(), name) != names.end();
    }
    [[nodiscard]] bool sharesNameWith(const Parsed& other) const
    {
        return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return other.covers(name); });
    }
};

TlsContexts::TlsContexts()
{
    if (RAND_bytes(ticketKeys_.data(), static_cast<int>(ticketKeys_.size())) == 1)
        base_ = newContext();
}

TlsContexts::~TlsContexts()
{
    OPENSSL_cleanse(ticketKeys_.data(), ticketKeys_.size());
}

std::shared_ptr<SSL_CTX> TlsContexts::newContext()
{
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), [](SSL_CTX* gone) { SSL_CTX_free(gone); });
    SSL_CTX* const raw = context.get();
    if (!raw || SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(raw, tls12Suites) != 1 ||
        SSL_CTX_set_tlsext_ticket_keys(raw, ticketKeys_.data(), static_cast<long>(ticketKeys_.size())) != 1)
        return nullptr;
    SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION);
    // Sessions are kept by clients, in tickets: nothing is shared between workers.
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_timeout(raw, ticketLifetimeSeconds);
    SSL_CTX_set_client_hello_cb(raw, onClientHello, nullptr);
    SSL_CTX_set_alpn_select_cb(raw, chooseProtocol, nullptr);
    return context;
}

TlsContexts::Result TlsContexts::parse(const TlsCertificateText& text)
{
    const std::string digest = digestOf(digestOf(*text.certificatePem) + digestOf(*text.keyPem));
    if (const auto known = parsed_.find(digest); known != parsed_.end()) {
        known->second.used = true;
        return known->second.parsed;
    }
    auto chain = readCertificateChain(*text.certificatePem, *text.keyPem);
    if (!chain)
        return model::Unexpected{text.name + ": " + chain.error()};
    auto parsed = std::make_shared<Parsed>();
    parsed->digest = digest;
    parsed->chain = std::move(*chain);
    parsed->names = namesOf(parsed->chain.leaf.get());
    parsed_[digest] = {parsed, true};
    return std::shared_ptr<const Parsed>(std::move(parsed));
}

std::shared_ptr<SSL_CTX> TlsContexts::contextOf(const std::vector<std::shared_ptr<const Parsed>>& certificates,
                                                std::string& error)
{
    std::string key;
    for (const auto& certificate : certificates)
        key += certificate->digest;
    if (const auto known = contexts_.find(key); known != contexts_.end()) {
        known->second.used = true;
        return known->second.context;
    }
    auto context = newContext();
    // One of each kind of key fits; the first of a kind is the most wanted, so the last one set has to be the first.
    for (auto each = certificates.rbegin(); context && each != certificates.rend(); ++each) {
        const CertificateChain& chain = (*each)->chain;
        if (SSL_CTX_use_cert_and_key(context.get(), chain.leaf.get(), chain.key.get(), chain.rest.get(), 1) != 1)
            context.reset();
    }
    if (!context) {
        error = takeOpenSslError("OpenSSL refuses it");
        return nullptr;
    }
    contexts_[key] = {context, true};
    return context;
}

TlsListener TlsContexts::buildListener(const TlsListenerText& text, std::string& error)
{
    TlsListener listener;
    listener.sessionContext = text.identity;
    listener.http = text.http;
    if (text.clients && !setClients(*text.clients, listener)) {
        error = "no CA certificate to check clients with can be read";
        return listener;
    }
    std::vector<std::shared_ptr<const Parsed>> usable;
    const auto complain = [&](const std::string& what) { error += (error.empty() ? "" : "; ") + what; };
    for (const TlsCertificateText& certificate : text.certificates) {
        const Result parsed = parse(certificate);
        if (!parsed) {
            complain(parsed.error());
            continue;
        }
        // Alone first: OpenSSL may find the key too short or the signature too weak.
        std::string refusal;
        if (contextOf({*parsed}, refusal))
            usable.push_back(*parsed);
        else
            complain(certificate.name + ": " + refusal);
    }
    if (usable.empty())
        return listener;
    const auto together = [&](auto&& wanted) {
        std::vector<std::shared_ptr<const Parsed>> chosen;
        std::copy_if(usable.begin(), usable.end(), std::back_inserter(chosen), wanted);
        std::string refusal;
        auto context = contextOf(chosen, refusal);
        if (!context)
            complain(refusal);
        return context;
    };
    // A client that asks for a name of none is shown the first, and those that differ from it in the kind of key.
    listener.fallback =
        together([&](const auto& each) { return each == usable.front() || each->sharesNameWith(*usable.front()); });
    if (usable.size() > 1)
        for (const auto& certificate : usable)
            for (const std::string& name : certificate->names)
                if (!listener.byName.count(name))
                    listener.byName.emplace(name, together([&](const auto& each) { return each->covers(name); }));
    return listener;
}

TlsContexts::Built TlsContexts::build(const std::vector<TlsListenerText>& texts, bool http2)
{
    Built built;
    std::vector<TlsListener> listeners;
    routing::HostIndex hostnames;
    for (const TlsListenerText& text : texts) {
        hostnames.insert(text.hostname, static_cast<std::uint32_t>(listeners.size()));
        built.errors.emplace_back();
        listeners.push_back(buildListener(text, built.errors.back()));
        built.usable.push_back(listeners.back().fallback != nullptr);
    }
    if (base_ && std::find(built.usable.begin(), built.usable.end(), true) != built.usable.end())
        built.server = std::make_shared<const TlsServer>(base_, std::move(hostnames), std::move(listeners), http2);
    return built;
}

void TlsContexts::forgetUnused()
{
    const auto sweep = [](auto& entries) {
        for (auto each = entries.begin(); each != entries.end();) {
            if (std::exchange(each->second.used, false))
                ++each;
            else
                each = entries.erase(each);
        }
    };
    sweep(parsed_);
    sweep(contexts_);
}

} // namespace gatehouse::engine
