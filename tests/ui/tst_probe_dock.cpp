#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeView>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/docks/probe_dock.h"
#include "ui/docks/probe_form.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"

using namespace gatehouse::ui;

namespace {

/// shop serves it; blog is not attached, own lost.
ProbeResult sampleResult()
{
    ProbeResult result;
    result.served = true;
    result.summary = QStringLiteral("team-a/shop takes it");
    result.address = QStringLiteral("127.0.0.1:8080");
    result.listener = QStringLiteral("http");
    result.gateway = sample::sharedGateway;
    result.route = sample::shopRoute;
    result.rule = QStringLiteral("rule 0");
    result.location = {std::make_shared<const std::string>("shop.yaml"), {12, 3}};
    result.filters = {QStringLiteral("sets the header x")};
    result.backends = {{QStringLiteral("team-a/shop:80"), QStringLiteral("built-in echo"), 1, sample::shopService}};
    result.losers = {{QStringLiteral("HTTPRoute/team-a/shop, rule 1"), QStringLiteral("path /x is not below /y"),
                      sample::shopRoute, result.location},
                     {QStringLiteral("HTTPRoute/team-b/own, rule 0"),
                      QStringLiteral("lost to a longer path"),
                      sample::ownRoute,
                      {}}};
    result.outsiders = {
        {QStringLiteral("HTTPRoute/team-a/blog"), QStringLiteral("not allowed"), sample::blogRoute, {}}};
    return result;
}

QString print(const QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex at = model.index(row, 0, parent);
        const QString why = at.siblingAtColumn(ProbeModel::WhyColumn).data().toString();
        text += QString(depth * 2, QLatin1Char(' ')) + at.data().toString() +
                (why.isEmpty() ? QString() : QStringLiteral(" | ") + why) + QLatin1Char('\n') +
                print(model, at, depth + 1);
    }
    return text;
}

ViewState sampleState()
{
    ViewState state;
    state.topology = sample::share(sample::make());
    return state;
}

} // namespace

class TstProbeDock : public QuietTest {
    Q_OBJECT
private slots:
    void explanationIsATree()
    {
        ProbeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setResult(sampleResult());
        QCOMPARE(print(model), QStringLiteral("Served | team-a/shop takes it\n"
                                              "  Gateway infra/shared | listener http \u00b7 127.0.0.1:8080\n"
                                              "  HTTPRoute team-a/shop | rule 0\n"
                                              "  Filter | sets the header x\n"
                                              "  team-a/shop:80 | built-in echo\n"
                                              "Rules that lost (2)\n"
                                              "  HTTPRoute/team-a/shop, rule 1 | path /x is not below /y\n"
                                              "  HTTPRoute/team-b/own, rule 0 | lost to a longer path\n"
                                              "Routes that are not attached (1)\n"
                                              "  HTTPRoute/team-a/blog | not allowed\n"));
        const QModelIndex loser = model.index(0, 0, model.index(1, 0));
        QVERIFY(model.jumpAt(loser).key == sample::shopRoute);
        QCOMPARE(loser.siblingAtColumn(ProbeModel::PlaceColumn).data().toString(), QStringLiteral("shop.yaml:12"));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void manyLosersAreCounted()
    {
        ProbeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ProbeResult result = sampleResult();
        result.losers.assign(ProbeModel::mostListed + 7, {QStringLiteral("x"), QStringLiteral("y"), {}, {}});
        model.setResult(result);
        const QModelIndex losers = model.index(1, 0);
        QCOMPARE(model.rowCount(losers), static_cast<int>(ProbeModel::mostListed) + 1);
        QCOMPARE(model.index(model.rowCount(losers) - 1, 0, losers).data().toString(), QStringLiteral("and 7 more"));
    }

    void typedRequestIsAsked_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("call");
        QTest::addColumn<QString>("asked");
        QTest::newRow("HTTP") << "HTTP"
                              << "http://shop.example.com/cart"
                              << ""
                              << "GET http://shop.example.com/cart";
        QTest::newRow("HTTP without scheme") << "HTTP"
                                             << "shop.example.com"
                                             << ""
                                             << "GET http://shop.example.com";
        QTest::newRow("gRPC") << "gRPC"
                              << "g.example.com"
                              << "a.B/C"
                              << "grpc g.example.com a.B/C";
        QTest::newRow("TLS") << "TLS"
                             << "app.example.com:443"
                             << ""
                             << "tls app.example.com:443";
        QTest::newRow("TCP") << "TCP"
                             << ":5432"
                             << ""
                             << "tcp :5432";
        QTest::newRow("UDP") << "UDP"
                             << ":53"
                             << ""
                             << "udp :53";
    }

    void typedRequestIsAsked()
    {
        QFETCH(QString, kind);
        QFETCH(QString, target);
        QFETCH(QString, call);
        QFETCH(QString, asked);
        ProbeDock dock;
        dock.show();
        QSignalSpy questions(&dock, &ProbeDock::explainRequested);
        dock.form().kindBox()->setCurrentText(kind);
        QCOMPARE(dock.form().methodBox()->isVisible(), kind == QLatin1String("HTTP"));
        QCOMPARE(dock.form().callLine()->isVisible(), kind == QLatin1String("gRPC"));
        QCOMPARE(dock.form().headersEdit()->isVisible(),
                 kind == QLatin1String("HTTP") || kind == QLatin1String("gRPC"));
        QTest::keyClicks(dock.form().callLine(), call);
        QTest::keyClicks(dock.form().targetLine(), target);
        QTest::keyClick(dock.form().targetLine(), Qt::Key_Return);
        QCOMPARE(questions.size(), 1);
        QCOMPARE(probeText(questions[0][0].value<ProbeQuestion>().request), asked);
    }

    void incompleteRequestIsNotAsked_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("headers");
        QTest::addColumn<QString>("hint");
        QTest::newRow("no target") << "HTTP"
                                   << ""
                                   << ""
                                   << "where";
        QTest::newRow("no call") << "gRPC"
                                 << "g.example.com"
                                 << ""
                                 << "service and method";
        QTest::newRow("no header") << "HTTP"
                                   << "http://a/"
                                   << "nonsense"
                                   << "'nonsense' is no header";
    }

    void incompleteRequestIsNotAsked()
    {
        QFETCH(QString, kind);
        QFETCH(QString, target);
        QFETCH(QString, headers);
        QFETCH(QString, hint);
        ProbeDock dock;
        dock.show();
        QSignalSpy questions(&dock, &ProbeDock::explainRequested);
        dock.form().kindBox()->setCurrentText(kind);
        dock.form().targetLine()->setText(target);
        dock.form().headersEdit()->setPlainText(headers);
        QTest::mouseClick(dock.explainButton(), Qt::LeftButton);
        QVERIFY(questions.isEmpty());
        QVERIFY2(dock.hint().contains(hint), qPrintable(dock.hint()));
    }

    void onlyTheNewestAnswerIsShown()
    {
        ProbeDock dock;
        QSignalSpy questions(&dock, &ProbeDock::explainRequested);
        ProbeRequest request;
        request.target = QStringLiteral("http://a/");
        dock.explain(request);
        dock.explain(request);
        dock.setResult(questions[0][0].value<ProbeQuestion>().number, sampleResult());
        QCOMPARE(dock.model().rowCount(), 0);
        dock.setResult(questions[1][0].value<ProbeQuestion>().number, sampleResult());
        QCOMPARE(dock.model().rowCount(), 3);
        dock.askAgain();
        QCOMPARE(questions.size(), 3);
    }

    void historyIsKeptAndAsksAgain()
    {
        ProbeDock dock;
        QSignalSpy kept(&dock, &ProbeDock::historyChanged);
        ProbeRequest request;
        for (int i = 0; i < ProbeDock::mostHistory + 5; ++i) {
            request.target = QStringLiteral("http://a/%1").arg(i);
            dock.explain(request);
        }
        dock.explain(request); // the same again is no other entry
        QCOMPARE(dock.history().size(), ProbeDock::mostHistory);
        ProbeDock later;
        later.setHistory(kept.last()[0].toStringList());
        QSignalSpy questions(&later, &ProbeDock::explainRequested);
        later.historyButton()->menu()->actions().at(2)->trigger();
        QCOMPARE(questions.size(), 1);
        QCOMPARE(later.form().targetLine()->text(), QStringLiteral("http://a/%1").arg(ProbeDock::mostHistory + 2));
    }

    void curlIsImported()
    {
        ProbeDock dock;
        dock.show();
        QSignalSpy questions(&dock, &ProbeDock::explainRequested);
        QTest::mouseClick(dock.importButton(), Qt::LeftButton);
        auto* dialog = dock.findChild<QInputDialog*>(QStringLiteral("importCurl"));
        QVERIFY(dialog);
        dialog->setTextValue(QStringLiteral("curl -X PUT -H 'X-A: 1' http://a/b"));
        dialog->accept();
        QCOMPARE(questions.size(), 1);
        QCOMPARE(dock.form().methodBox()->currentText(), QStringLiteral("PUT"));
        QCOMPARE(dock.form().headersEdit()->toPlainText(), QStringLiteral("X-A: 1"));

        QTest::mouseClick(dock.importButton(), Qt::LeftButton);
        QTRY_VERIFY(dock.findChildren<QInputDialog*>().size() == 1);
        dialog = dock.findChild<QInputDialog*>();
        dialog->setTextValue(QStringLiteral("curl --what http://a/"));
        dialog->accept();
        QCOMPARE(questions.size(), 1);
        QVERIFY(dock.hint().contains(QStringLiteral("--what")));
    }

    void copiedCommandGoesWhereTheListenerIs()
    {
        ProbeDock dock;
        QSignalSpy questions(&dock, &ProbeDock::explainRequested);
        ProbeRequest request;
        request.target = QStringLiteral("http://shop.example.com/");
        dock.explain(request);
        QCOMPARE(dock.commandText(), QStringLiteral("curl -i http://shop.example.com/"));
        dock.setResult(questions[0][0].value<ProbeQuestion>().number, sampleResult());
        QTest::mouseClick(dock.copyButton(), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(),
                 QStringLiteral("curl -i --resolve shop.example.com:8080:127.0.0.1 http://shop.example.com:8080/"));
    }

    void answerLightsTheWayUp()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        TopologyScene& scene = window.canvas().scene();
        QTRY_VERIFY(!scene.arranging());
        QSignalSpy questions(&window, &MainWindow::explainRequested);
        window.action(QStringLiteral("probe"))->trigger();
        QVERIFY(window.probe().isVisible());
        QTest::keyClicks(window.probe().form().targetLine(), QStringLiteral("shop.example.com"));
        QTest::keyClick(window.probe().form().targetLine(), Qt::Key_Return);
        QCOMPARE(questions.size(), 1);
        const auto question = questions[0][0].value<ProbeQuestion>();
        window.setExplanation(question.asker, question.number, sampleResult());

        for (const auto& key : {sample::sharedGateway, sample::shopRoute, sample::shopService})
            QVERIFY(scene.nodeItem(key)->light() == Light::Path);
        for (const auto& key : {sample::ownRoute, sample::blogRoute})
            QVERIFY(scene.nodeItem(key)->light() == Light::Lost);
        QVERIFY(scene.nodeItem(sample::ownRoute)->toolTip().contains(QStringLiteral("lost to a longer path")));
        QVERIFY(scene.nodeItem(sample::ownService)->light() == Light::None);
        QVERIFY(scene.edgeItem({sample::EdgeKind::Attachment, sample::sharedGateway, sample::shopRoute, 0})->lit());
        QVERIFY(scene.edgeItem({sample::EdgeKind::Backend, sample::shopRoute, sample::shopService, 0})->lit());
        QVERIFY(scene.edgeItem({sample::EdgeKind::Attachment, sample::sharedGateway, sample::blogRoute, 0})->dimmed());

        // A loser leads to its object, and a reload asks again.
        const QModelIndex loser = window.probe().model().index(1, 0, window.probe().model().index(1, 0));
        emit window.probe().tree()->clicked(loser);
        QVERIFY(scene.selectedKey() == sample::ownRoute);
        window.setState(sampleState());
        QCOMPARE(questions.size(), 2);
        QVERIFY(scene.nodeItem(sample::shopRoute)->light() == Light::Path);
        scene.foldNamespace("team-a", true);
        QTRY_VERIFY(!scene.arranging());
        QVERIFY2(scene.nodeItem(namespaceKey("team-a"))->light() == Light::Path, "what stands for it is lit");
    }
};

QTEST_MAIN(TstProbeDock)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_probe_dock.moc"
