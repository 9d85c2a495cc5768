#include "model/graph/pem.h"

#include <QtTest>

using namespace gatehouse::model;

class TstPem : public QObject {
    Q_OBJECT

private slots:
    void certificates_data()
    {
        QTest::addColumn<QString>("pem");
        QTest::addColumn<bool>("fine");
        const QString good = "-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----\n";
        QTest::newRow("one certificate") << good << true;
        QTest::newRow("a chain") << good + good << true;
        QTest::newRow("text before the block") << "subject=CN\n" + good << true;
        QTest::newRow("CRLF line ends") << QString(good).replace("\n", "\r\n") << true;
        QTest::newRow("empty") << "" << false;
        QTest::newRow("no PEM at all") << "Hello world" << false;
        QTest::newRow("only a key") << "-----BEGIN PRIVATE KEY-----\nMAMCAQA=\n-----END PRIVATE KEY-----\n" << false;
        QTest::newRow("block does not end") << "-----BEGIN CERTIFICATE-----\nMAMCAQA=\n" << false;
        QTest::newRow("header is cut off") << "-----BEGIN CERTIFICATE" << false;
        QTest::newRow("not base64") << "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n" << false;
        QTest::newRow("base64 of something else")
            << "-----BEGIN CERTIFICATE-----\nSGVsbG8=\n-----END CERTIFICATE-----\n"
            << false;
        QTest::newRow("shorter than it says") << "-----BEGIN CERTIFICATE-----\nMAQCAQA=\n-----END CERTIFICATE-----\n"
                                              << false;
        QTest::newRow("one good and one broken")
            << good + "-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n"
            << false;
        QTest::newRow("indefinite length") << "-----BEGIN CERTIFICATE-----\nMIAAAA==\n-----END CERTIFICATE-----\n"
                                           << false;
    }

    void certificates()
    {
        QFETCH(QString, pem);
        QFETCH(bool, fine);
        QCOMPARE(checkCertificates(pem.toStdString()).empty(), fine);
    }

    void keys_data()
    {
        QTest::addColumn<QString>("label");
        QTest::addColumn<bool>("fine");
        QTest::newRow("PKCS#8") << "PRIVATE KEY" << true;
        QTest::newRow("PKCS#1") << "RSA PRIVATE KEY" << true;
        QTest::newRow("SEC1") << "EC PRIVATE KEY" << true;
        QTest::newRow("encrypted") << "ENCRYPTED PRIVATE KEY" << false;
        QTest::newRow("a public key") << "PUBLIC KEY" << false;
        QTest::newRow("a certificate") << "CERTIFICATE" << false;
    }

    void keys()
    {
        QFETCH(QString, label);
        QFETCH(bool, fine);
        const QString pem = "-----BEGIN " + label + "-----\nMAMCAQA=\n-----END " + label + "-----\n";
        QCOMPARE(checkPrivateKey(pem.toStdString()).empty(), fine);
    }

    void anEcKeyMayFollowItsParameters()
    {
        QVERIFY(checkPrivateKey("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                                "-----BEGIN EC PRIVATE KEY-----\nMAMCAQA=\n-----END EC PRIVATE KEY-----\n")
                    .empty());
    }

    void messagesRepeatNothing()
    {
        const std::string problem =
            checkPrivateKey("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
        QVERIFY(!problem.empty());
        QVERIFY(problem.find("c2VjcmV0") == std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TstPem)
#include "tst_pem.moc"
