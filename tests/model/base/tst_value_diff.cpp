#include <QtTest/QTest>

#include "../schema/value_text.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#include "model/base/value_diff.h"

using namespace gatehouse::model;

class TstValueDiff : public QObject {
    Q_OBJECT
private slots:
    void differences_data();
    void differences();
};

void TstValueDiff::differences_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QStringList>("paths"); // "-" in front: gone, "+": new
    const auto row = [](const char* claim, const char* before, const char* after, const QStringList& paths) {
        QTest::newRow(claim) << before << after << paths;
    };
    row("the same", "{a: 1, b: [1, 2]}", "{a: 1, b: [1, 2]}", {});
    row("the order of members is nothing", "{a: 1, b: 2}", "{b: 2, a: 1}", {});
    row("a scalar", "{a: {b: 1}}", "{a: {b: 2}}", {"a.b"});
    row("another kind of value", "{a: 1}", "{a: '1'}", {"a"});
    row("a member more and one less", "{a: 1, b: 2}", "{b: 2, c: {d: 1}}", {"-a", "+c"});
    row("an item in front", "{a: [2, 3]}", "{a: [1, 2, 3]}", {"+a[0]"});
    row("an item in the middle", "{a: [1, 2, 3]}", "{a: [1, 3]}", {"-a[1]"});
    row("an item inside", "{a: [{b: 1}, {b: 2}]}", "{a: [{b: 1}, {b: 3}]}", {"a[1].b"});
    row("items with names go by name", "{l: [{name: 'x', p: 1}, {name: 'y', p: 2}]}",
        "{l: [{name: 'y', p: 2}, {name: 'x', p: 3}]}", {"l[0].p"});
    row("a named item comes and one goes", "{l: [{name: 'x'}, {name: 'y'}]}", "{l: [{name: 'y'}, {name: 'z'}]}",
        {"-l[0]", "+l[1]"});
    row("one name in the place of another", "{l: [{name: 'x', p: 1}]}", "{l: [{name: 'y', p: 1}]}", {"l[0].name"});
    row("names that occur twice are no names", "{l: [{name: 'x', p: 1}, {name: 'x', p: 2}]}",
        "{l: [{name: 'x', p: 1}, {name: 'x', p: 3}]}", {"l[1].p"});
    row("reordered members inside of an item", "{l: [{a: 1, b: 2}, 5]}", "{l: [{b: 2, a: 1}, 6]}", {"l[1]"});
}

void TstValueDiff::differences()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QStringList, paths);
    const Value old = ValueText(before.toStdString()).read(), now = ValueText(after.toStdString()).read();
    QStringList got;
    for (const ValueChange& change : gatehouse::model::differences(old, now))
        got.push_back((!change.before ? "+" : !change.after ? "-" : "") + QString::fromStdString(change.path));
    QCOMPARE(got, paths);
}

QTEST_APPLESS_MAIN(TstValueDiff)
#include "tst_value_diff.moc"
