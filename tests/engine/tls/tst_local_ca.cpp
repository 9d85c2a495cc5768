#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "engine/tls/local_ca.h"
#endif

#include <QtTest/QTest>

#include <memory>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

using namespace gatehouse;
using engine::TlsIdentity;

namespace {

const auto now = std::chrono::system_clock::now();

std::shared_ptr<X509> certificateOf(const std::string& pem)
{
    BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    std::shared_ptr<X509> certificate(PEM_read_bio_X509(bio, nullptr, nullptr, nullptr), &X509_free);
    BIO_free(bio);
    return certificate;
}

std::shared_ptr<EVP_PKEY> keyOf(const std::string& pem)
{
    BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    std::shared_ptr<EVP_PKEY> key(PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr), &EVP_PKEY_free);
    BIO_free(bio);
    return key;
}

TlsIdentity newCa()
{
    auto ca = engine::makeLocalCa("test CA", now);
    if (!ca)
        throw std::runtime_error(ca.error());
    return *ca;
}

/// What a client says that trusts `ca`: X509_V_OK or an error.
int verify(const TlsIdentity& ca, const TlsIdentity& leaf, std::chrono::system_clock::time_point at)
{
    X509_STORE* store = X509_STORE_new();
    const auto root = certificateOf(ca.certificatePem);
    const auto certificate = certificateOf(leaf.certificatePem);
    X509_STORE_add_cert(store, root.get());
    X509_STORE_CTX* context = X509_STORE_CTX_new();
    X509_STORE_CTX_init(context, store, certificate.get(), nullptr);
    X509_VERIFY_PARAM* param = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER);
    X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_time(param, std::chrono::system_clock::to_time_t(at));
    X509_verify_cert(context);
    const int error = X509_STORE_CTX_get_error(context);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    return error;
}

} // namespace

class TstLocalCa : public QObject {
    Q_OBJECT

private slots:
    void clientsTrustWhatItSigns_data();
    void clientsTrustWhatItSigns();
    void lastsAsLongAsItSays_data();
    void lastsAsLongAsItSays();
    void otherCasAreNotTrusted();
    void leafSignsNothing();
    void keysAndSerialsAreFresh();
    void namesAreChecked_data();
    void namesAreChecked();
    void badCaIsRefused_data();
    void badCaIsRefused();
};

void TstLocalCa::clientsTrustWhatItSigns_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<bool>("covered");
    QTest::newRow("a name") << QByteArray("app.example.com") << QByteArray("app.example.com") << true;
    QTest::newRow("another name") << QByteArray("app.example.com") << QByteArray("www.example.com") << false;
    QTest::newRow("one label") << QByteArray("localhost") << QByteArray("localhost") << true;
    QTest::newRow("a wildcard") << QByteArray("*.example.com") << QByteArray("any.example.com") << true;
    QTest::newRow("a wildcard covers one label")
        << QByteArray("*.example.com") << QByteArray("a.b.example.com") << false;
    QTest::newRow("IPv4") << QByteArray("127.0.0.1") << QByteArray("127.0.0.1") << true;
    QTest::newRow("IPv6") << QByteArray("::1") << QByteArray("0:0:0:0:0:0:0:1") << true;
    QTest::newRow("another address") << QByteArray("127.0.0.1") << QByteArray("127.0.0.2") << false;
    QTest::newRow("a name longer than a common name may be")
        << QByteArray(60, 'a') + ".example.com" << QByteArray(60, 'a') + ".example.com" << true;
}

void TstLocalCa::clientsTrustWhatItSigns()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, asked);
    QFETCH(bool, covered);
    const TlsIdentity ca = newCa();
    const auto leaf = engine::issueCertificate(ca, {"first.test", name.toStdString()}, now);
    QVERIFY2(leaf.has_value(), leaf ? "" : leaf.error().c_str());
    QCOMPARE(verify(ca, *leaf, now), X509_V_OK);
    const auto certificate = certificateOf(leaf->certificatePem);
    const bool isAddress = asked.contains(':') || asked.startsWith("127.");
    const int matches = isAddress ? X509_check_ip_asc(certificate.get(), asked.constData(), 0)
                                  : X509_check_host(certificate.get(), asked.constData(), 0, 0, nullptr);
    QCOMPARE(matches, covered ? 1 : 0);
    QCOMPARE(X509_check_private_key(certificate.get(), keyOf(leaf->keyPem).get()), 1);
    // The chain that a server sends ends in the CA.
    QVERIFY(leaf->certificatePem.ends_with(ca.certificatePem));
}

void TstLocalCa::lastsAsLongAsItSays_data()
{
    using namespace std::chrono_literals;
    QTest::addColumn<qint64>("hours");
    QTest::addColumn<int>("verdict");
    QTest::newRow("a clock that is a little behind") << qint64(0) << X509_V_OK;
    QTest::newRow("after a year") << qint64(24 * 366) << X509_V_OK;
    QTest::newRow("after 398 days") << qint64(24 * 398) << X509_V_ERR_CERT_HAS_EXPIRED;
    QTest::newRow("a day before") << qint64(-24) << X509_V_ERR_CERT_NOT_YET_VALID;
}

void TstLocalCa::lastsAsLongAsItSays()
{
    QFETCH(qint64, hours);
    QFETCH(int, verdict);
    const TlsIdentity ca = newCa();
    // Issued after nine years: the CA still counts, and the leaf's own times decide.
    const auto later = now + std::chrono::hours(24 * 365 * 8);
    const auto leaf = engine::issueCertificate(ca, {"a.test"}, later);
    QVERIFY(leaf.has_value());
    QCOMPARE(verify(ca, *leaf, later - std::chrono::minutes(30) + std::chrono::hours(hours)), verdict);
}

void TstLocalCa::otherCasAreNotTrusted()
{
    const auto leaf = engine::issueCertificate(newCa(), {"a.test"}, now);
    QVERIFY(leaf.has_value());
    QVERIFY(verify(newCa(), *leaf, now) != X509_V_OK);
}

void TstLocalCa::leafSignsNothing()
{
    const TlsIdentity ca = newCa();
    const auto leaf = engine::issueCertificate(ca, {"a.test"}, now);
    QVERIFY(leaf.has_value());
    const auto forged = engine::issueCertificate(*leaf, {"b.test"}, now);
    QVERIFY(forged.has_value());
    QVERIFY(verify(ca, *forged, now) != X509_V_OK);
    QCOMPARE(X509_check_ca(certificateOf(leaf->certificatePem).get()), 0);
    QVERIFY(X509_check_ca(certificateOf(ca.certificatePem).get()) != 0);
}

void TstLocalCa::keysAndSerialsAreFresh()
{
    const TlsIdentity ca = newCa();
    const auto one = engine::issueCertificate(ca, {"a.test"}, now), two = engine::issueCertificate(ca, {"a.test"}, now);
    QVERIFY(one->keyPem != two->keyPem);
    QVERIFY(ASN1_INTEGER_cmp(X509_get0_serialNumber(certificateOf(one->certificatePem).get()),
                             X509_get0_serialNumber(certificateOf(two->certificatePem).get())) != 0);
}

void TstLocalCa::namesAreChecked_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("a list in one name") << QByteArray("a.test,DNS:b.test");
    QTest::newRow("a space") << QByteArray("a b");
    QTest::newRow("a wildcard inside") << QByteArray("a.*.test");
    QTest::newRow("an URL") << QByteArray("https://a.test");
    QTest::newRow("half an address") << QByteArray("fe80::%lo");
}

void TstLocalCa::namesAreChecked()
{
    QFETCH(QByteArray, name);
    const auto leaf = engine::issueCertificate(newCa(), {name.toStdString()}, now);
    QVERIFY(!leaf.has_value());
    QVERIFY(leaf.error().find(name.toStdString()) != std::string::npos);
}

void TstLocalCa::badCaIsRefused_data()
{
    QTest::addColumn<int>("fault");
    QTest::newRow("no certificate") << 0;
    QTest::newRow("no key") << 1;
    QTest::newRow("the key of another") << 2;
}

void TstLocalCa::badCaIsRefused()
{
    QFETCH(int, fault);
    TlsIdentity ca = newCa();
    if (fault == 0)
        ca.certificatePem = "hello";
    else
        ca.keyPem = fault == 1 ? std::string() : newCa().keyPem;
    const auto leaf = engine::issueCertificate(ca, {"a.test"}, now);
    QVERIFY(!leaf.has_value());
    QVERIFY(leaf.error().find("PRIVATE") == std::string::npos);
    QVERIFY(!engine::issueCertificate(ca, {}, now).has_value());
}

QTEST_APPLESS_MAIN(TstLocalCa)
#include "tst_local_ca.moc"
