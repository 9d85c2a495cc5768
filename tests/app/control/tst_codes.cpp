#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/control/codes/codes.h"
#include "app/control/lint/severities.h"
#endif

#include <QDirIterator>
#include <QRegularExpression>
#include <QtTest>

using namespace gatehouse;
using control::CodeInfo;

namespace {

/// Every code that stands in a string of the sources, the table itself left out.
QSet<QString> codesOfSources()
{
    static const QRegularExpression code("\"(GH\\d{4})\"");
    const QString root = QStringLiteral(GATEHOUSE_SOURCE_DIR) + '/';
    QSet<QString> found;
    for (const char* module : {"model", "importers", "engine", "app"}) {
        QDirIterator files(root + module, {"*.cpp", "*.h"}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            if (path.contains("/app/control/codes/"))
                continue;
            QFile file(path);
            if (!file.open(QIODevice::ReadOnly))
                qFatal("cannot read %s", qPrintable(path));
            auto matches = code.globalMatch(QString::fromUtf8(file.readAll()));
            while (matches.hasNext())
                found.insert(matches.next().captured(1));
        }
    }
    return found;
}

QStringList sorted(const QSet<QString>& set)
{
    QStringList list(set.begin(), set.end());
    list.sort();
    return list;
}

} // namespace

class TstCodes : public QObject {
    Q_OBJECT

private slots:
    void everyCodeOfTheSourcesIsInTheTable()
    {
        QSet<QString> table;
        for (const CodeInfo& info : control::allCodes())
            table.insert(QString::fromStdString(info.code));
        const QSet<QString> sources = codesOfSources();
        QVERIFY(sources.size() > 100);
        QCOMPARE(sorted(sources - table), QStringList{});
        QCOMPARE(sorted(table - sources), QStringList{});
    }

    void codesAreInOrderAndFoundByName()
    {
        const auto& all = control::allCodes();
        for (std::size_t i = 0; i < all.size(); ++i) {
            QVERIFY2(i == 0 || all[i - 1].code < all[i].code, all[i].code.c_str());
            QCOMPARE(control::findCode(all[i].code), &all[i]);
        }
        QVERIFY(!control::findCode("GH0001"));
        QVERIFY(!control::findCode(""));
    }

    void entriesSayEverything()
    {
        for (const CodeInfo& info : control::allCodes()) {
            QVERIFY2(!info.title.empty() && info.title.size() <= 100 && info.title.back() != '.', info.code.c_str());
            QVERIFY2(info.meaning.size() > 20 && info.meaning.back() == '.', info.code.c_str());
            QVERIFY2(!info.wrong.empty() && !info.right.empty() && info.wrong != info.right, info.code.c_str());
            QVERIFY2(!control::suppressionHelp(info).empty(), info.code.c_str());
        }
    }

    void onlyErrorsOfTheInputAreFixed()
    {
        QVERIFY(control::isFixed(*control::findCode("GH1203")));
        QVERIFY(control::isFixed(*control::findCode("GH3002")));
        QVERIFY(!control::isFixed(*control::findCode("GH1301")));
        QVERIFY(!control::isFixed(*control::findCode("GH2007")));
        QVERIFY(!control::isFixed(*control::findCode("GH4005")));
    }

    void levels_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        QTest::newRow("off") << "GH2103=off"
                             << "";
        QTest::newRow("error") << "GH2111=error"
                               << "";
        QTest::newRow("no such code") << "GX=off"
                                      << "'GX' is no code of a problem";
        QTest::newRow("a slip of the pen") << "GHH2103=off"
                                           << "'GHH2103' is no code of a problem; did you mean 'GH2103'?";
        QTest::newRow("an error of the input")
            << "GH1203=off"
            << "GH1203 is an error of the input itself: its severity cannot be changed";
        QTest::newRow("no such severity") << "GH2103=warn"
                                          << "'warn' is no severity; expected error, warning, info or off";
        QTest::newRow("a severity that is near")
            << "GH2103=warnin"
            << "'warnin' is no severity; expected error, warning, info or off; did you mean 'warning'?";
        QTest::newRow("no severity") << "GH2103"
                                     << "'GH2103' has no '='; expected CODE=SEVERITY, as GH2103=off";
    }

    void levels()
    {
        QFETCH(QString, text);
        QFETCH(QString, error);
        control::LintLevels levels;
        QCOMPARE(QString::fromStdString(control::addLintLevel(levels, text.toStdString())), error);
        QCOMPARE(levels.size(), error.isEmpty() ? 1u : 0u);
    }
};

QTEST_APPLESS_MAIN(TstCodes)
#include "tst_codes.moc"
