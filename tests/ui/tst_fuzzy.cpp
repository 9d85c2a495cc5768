#include <QTest>

#include "ui/document/fuzzy.h"

using namespace gatehouse::ui;

namespace {

/// The text with what matched in capitals, the rest in small letters; "-" when nothing did.
QString marked(const QString& query, const QString& text)
{
    const auto match = FuzzyQuery(query).match(text);
    if (!match)
        return QStringLiteral("-");
    QString shown = text.toLower();
    for (const int at : match->positions)
        shown[at] =
            shown[at] == QLatin1Char('/') || shown[at] == QLatin1Char('.') ? QLatin1Char('#') : shown[at].toUpper();
    return shown;
}

} // namespace

class TstFuzzy : public QObject {
    Q_OBJECT
private slots:
    void marks_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* claim, const char* query, const char* text, const char* expected) {
            QTest::newRow(claim) << QString::fromLatin1(query) << QString::fromLatin1(text)
                                 << QString::fromLatin1(expected);
        };
        row("empty is in everything", "", "team-a/shop", "team-a/shop");
        row("blanks are empty", "  ", "team-a/shop", "team-a/shop");
        row("a piece", "shop", "team-a/shop", "team-a/SHOP");
        row("case does not matter in the query", "SHOP", "team-a/shop", "team-a/SHOP");
        row("case does not matter in the text", "httproute", "HTTPRoute", "HTTPROUTE");
        row("letters with gaps", "tas", "team-a/shop", "Team-A/Shop");
        row("the beginning of a part wins over an earlier letter", "s", "class/shop", "class/Shop");
        row("a run wins over letters that are spread", "shop", "s-h-o-p/shop", "s-h-o-p/SHOP");
        row("a hump begins a part", "hr", "HTTPRoute", "HttpRoute");
        row("a digit begins a part", "p2", "app12-p2", "app12-P2");
        row("not in order", "pohs", "team-a/shop", "-");
        row("a letter too many", "shopp", "team-a/shop", "-");
        row("letters are not used twice in a word", "aa", "a", "-");
        row("words in another order", "shop team", "team-a/shop", "TEAM-a/SHOP");
        row("every word has to be there", "shop blog", "team-a/shop", "-");
        row("words may share letters", "sh sho", "shop", "SHOp");
        row("separators can be typed", "a/s", "team-a/shop", "team-A#Shop");
        row("dots can be typed", "shop.ex", "shop.example.com", "SHOP#EXample.com");
        row("an empty text", "a", "", "-");
        row("one letter", "x", "x", "X");
    }

    void marks()
    {
        QFETCH(QString, query);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(marked(query, text), expected);
    }

    void ranks_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QStringList>("texts"); // the better first
        QTest::newRow("whole, prefix, part, spread")
            << "shop" << QStringList{"shop", "shopping", "my-shop-two-and-more", "ships-of-the-port"};
        QTest::newRow("shorter before longer") << "api" << QStringList{"api-v2", "api-v2-with-a-long-name"};
        QTest::newRow("a part before the inside of one") << "app" << QStringList{"team/app", "wrapper"};
        QTest::newRow("initials of parts") << "tsr" << QStringList{"team-shop-route", "tsunami-warner"};
        QTest::newRow("humps before the inside") << "gr" << QStringList{"GRPCRoute", "backgrounds"};
        QTest::newRow("side by side before a gap") << "ab" << QStringList{"xabx", "xaxb"};
        QTest::newRow("a short gap before a long one") << "ab" << QStringList{"xaxbxxxx", "xaxxxxxb"};
    }

    void ranks()
    {
        QFETCH(QString, query);
        QFETCH(QStringList, texts);
        std::vector<int> scores;
        for (const QString& text : texts) {
            const auto match = FuzzyQuery(query).match(text);
            QVERIFY2(match, qPrintable(text));
            scores.push_back(match->score);
        }
        for (std::size_t i = 1; i < scores.size(); ++i)
            QVERIFY2(scores[i - 1] > scores[i], qPrintable(texts[static_cast<qsizetype>(i)]));
    }

    /// Every letter of a match is the query's, in its order, however text and query look.
    void positionsSpellTheQuery()
    {
        const QStringList texts{"HTTPRoute team-a/shop shop.example.com", "a-b-c-a-b-c", "aaaa", "ABCabc", "x"};
        const QStringList queries{"ab", "abc", "aaa", "shop", "tm", "hrt", "c", "m.c"};
        int found = 0;
        for (const QString& text : texts) {
            for (const QString& query : queries) {
                const auto match = FuzzyQuery(query).match(text);
                if (!match)
                    continue;
                ++found;
                QString spelled;
                for (const int at : match->positions)
                    spelled += text[at].toLower();
                QCOMPARE(spelled, query);
            }
        }
        QVERIFY(found > 10);
    }

    void longTextsAreQuick()
    {
        const QString text = QStringLiteral("team-a/very-long-name.").repeated(400);
        QBENCHMARK_ONCE
        {
            QVERIFY(FuzzyQuery(QStringLiteral("verylongname team")).match(text));
        }
    }
};

QTEST_APPLESS_MAIN(TstFuzzy)
#include "tst_fuzzy.moc"
