#include "app/testing/regex_witness.h"
#include "app/testing/text_match.h"

#include <QTest>

using namespace gatehouse;

class TestRegexWitness : public QObject {
    Q_OBJECT
private slots:
    void guessesMatch_data();
    void guessesMatch();
    void givesUp_data();
    void givesUp();
};

void TestRegexWitness::guessesMatch_data()
{
    QTest::addColumn<QString>("expression");
    for (const char* expression : {"",
                                   "/plain",
                                   "/a.b",
                                   "/users/[0-9]+",
                                   "/users/\\d{3}/x?",
                                   "/(a|b|c)/(?:d|e)*",
                                   "^/v[12]/.*$",
                                   "/[^/]+/items",
                                   "/[a-fA-F0-9]{8}-[[:alnum:]]{2,}",
                                   "(?i)/Case",
                                   "/x+?y*?",
                                   "/\\.well-known/.+",
                                   "/[\\w.-]+@[\\w-]+",
                                   "[]x]+",
                                   "[^a-z0-9]",
                                   "(?P<name>ab)+c",
                                   "\\$\\{x\\}",
                                   "a||b",
                                   "/[-a]b",
                                   "\\S\\s\\W\\D",
                                   "/(en|de)(/.*)?",
                                   "[[:upper:]][[:digit:]]"})
        QTest::newRow(expression) << expression;
}

void TestRegexWitness::guessesMatch()
{
    QFETCH(QString, expression);
    const auto guess = testing::guessMatch(expression.toStdString());
    QVERIFY(guess);
    testing::TextMatch whole;
    QVERIFY(whole.add(testing::TextMatch::Kind::Matches, "^(?:" + expression.toStdString() + ")$"));
    QVERIFY2(whole.holds(*guess), guess->c_str());
}

void TestRegexWitness::givesUp_data()
{
    QTest::addColumn<QString>("expression");
    for (const char* expression : {"\\pL", "\\Qa.b\\E", "(", ")", "[a", "a{1000}", "[[:cntrl:]]", "\\x41"})
        QTest::newRow(expression) << expression;
}

void TestRegexWitness::givesUp()
{
    QFETCH(QString, expression);
    QVERIFY(!testing::guessMatch(expression.toStdString()));
}

QTEST_APPLESS_MAIN(TestRegexWitness)
#include "tst_regex_witness.moc"
