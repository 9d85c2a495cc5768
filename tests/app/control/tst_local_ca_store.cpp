#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/control/local_ca_certificates.h"
#include "app/control/local_ca_store.h"
#include "engine/tls/certificate_facts.h"
#include "engine/tls/local_ca.h"

#include <thread>
#endif

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <fcntl.h>
#include <sys/stat.h>

using namespace gatehouse;
using control::LocalCaStore;

namespace {

using namespace std::chrono_literals;
constexpr auto day = std::chrono::hours(24);
const auto now = std::chrono::system_clock::now();

std::string textOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string("none");
}

unsigned modeOf(const std::string& path)
{
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? found.st_mode & 07777 : 0;
}

struct Place {
    QTemporaryDir folder;
    std::string directory = folder.filePath("data/gatehouse").toStdString();
    LocalCaStore store{directory};
};

} // namespace

class TstLocalCaStore : public QObject {
    Q_OBJECT

private slots:
    void makesOneAndKeepsIt();
    void nothingThereIsNoError();
    void nobodyElseMayRead();
    void mendsTheCertificateFile();
    void renewReplaces();
    void refuses_data();
    void refuses();
    void raceMakesOne();
    void needsAPlace();
    void directoryFollowsTheEnvironment_data();
    void directoryFollowsTheEnvironment();

    void certificatesAreKept();
    void certificatesAreRenewedBeforeTheirEnd();
    void aRenewedCaSignsAnew();
    void anExpiredCaSignsNothing();
};

void TstLocalCaStore::makesOneAndKeepsIt()
{
    const Place place;
    const auto first = place.store.loadOrCreate(now);
    QVERIFY2(first.has_value(), first ? "" : first.error().c_str());
    const auto again = LocalCaStore(place.directory).loadOrCreate(now);
    QVERIFY(again.has_value() && *again == *first);
    QVERIFY(*place.store.load() == *first);
    QCOMPARE(textOf(place.store.certificatePath()), first->certificatePem);
    QVERIFY(first->certificatePem.find("PRIVATE") == std::string::npos);
    QVERIFY(engine::issueCertificate(*first, {"a.test"}, now).has_value());
}

void TstLocalCaStore::nothingThereIsNoError()
{
    const Place place;
    const auto none = place.store.load();
    QVERIFY(!none.has_value());
    QCOMPARE(none.error(), std::string());
    QVERIFY(!QDir(QString::fromStdString(place.directory)).exists());
}

void TstLocalCaStore::nobodyElseMayRead()
{
    const mode_t before = ::umask(0);
    const Place place;
    const auto made = place.store.loadOrCreate(now);
    ::umask(before);
    QVERIFY(made.has_value());
    QCOMPARE(modeOf(place.directory), 0700u);
    QCOMPARE(modeOf(place.store.identityPath()), 0600u);
    QCOMPARE(modeOf(place.store.certificatePath()), 0600u);
    QCOMPARE(QDir(QString::fromStdString(place.directory)).entryList(QDir::Files | QDir::Hidden).size(), 2);
}

void TstLocalCaStore::mendsTheCertificateFile()
{
    const Place place;
    const auto made = place.store.loadOrCreate(now);
    QVERIFY(QFile::remove(QString::fromStdString(place.store.certificatePath())));
    QVERIFY(place.store.loadOrCreate(now).has_value());
    QCOMPARE(textOf(place.store.certificatePath()), made->certificatePem);
}

void TstLocalCaStore::renewReplaces()
{
    const Place place;
    const auto made = place.store.loadOrCreate(now);
    const auto renewed = place.store.renew(now);
    QVERIFY(renewed.has_value());
    QVERIFY(renewed->keyPem != made->keyPem);
    QVERIFY(*place.store.load() == *renewed);
    QCOMPARE(textOf(place.store.certificatePath()), renewed->certificatePem);
}

void TstLocalCaStore::refuses_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("says");
    QTest::newRow("readable by the group") << 0 << "who may know its key";
    QTest::newRow("empty") << 1 << "damaged";
    QTest::newRow("no key") << 2 << "damaged";
    QTest::newRow("endless") << 3 << "damaged";
    QTest::newRow("a directory") << 4 << "cannot read the local CA";
}

void TstLocalCaStore::refuses()
{
    QFETCH(int, fault);
    QFETCH(QString, says);
    const Place place;
    const auto made = place.store.loadOrCreate(now);
    const QString path = QString::fromStdString(place.store.identityPath());
    const auto overwrite = [&](const QByteArray& text) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size());
    };
    if (fault == 0)
        QCOMPARE(::chmod(place.store.identityPath().c_str(), 0640), 0);
    else if (fault == 1)
        overwrite("");
    else if (fault == 2)
        overwrite(QByteArray::fromStdString(made->certificatePem));
    else if (fault == 3)
        overwrite(QByteArray(1 << 20, 'x'));
    else
        QVERIFY(QFile::remove(path) && QDir().mkdir(path) && ::chmod(path.toUtf8().constData(), 0700) == 0);
    for (const auto& found : {place.store.load(), place.store.loadOrCreate(now)}) {
        QVERIFY(!found.has_value());
        const QString error = QString::fromStdString(found.error());
        QVERIFY2(error.contains(says) && error.contains(path), qPrintable(error));
        QVERIFY(!error.contains("PRIVATE"));
    }
    if (fault < 4) { // the advice of the message
        QVERIFY(place.store.renew(now).has_value());
        QVERIFY(place.store.load().has_value());
    }
}

void TstLocalCaStore::raceMakesOne()
{
    const Place place;
    std::vector<std::string> keys(8);
    std::vector<std::thread> threads;
    for (std::string& key : keys)
        threads.emplace_back([&] {
            if (const auto made = LocalCaStore(place.directory).loadOrCreate(now))
                key = made->keyPem;
        });
    for (std::thread& thread : threads)
        thread.join();
    QVERIFY(!keys.front().empty());
    for (const std::string& key : keys)
        QCOMPARE(key, keys.front());
}

void TstLocalCaStore::needsAPlace()
{
    const LocalCaStore nowhere{std::string()};
    for (const auto& found : {nowhere.load(), nowhere.loadOrCreate(now), nowhere.renew(now)}) {
        QVERIFY(!found.has_value());
        QVERIFY(found.error().find("XDG_DATA_HOME") != std::string::npos);
    }
    QTemporaryDir folder;
    const std::string file = folder.filePath("file").toStdString();
    QVERIFY(QFile(QString::fromStdString(file)).open(QIODevice::WriteOnly));
    const auto below = LocalCaStore(file + "/gatehouse").loadOrCreate(now);
    QVERIFY(!below.has_value() && below.error().find(file) != std::string::npos);
}

void TstLocalCaStore::directoryFollowsTheEnvironment_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("home");
    QTest::addColumn<QString>("expected");
    QTest::newRow("XDG_DATA_HOME") << QByteArray("/d") << QByteArray("/h") << "/d/gatehouse";
    QTest::newRow("a relative one counts as unset")
        << QByteArray("d") << QByteArray("/h") << "/h/.local/share/gatehouse";
    QTest::newRow("HOME") << QByteArray("") << QByteArray("/h") << "/h/.local/share/gatehouse";
    QTest::newRow("neither") << QByteArray("") << QByteArray("") << "";
}

void TstLocalCaStore::directoryFollowsTheEnvironment()
{
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, home);
    QFETCH(QString, expected);
    const QByteArray dataBefore = qgetenv("XDG_DATA_HOME"), homeBefore = qgetenv("HOME");
    qputenv("XDG_DATA_HOME", data);
    qputenv("HOME", home);
    const std::string directory = control::defaultCaDirectory();
    qputenv("XDG_DATA_HOME", dataBefore);
    qputenv("HOME", homeBefore);
    QCOMPARE(QString::fromStdString(directory), expected);
}

void TstLocalCaStore::certificatesAreKept()
{
    const Place place;
    control::LocalCaCertificates certificates(place.store, [] { return now; });
    QCOMPARE(certificates.forgetDue(), false);
    const auto first = certificates.certificateFor({"a.test", "127.0.0.1"});
    QVERIFY2(first.has_value(), first ? "" : first.error().c_str());
    QVERIFY(*certificates.certificateFor({"a.test", "127.0.0.1"}) == *first);
    QVERIFY(!(*certificates.certificateFor({"b.test"}) == *first));
    QCOMPARE(certificates.forgetDue(), false);
    QVERIFY(!certificates.certificateFor({"no name"}).has_value());
}

void TstLocalCaStore::certificatesAreRenewedBeforeTheirEnd()
{
    const Place place;
    auto time = now;
    control::LocalCaCertificates certificates(place.store, [&] { return time; });
    const auto first = certificates.certificateFor({"a.test"});
    const auto end = engine::certificateFacts(first->certificatePem)->notAfter;
    QVERIFY(end > now + 365 * day);
    time = end - 31 * day;
    QCOMPARE(certificates.forgetDue(), false);
    QVERIFY(*certificates.certificateFor({"a.test"}) == *first);
    time = end - 29 * day;
    QCOMPARE(certificates.forgetDue(), true);
    QCOMPARE(certificates.forgetDue(), false); // what nobody wants any more is not asked for again and again
    const auto second = certificates.certificateFor({"a.test"});
    QVERIFY(!(*second == *first));
    QVERIFY(engine::certificateFacts(second->certificatePem)->notAfter > end + 300 * day);
}

void TstLocalCaStore::aRenewedCaSignsAnew()
{
    const Place place;
    control::LocalCaCertificates certificates(place.store, [] { return now; });
    const auto first = certificates.certificateFor({"a.test"});
    QVERIFY(place.store.renew(now).has_value()); // as another process does
    QCOMPARE(certificates.forgetDue(), true);
    QVERIFY(!(*certificates.certificateFor({"a.test"}) == *first));
    QCOMPARE(certificates.forgetDue(), false);
    QVERIFY(place.store.renew(now).has_value());
    const auto third = certificates.certificateFor({"a.test"}); // without being told first
    const std::string authority = place.store.load()->certificatePem;
    QVERIFY(third->certificatePem.ends_with(authority));
}

void TstLocalCaStore::anExpiredCaSignsNothing()
{
    const Place place;
    QVERIFY(place.store.renew(now - 3700 * day).has_value());
    control::LocalCaCertificates certificates(place.store, [] { return now; });
    const auto refused = certificates.certificateFor({"a.test"});
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().find("gatehouse ca renew") != std::string::npos);
}

QTEST_APPLESS_MAIN(TstLocalCaStore)
#include "tst_local_ca_store.moc"
