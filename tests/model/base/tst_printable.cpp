#include <QTest>

#include "model/base/diagnostic.h"
#include "model/base/printable.h"

using namespace gatehouse;

class TstPrintable : public QObject {
    Q_OBJECT
private slots:
    void printable_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("words") << QByteArray("a name, \"quoted\"") << QByteArray("a name, \"quoted\"");
        QTest::newRow("letters beyond ASCII")
            << QByteArray("\xc3\xa4\xe2\x86\x92") << QByteArray("\xc3\xa4\xe2\x86\x92");
        QTest::newRow("an escape sequence") << QByteArray("\x1b[31mred") << QByteArray("\\x1b[31mred");
        QTest::newRow("a line") << QByteArray("a\nb") << QByteArray("a\\x0ab");
        QTest::newRow("DEL") << QByteArray("\x7f") << QByteArray("\\x7f");
        QTest::newRow("CSI of eight bits") << QByteArray("\xc2\x9b") + "31m" << QByteArray("\\xc2\\x9b31m");
        QTest::newRow("what comes behind C1") << QByteArray("\xc2\xa0\xc2") << QByteArray("\xc2\xa0\xc2");
    }

    void printable()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(model::printable(text.toStdString())), expected);
    }

    void problemsAreOneLine()
    {
        model::Diagnostic problem;
        problem.code = "GH9999";
        problem.message = "there is no \"\x1b]0;title\a\"";
        problem.object = model::ObjectKey{"", "Ki\nnd", {"", "n"}};
        QCOMPARE(toString(problem), std::string("error GH9999 Ki\\x0and n: there is no \"\\x1b]0;title\\x07\""));
    }
};

QTEST_APPLESS_MAIN(TstPrintable)
#include "tst_printable.moc"
