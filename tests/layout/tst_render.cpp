#include "ui/layout/render.h"

#include <QTest>

using gatehouse::layout::render;

class TstRender : public QObject {
    Q_OBJECT
private slots:
    void drawsEachFormat_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QByteArray>("signature");
        QTest::newRow("svg") << QByteArray("svg") << QByteArray("<svg");
        QTest::newRow("png") << QByteArray("png") << QByteArray("\x89PNG");
        QTest::newRow("pdf") << QByteArray("pdf") << QByteArray("%PDF-");
    }

    void drawsEachFormat()
    {
        QFETCH(QByteArray, format);
        QFETCH(QByteArray, signature);
        const auto out = render("digraph g { subgraph cluster_a { label=\"team-a\"; a } a -> b [label=\"1:n\"] }",
                                format.toStdString());
        QVERIFY2(out.has_value(), out ? "" : out.error().c_str());
        QVERIFY(QByteArray::fromStdString(*out).contains(signature));
    }

    void takesOddNames()
    {
        const auto out = render("digraph g { \"a \\\"quoted\\\" <name> & \xC3\xBC\" -> \"b\\\\\" }", "svg");
        QVERIFY(out.has_value());
        QVERIFY(QByteArray::fromStdString(*out).contains("&lt;name&gt;"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("format");
        QTest::newRow("text that is no DOT") << QByteArray("digraph g { a -> ") << QByteArray("svg");
        QTest::newRow("nothing at all") << QByteArray("") << QByteArray("svg");
        QTest::newRow("a format that is not known") << QByteArray("digraph g { a }") << QByteArray("xlib");
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, format);
        const auto out = render(text.toStdString(), format.toStdString());
        QVERIFY(!out);
        QVERIFY(!out.error().empty());
        // Graphviz' parser is process-wide: a bad text must not spoil the next one.
        QVERIFY(render("digraph g { a -> b }", "svg").has_value());
    }
};

QTEST_APPLESS_MAIN(TstRender)
#include "tst_render.moc"
