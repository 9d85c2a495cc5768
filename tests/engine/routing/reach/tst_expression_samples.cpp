#include <QtTest/QTest>

#include "engine/routing/reach/expression_samples.h"

#include <algorithm>
#include <re2/re2.h>

using namespace gatehouse::routing;

class TstExpressionSamples : public QObject {
    Q_OBJECT
private slots:
    void samplesMatch_data();
    void samplesMatch();
    void unknownSyntaxHasNone_data();
    void unknownSyntaxHasNone();
    void fillersComeIn();
    void isBounded();
};

void TstExpressionSamples::samplesMatch_data()
{
    QTest::addColumn<QString>("expression");
    for (const char* expression : {"a",
                                   "abc",
                                   "/v[0-9]+/.*",
                                   "(a|b)c",
                                   "a|b|",
                                   "x?y*z+",
                                   "[^/]+",
                                   "[a-c-]x",
                                   "\\d{3}",
                                   "\\w+\\.png",
                                   "^/a$",
                                   "(?i)abc",
                                   "(?P<id>[0-9]{2,4})/x",
                                   "a{2,}",
                                   "(?:ab)+?",
                                   "\\.\\*\\+",
                                   "[\\d.]+",
                                   "[]a]",
                                   ".*\\.(jpg|png)$",
                                   "/users/[a-f0-9]{8}/posts",
                                   "(a(b(c|d))?)+",
                                   "[^a-z0-9]",
                                   "\\S+\\s\\S+",
                                   "/[a-fA-F0-9]{8}-[[:alnum:]]{2,}",
                                   "[[:upper:]][[:digit:]]",
                                   "a||b",
                                   "",
                                   "/(a|b|c)/(?:d|e)*",
                                   "/[\\w.-]+@[\\w-]+",
                                   "\\$\\{x\\}"})
        QTest::newRow(expression) << expression;
}

void TstExpressionSamples::samplesMatch()
{
    QFETCH(QString, expression);
    const std::string text = expression.toStdString();
    const re2::RE2 regex(text);
    QVERIFY(regex.ok());
    const auto samples = expressionSamples(text);
    QVERIFY(!samples.empty());
    QVERIFY(std::any_of(samples.begin(), samples.end(),
                        [&](const std::string& sample) { return re2::RE2::FullMatch(sample, regex); }));
    QVERIFY(!matchingSamples(text).empty());
    QVERIFY(std::is_sorted(samples.begin(), samples.end(),
                           [](const std::string& a, const std::string& b) { return a.size() < b.size(); }));
}

void TstExpressionSamples::unknownSyntaxHasNone_data()
{
    QTest::addColumn<QString>("expression");
    for (const char* expression :
         {"\\pL", "[[:cntrl:]]", "\\Qa.b\\E", "\\x41", "(a", "a)", "*a", "[a", "\\", "a{1", "a{99}"})
        QTest::newRow(expression) << expression;
}

void TstExpressionSamples::unknownSyntaxHasNone()
{
    QFETCH(QString, expression);
    QVERIFY(expressionSamples(expression.toStdString()).empty());
}

void TstExpressionSamples::fillersComeIn()
{
    const auto samples = expressionSamples(".*\\.png", {"/api/any"});
    QVERIFY(std::find(samples.begin(), samples.end(), "/api/any.png") != samples.end());
    QVERIFY(expressionSamples("[a].*", {"x"}) != expressionSamples("[a]b*", {"x"}));
}

void TstExpressionSamples::isBounded()
{
    std::string nested;
    for (int i = 0; i < 200; ++i)
        nested += '(';
    QVERIFY(expressionSamples(nested + "a").empty());
    std::string wide = "(a|b|c|d|e|f|g|h)";
    for (int i = 0; i < 6; ++i)
        wide += wide;
    const auto samples = expressionSamples(wide);
    QVERIFY(samples.size() <= 32);
}

QTEST_APPLESS_MAIN(TstExpressionSamples)
#include "tst_expression_samples.moc"
