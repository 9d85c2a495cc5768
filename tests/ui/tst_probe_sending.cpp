#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QToolButton>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/docks/answer_pane.h"
#include "ui/docks/probe_dock.h"
#include "ui/docks/probe_form.h"
#include "ui/docks/save_test_dialog.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"

using namespace gatehouse::ui;

namespace {

ProbeRequest wholeRequest()
{
    ProbeRequest request;
    request.method = QStringLiteral("PUT");
    request.target = QStringLiteral("https://shop.example.com/cart");
    request.headers = {{QStringLiteral("X-A"), QStringLiteral("1")}};
    request.gateway = QStringLiteral("infra/shared");
    request.body = QStringLiteral("{\"a\": 1}\nmore");
    request.http2 = true;
    request.trust = ProbeTrust::LocalCa;
    request.timeoutMs = 1'500;
    return request;
}

ProbeAnswer sampleAnswer()
{
    ProbeAnswer answer;
    answer.address = QStringLiteral("127.0.0.1:8080");
    answer.protocol = QStringLiteral("HTTP/1.1");
    answer.outcome = QStringLiteral("200 OK");
    answer.verdict = gatehouse::model::Health::Good;
    answer.headers = {{QStringLiteral("content-type"), QStringLiteral("application/json")}};
    answer.trailers = {{QStringLiteral("x-sum"), QStringLiteral("1")}};
    answer.body = "{\"b\":1,\"a\":[1,2.50],\"t\":\"{x: [\\\"y\\\"]}\",\"e\":{}}";
    answer.bodySize = static_cast<std::uint64_t>(answer.body.size());
    answer.backend = QStringLiteral("team-a/shop, Pod shop-1");
    answer.connectMs = 0.4;
    answer.totalMs = 2.25;
    return answer;
}

ProbeQuestion last(const QSignalSpy& spy)
{
    return spy.last()[0].value<ProbeQuestion>();
}

} // namespace

class TstProbeSending : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English));
        loadResources();
    }

    void bodiesAreReadable_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("note");
        QTest::newRow("none") << QByteArray() << ""
                              << "no body";
        QTest::newRow("text") << QByteArray("a \xc3\xa4\n") << QStringLiteral("a \u00e4\n") << "text, 5 bytes";
        QTest::newRow("JSON keeps its order and its numbers")
            << sampleAnswer().body
            << "{\n  \"b\": 1,\n  \"a\": [\n    1,\n    2.50\n  ],\n  \"t\": \"{x: [\\\"y\\\"]}\",\n  \"e\": {}\n}"
            << "JSON, 46 bytes";
        QTest::newRow("half a JSON is text") << QByteArray("{\"a\":") << "{\"a\":"
                                             << "text, 5 bytes";
        QTest::newRow("bytes") << QByteArray("A\0\xff", 3)
                               << "00000000  41 00 ff                                         A..\n"
                               << "bytes, 3 bytes";
    }

    void bodiesAreReadable()
    {
        QFETCH(QByteArray, body);
        ProbeAnswer answer;
        answer.body = body;
        answer.bodySize = static_cast<std::uint64_t>(body.size());
        const BodyText shown = bodyText(answer);
        QTEST(shown.text, "text");
        QTEST(shown.note, "note");
    }

    void longBodiesAreCut()
    {
        ProbeAnswer answer;
        answer.body = QByteArray("\xc3\xa4").repeated(1000);
        answer.bodySize = 5'000'000;
        const BodyText shown = bodyText(answer, 11); // within a character
        QCOMPARE(shown.text, QStringLiteral("\u00e4").repeated(5));
        QCOMPARE(shown.note, QStringLiteral("text, the first 11 bytes of 5.0 MB"));
    }

    void hexIsRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("right");
        QTest::newRow("spaced") << "48 65\n6C" << QByteArray("Hel") << true;
        QTest::newRow("in one") << "48656c" << QByteArray("Hel") << true;
        QTest::newRow("as C writes it") << "0x48 0x65" << QByteArray("He") << true;
        QTest::newRow("nothing") << "" << QByteArray() << true;
        QTest::newRow("half a byte") << "4" << QByteArray() << false;
        QTest::newRow("no digit") << "4g" << QByteArray() << false;
    }

    void hexIsRead()
    {
        QFETCH(QString, text);
        const ParsedHex parsed = parseHex(text);
        QTEST(parsed.bytes, "bytes");
        QTEST(parsed.fault.isEmpty(), "right");
    }

    void linesKeepEverything()
    {
        ProbeRequest grpc;
        grpc.kind = ProbeKind::Grpc;
        grpc.target = QStringLiteral("g:1");
        grpc.call = QStringLiteral("a.B/C");
        grpc.protoFile = QStringLiteral("/p/a.proto");
        ProbeRequest tcp;
        tcp.kind = ProbeKind::Tcp;
        tcp.target = QStringLiteral(":1");
        tcp.body = QStringLiteral("00 ff");
        tcp.hex = true;
        for (const ProbeRequest& request : {wholeRequest(), grpc, tcp}) {
            QVERIFY(fromLine(toLine(request)) == request);
            QVERIFY(fromLine(toLine(request, ProbeDeed::Sent)) == request);
            QVERIFY(deedOf(toLine(request)) == ProbeDeed::Explained);
            QVERIFY(deedOf(toLine(request, ProbeDeed::Sent)) == ProbeDeed::Sent);
        }
        // A line of an older version; moc 6.4 cannot read raw strings.
        const QString older = QStringLiteral("{\"kind\":\"http\",\"method\":\"GET\",\"target\":\"http://a/\"}");
        QVERIFY(fromLine(older).has_value());
    }

    void formKeepsEverything()
    {
        ProbeDock dock;
        dock.setGateways({QStringLiteral("infra/shared")});
        dock.show();
        dock.form().setRequest(wholeRequest());
        QVERIFY(dock.form().request() == wholeRequest());
        QVERIFY(dock.form().trustBox()->isVisible());
        dock.form().targetLine()->setText(QStringLiteral("http://a/"));
        QVERIFY2(!dock.form().trustBox()->isVisible(), "nobody is trusted without TLS");
        dock.form().kindBox()->setCurrentText(QStringLiteral("TCP"));
        QVERIFY(dock.form().hexBox()->isVisible() && !dock.form().versionBox()->isVisible());
    }

    void sendsByKeyAndButton()
    {
        ProbeDock dock;
        dock.resize(1200, 260);
        dock.show();
        QSignalSpy sent(&dock, &ProbeDock::sendRequested), asked(&dock, &ProbeDock::explainRequested);
        QTest::keyClicks(dock.form().targetLine(), QStringLiteral("shop.example.com/cart"));
        dock.form().methodBox()->setCurrentText(QStringLiteral("POST"));
        QTest::keyClicks(dock.form().bodyEdit(), QStringLiteral("hello"));
        QTest::keyClick(dock.form().bodyEdit(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(sent.size(), 1);
        QCOMPARE(asked.size(), 1); // its way is lit as well
        QCOMPARE(last(sent).request.body, QStringLiteral("hello"));
        QCOMPARE(probeText(last(sent).request), QStringLiteral("POST http://shop.example.com/cart"));
        QVERIFY(dock.answerPane().isVisible() && dock.waiting());
        const auto* area = dock.findChild<QScrollArea*>(); // the buttons stay in view beside the answer
        QVERIFY(area->widget()->isAncestorOf(dock.sendButton()));
        QTRY_COMPARE(area->horizontalScrollBar()->maximum(), 0);
        QCOMPARE(dock.sendButton()->text(), QStringLiteral("Cancel"));
        dock.setAnswer(last(sent).number, sampleAnswer());
        QVERIFY(!dock.waiting());
        QCOMPARE(dock.answerPane().outcomeText(), QStringLiteral("200 OK"));
        QVERIFY(dock.answerPane().factsText().contains(QStringLiteral("from team-a/shop, Pod shop-1")));
        QVERIFY(dock.answerPane().factsText().contains(QStringLiteral("connected after 0.4 ms \u00b7 2.2 ms in all")) ||
                dock.answerPane().factsText().contains(QStringLiteral("connected after 0.4 ms \u00b7 2.3 ms in all")));
        QVERIFY(dock.answerPane().bodyEdit()->toPlainText().startsWith(QStringLiteral("{\n  \"b\": 1")));
        QCOMPARE(dock.answerPane().fieldTable()->rowCount(), 2);
        QCOMPARE(dock.answerPane().fieldTable()->item(1, 0)->text(), QStringLiteral("x-sum (trailer)"));

        QTest::mouseClick(dock.sendButton(), Qt::LeftButton);
        QCOMPARE(sent.size(), 2);
        // Return alone explains, and an answer about the same request stays.
        dock.setAnswer(last(sent).number, sampleAnswer());
        QTest::keyClick(dock.form().targetLine(), Qt::Key_Return);
        QCOMPARE(sent.size(), 2);
        QVERIFY(dock.answerPane().answer());
        QTest::keyClicks(dock.form().targetLine(), QStringLiteral("/other"));
        QTest::keyClick(dock.form().targetLine(), Qt::Key_Return);
        QVERIFY2(!dock.answerPane().answer(), "an answer to another request says nothing of this one");
    }

    void cancelledAnswersAreNotShown()
    {
        ProbeDock dock;
        dock.show();
        QSignalSpy sent(&dock, &ProbeDock::sendRequested), cancelled(&dock, &ProbeDock::sendCancelled);
        dock.form().targetLine()->setText(QStringLiteral("http://a/"));
        QTest::mouseClick(dock.sendButton(), Qt::LeftButton);
        QTest::mouseClick(dock.sendButton(), Qt::LeftButton);
        QCOMPARE(sent.size(), 1);
        QCOMPARE(cancelled.size(), 1);
        QVERIFY(!dock.waiting());
        QCOMPARE(dock.answerPane().outcomeText(), QStringLiteral("Cancelled"));
        dock.setAnswer(last(sent).number, sampleAnswer());
        QCOMPARE(dock.answerPane().outcomeText(), QStringLiteral("Cancelled"));
        QTest::mouseClick(dock.sendButton(), Qt::LeftButton);
        dock.send(); // a newer one
        dock.setAnswer(last(sent).number - 1, sampleAnswer());
        QVERIFY(dock.waiting());
        dock.setAnswer(last(sent).number, sampleAnswer());
        QVERIFY(!dock.waiting());
    }

    void incompleteRequestsAreNotSent()
    {
        ProbeDock dock;
        dock.show();
        QSignalSpy sent(&dock, &ProbeDock::sendRequested);
        dock.form().kindBox()->setCurrentText(QStringLiteral("TCP"));
        dock.form().targetLine()->setText(QStringLiteral(":1"));
        dock.form().hexBox()->setChecked(true);
        dock.form().bodyEdit()->setPlainText(QStringLiteral("zz"));
        QTest::mouseClick(dock.sendButton(), Qt::LeftButton);
        QVERIFY(sent.isEmpty());
        QVERIFY2(dock.hint().contains(QStringLiteral("hexadecimal")), qPrintable(dock.hint()));
    }

    void aStoppedEngineCanBeRun()
    {
        MainWindow window(nullptr);
        window.show();
        ViewState state;
        state.topology = sample::share(sample::make());
        window.setState(state);
        ProbeDock& dock = window.probe();
        QSignalSpy sent(&dock, &ProbeDock::sendRequested), run(&window, &MainWindow::runRequested);
        window.action(QStringLiteral("probe"))->trigger();
        dock.form().targetLine()->setText(QStringLiteral("http://shop.example.com/"));
        window.action(QStringLiteral("probe-send"))->trigger();
        QCOMPARE(sent.size(), 1);
        ProbeAnswer stopped;
        stopped.end = ProbeAnswer::End::NotRunning;
        stopped.address = QStringLiteral("127.0.0.1:8080");
        dock.setAnswer(last(sent).number, stopped);
        QVERIFY(dock.answerPane().runButton()->isVisible());
        QVERIFY(dock.answerPane().factsText().contains(QStringLiteral("127.0.0.1:8080")));
        QTRY_VERIFY(!dock.answerPane().runButton()->visibleRegion().isEmpty()); // it is laid out
        QTest::mouseClick(dock.answerPane().runButton(), Qt::LeftButton);
        QCOMPARE(run.size(), 1);
        window.setEngineState(EngineState::Starting);
        QCOMPARE(sent.size(), 1);
        window.setEngineState(EngineState::Running);
        QCOMPARE(sent.size(), 2);
        window.setEngineState(EngineState::Running);
        QCOMPARE(sent.size(), 2);
    }

    void historyTellsWhatWasSent()
    {
        ProbeDock dock;
        QSignalSpy sent(&dock, &ProbeDock::sendRequested), asked(&dock, &ProbeDock::explainRequested);
        dock.explain(wholeRequest());
        dock.send();
        QCOMPARE(dock.history().size(), 1);
        QVERIFY(deedOf(dock.history().first()) == ProbeDeed::Sent);
        ProbeDock later;
        later.setHistory(dock.history());
        QSignalSpy sentLater(&later, &ProbeDock::sendRequested), askedLater(&later, &ProbeDock::explainRequested);
        QVERIFY(later.historyButton()->menu()->actions().first()->text().endsWith(QStringLiteral("sent")));
        later.historyButton()->menu()->actions().first()->trigger();
        QVERIFY2(sentLater.isEmpty() && askedLater.size() == 1, "nothing is sent that nobody asked for");
        QCOMPARE(later.form().bodyEdit()->toPlainText(), wholeRequest().body);
    }

    void methodsAreOffered()
    {
        ProbeDock dock;
        dock.resize(1200, 260);
        dock.show();
        QSignalSpy wanted(&dock, &ProbeDock::methodsRequested);
        dock.form().kindBox()->setCurrentText(QStringLiteral("gRPC"));
        QTest::mouseClick(dock.form().methodsButton(), Qt::LeftButton);
        QVERIFY2(wanted.isEmpty(), "without a target there is nobody to ask");
        dock.form().targetLine()->setText(QStringLiteral("g.example.com:8080"));
        QTest::mouseClick(dock.form().methodsButton(), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        dock.setMethods({QStringLiteral("nobody answers"), {}, {}});
        QCOMPARE(dock.hint(), QStringLiteral("nobody answers"));
        dock.setMethods({{},
                         QStringLiteral("server reflection"),
                         {{QStringLiteral("a.B/C"), QStringLiteral("{\"x\":\"\"}"), false},
                          {QStringLiteral("a.B/D"), QStringLiteral("{}"), true}}});
        QVERIFY(dock.hint().contains(QStringLiteral("2 methods")));
        QCompleter* completer = dock.form().callLine()->completer();
        completer->setCompletionPrefix(QString());
        QCOMPARE(completer->completionCount(), 2);
        emit completer->activated(QStringLiteral("a.B/C"));
        QCOMPARE(dock.form().bodyEdit()->toPlainText(), QStringLiteral("{\n  \"x\": \"\"\n}"));
        emit completer->activated(QStringLiteral("a.B/D"));
        QVERIFY2(dock.form().bodyEdit()->toPlainText().contains(QLatin1Char('x')), "nothing is written over");
    }

    /// A server that is slow to say what it has takes the keyboard from nobody.
    void methodsThatComeLateDisturbNobody()
    {
        MainWindow window(nullptr);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto& dock = window.probe();
        dock.startComposing();
        dock.form().kindBox()->setCurrentText(QStringLiteral("gRPC"));
        dock.form().targetLine()->setText(QStringLiteral("g.example.com:8080"));
        const ProbeMethods methods{
            {}, QStringLiteral("server reflection"), {{QStringLiteral("a.B/C"), QStringLiteral("{}"), false}}};
        QTest::mouseClick(dock.form().methodsButton(), Qt::LeftButton);
        window.canvas().view().setFocus();
        dock.setMethods(methods);
        QVERIFY(window.canvas().view().hasFocus());
        QVERIFY(!dock.form().callLine()->completer()->popup()->isVisible());
        dock.form().callLine()->setFocus();
        QTest::mouseClick(dock.form().methodsButton(), Qt::LeftButton);
        dock.setMethods(methods);
        QTRY_VERIFY(dock.form().callLine()->completer()->popup()->isVisible());
    }

    /// What was to be sent once the engine is up is not sent later, by whatever run, in whatever form it is by then.
    void sendingAtTheNextRunIsForgotten_data()
    {
        QTest::addColumn<bool>("refused");
        QTest::newRow("the run was refused") << true;
        QTest::newRow("the form was changed") << false;
    }

    void sendingAtTheNextRunIsForgotten()
    {
        QFETCH(bool, refused);
        ProbeDock dock;
        dock.show();
        QSignalSpy sent(&dock, &ProbeDock::sendRequested), run(&dock, &ProbeDock::runRequested);
        dock.form().targetLine()->setText(QStringLiteral("http://shop.example.com/"));
        dock.send();
        QCOMPARE(sent.size(), 1);
        ProbeAnswer stopped;
        stopped.end = ProbeAnswer::End::NotRunning;
        dock.setAnswer(last(sent).number, stopped);
        QPushButton* runButton = nullptr;
        for (QPushButton* each : dock.findChildren<QPushButton*>())
            if (each->isVisible() && each->text() == QStringLiteral("Run and Send"))
                runButton = each;
        QVERIFY(runButton);
        QTest::mouseClick(runButton, Qt::LeftButton);
        QCOMPARE(run.size(), 1);
        if (refused)
            dock.setEngineRefused();
        else
            dock.form().methodBox()->setCurrentText(QStringLiteral("DELETE"));
        dock.setEngineRunning(true);
        QCOMPARE(sent.size(), 1);
    }

    void testsAreKept()
    {
        ProbeDock dock;
        dock.setTestFile(QStringLiteral("/t/tests/probe.yaml"));
        dock.show();
        QSignalSpy kept(&dock, &ProbeDock::testRequested), sent(&dock, &ProbeDock::sendRequested);
        QVERIFY2(!dock.keepButton()->isEnabled(), "nothing was asked yet");
        dock.form().setRequest(wholeRequest());
        dock.send();
        dock.setAnswer(last(sent).number, sampleAnswer());
        QTest::mouseClick(dock.keepButton(), Qt::LeftButton);
        auto* dialog = dock.findChild<SaveTestDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->fileLine()->text(), QStringLiteral("/t/tests/probe.yaml"));
        dialog->nameLine()->clear();
        QTest::keyClicks(dialog->nameLine(), QStringLiteral("carts go to the cart"));
        dialog->accept();
        QCOMPARE(kept.size(), 1);
        const auto test = kept[0][0].value<ProbeTest>();
        QCOMPARE(test.name, QStringLiteral("carts go to the cart"));
        QVERIFY(test.request.body == wholeRequest().body && test.answer);
        dock.setTestKept({{}, QStringLiteral("/t/tests/probe.yaml, line 7"), {}});
        QVERIFY(dock.hint().contains(QStringLiteral("line 7")));
        dock.setTestKept({QStringLiteral("no room"), {}, {}});
        QVERIFY(dock.hint().contains(QStringLiteral("no room")));
    }
};

QTEST_MAIN(TstProbeSending)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_probe_sending.moc"
