#include <QtTest/QTest>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include "app/kube_api/kubeconfig.h"

using namespace gatehouse;

class TstKubeconfig : public QObject {
    Q_OBJECT

private slots:
    void tokens_data();
    void tokens();
    void tokensDiffer();
    void text();
    void fileIsPrivateAndGoes();
    void makesItsFolder();
    void leavesAnothersFile();
    void unwritablePlaceIsAnError();
};

void TstKubeconfig::tokens_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<bool>("carries");
    QTest::newRow("the token") << QByteArray("Bearer secret") << true;
    QTest::newRow("none") << QByteArray() << false;
    QTest::newRow("another of the same length") << QByteArray("Bearer secreT") << false;
    QTest::newRow("a beginning of it") << QByteArray("Bearer secre") << false;
    QTest::newRow("more than it") << QByteArray("Bearer secretsecret") << false;
    QTest::newRow("no scheme") << QByteArray("secret") << false;
    QTest::newRow("another scheme") << QByteArray("Basic  secret") << false;
    QTest::newRow("the scheme alone") << QByteArray("Bearer ") << false;
}

void TstKubeconfig::tokens()
{
    QFETCH(QByteArray, authorization);
    QFETCH(bool, carries);
    QCOMPARE(kube::carriesToken(authorization.toStdString(), "secret"), carries);
}

void TstKubeconfig::tokensDiffer()
{
    const std::string one = kube::makeToken(), other = kube::makeToken();
    QCOMPARE(one.size(), std::size_t{64});
    QVERIFY(one != other);
}

void TstKubeconfig::text()
{
    const std::string text = kube::kubeconfigText({"https://127.0.0.1:6443", "PEM", "t0ken"});
    const QByteArray expected = "apiVersion: v1\n"
                                "kind: Config\n"
                                "clusters:\n"
                                "- name: gatehouse\n"
                                "  cluster:\n"
                                "    server: https://127.0.0.1:6443\n"
                                "    certificate-authority-data: UEVN\n"
                                "users:\n"
                                "- name: gatehouse\n"
                                "  user:\n"
                                "    token: t0ken\n"
                                "contexts:\n"
                                "- name: gatehouse\n"
                                "  context:\n"
                                "    cluster: gatehouse\n"
                                "    user: gatehouse\n"
                                "current-context: gatehouse\n";
    QCOMPARE(QByteArray::fromStdString(text), expected);
}

void TstKubeconfig::fileIsPrivateAndGoes()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath("config");
    {
        kube::KubeconfigFile file;
        QCOMPARE(QString::fromStdString(file.write(path.toStdString(), {"https://x", "", "t"})), QString());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(QFile::exists(path));
        QVERIFY(!(QFile::permissions(path) & others));
    }
    QVERIFY(!QFile::exists(path));
}

void TstKubeconfig::makesItsFolder()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath("deep/down/config");
    kube::KubeconfigFile file;
    QCOMPARE(QString::fromStdString(file.write(path.toStdString(), {"https://x", "", "t"})), QString());
    QVERIFY(QFile::exists(path));
}

void TstKubeconfig::leavesAnothersFile()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath("config");
    kube::KubeconfigFile second;
    {
        kube::KubeconfigFile first;
        QCOMPARE(first.write(path.toStdString(), {"https://first", "", "t"}), std::string());
        QCOMPARE(second.write(path.toStdString(), {"https://second", "", "t"}), std::string());
    }
    QVERIFY(QFile::exists(path));
}

void TstKubeconfig::unwritablePlaceIsAnError()
{
    const QTemporaryDir directory;
    QFile blocker(directory.filePath("file"));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    kube::KubeconfigFile file;
    QVERIFY(!file.write(directory.filePath("file/config").toStdString(), {"https://x", "", "t"}).empty());
}

QTEST_APPLESS_MAIN(TstKubeconfig)
#include "tst_kubeconfig.moc"
