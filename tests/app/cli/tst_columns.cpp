#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/cli/output/columns.h"
#include "app/cli/output/objects.h"
#include "importers/writers.h"
#endif

#include <QtTest>

using namespace gatehouse;

class TstColumns : public QObject {
    Q_OBJECT

private slots:
    void ages_data();
    void ages();
    void secretsAreRedacted();
};

void TstColumns::ages_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("expected");

    QTest::newRow("absent") << -1 << "<unknown>";
    QTest::newRow("seconds") << 119 << "119s";
    QTest::newRow("minutes and seconds") << 125 << "2m5s";
    QTest::newRow("round minutes") << 180 << "3m";
    QTest::newRow("minutes") << 3'600 << "60m";
    QTest::newRow("hours and minutes") << 4 * 3'600 + 120 << "4h2m";
    QTest::newRow("hours") << 30 * 3'600 << "30h";
    QTest::newRow("days and hours") << 3 * 86'400 + 3'600 << "3d1h";
    QTest::newRow("days") << 20 * 86'400 << "20d";
}

void TstColumns::ages()
{
    QFETCH(int, seconds);
    QFETCH(QString, expected);
    const model::Timestamp now(std::chrono::seconds(1'000'000'000));
    model::Resource resource;
    if (seconds >= 0)
        resource.meta.creationTimestamp = now - std::chrono::seconds(seconds);
    QCOMPARE(QString::fromStdString(cli::ageText(resource, now)), expected);
}

void TstColumns::secretsAreRedacted()
{
    importers::ManifestImporter importer;
    const auto import = importer.importTexts({{"test.yaml", R"(
apiVersion: v1
kind: Secret
metadata:
  name: s
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"k":"aHVudGVyMg=="}}'
data: {k: aHVudGVyMg==}
stringData: {plain: topsecret}
)"}});
    QCOMPARE(import.resources->secrets.size(), std::size_t{1});
    const std::string text = importers::toYaml(cli::printedObject(*import.resources->secrets.begin()->second, {}));
    for (const char* leak : {"hunter2", "aHVudGVyMg", "topsecret"})
        QVERIFY2(text.find(leak) == std::string::npos, text.c_str());
    QVERIFY2(text.find("k: <redacted, 7 bytes>") != std::string::npos, text.c_str());
    QVERIFY2(text.find("plain: <redacted, 9 bytes>") != std::string::npos, text.c_str());
}

QTEST_APPLESS_MAIN(TstColumns)
#include "tst_columns.moc"
