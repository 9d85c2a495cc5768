#include "app/desktop/controller.h"
#include "real_engine.h"
#include "ui/docks/answer_pane.h"
#include "ui/docks/probe_dock.h"
#include "ui/docks/probe_form.h"
#include "ui/docks/traffic_charts.h"
#include "ui/docks/traffic_dock.h"
#include "ui/icons.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace gatehouse;

/// The window over a real engine: what is sent by hand is answered, lit up, listed and counted.
class TstLiveWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        ui::loadResources();
        QVERIFY(folder_.isValid());
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(RealEngine::manifests) > 0);
    }

    void sentFromTheWindow()
    {
        ui::MainWindow window(nullptr);
        desktop::Controller controller(window, {{}, {}, false, nullptr});
        window.show();
        QSignalSpy loaded(&controller, &desktop::Controller::loaded);
        controller.open({path()});
        QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 20'000);
        ui::ProbeDock& dock = window.probe();
        window.action(QStringLiteral("probe"))->trigger();
        QTest::keyClicks(dock.form().targetLine(), QStringLiteral("shop.example.test:18180/cart"));
        QTest::keyClick(dock.form().targetLine(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(dock.answerPane().runButton()->isVisible());
        QTest::mouseClick(dock.answerPane().runButton(), Qt::LeftButton);
        // It is sent by itself once the engine listens.
        QTRY_COMPARE_WITH_TIMEOUT(dock.answerPane().outcomeText(), QStringLiteral("200 OK"), 20'000);
        QVERIFY(dock.answerPane().factsText().contains(QStringLiteral("team/cart")));
        QTRY_VERIFY(!window.canvas().scene().light().path.empty());
        QTRY_VERIFY(window.traffic().table()->model()->rowCount() >= 1);
        QTRY_VERIFY_WITH_TIMEOUT(window.traffic().history().seriesCount() >= 5, 10'000);
        const model::ObjectKey cart{"", "Service", {"team", "cart"}};
        QTRY_VERIFY(!window.canvas().scene().arranging());
        dock.send();
        QTRY_VERIFY_WITH_TIMEOUT(!window.canvas().scene().nodeItem(cart)->trafficText().isEmpty(), 10'000);

        dock.form().kindBox()->setCurrentText(QStringLiteral("UDP"));
        dock.form().targetLine()->setText(QStringLiteral(":15553"));
        dock.form().bodyEdit()->setPlainText(QStringLiteral("TEST"));
        QTest::keyClick(dock.form().targetLine(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(dock.answerPane().factsText().contains(QStringLiteral("team/grams")), 10'000);

        window.action(QStringLiteral("stop"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window.action(QStringLiteral("run"))->isEnabled(), 20'000);
        QVERIFY(window.canvas().scene().nodeItem(cart)->trafficText().isEmpty());
    }

    /// Far more than can be shown: nothing is lost in the counts, and the window goes on.
    void aFloodIsCountedAndSampled()
    {
        ui::MainWindow window(nullptr);
        window.show();
        desktop::TrafficInbox inbox;
        connect(&inbox, &desktop::TrafficInbox::arrived, &window,
                [&](const auto& events) { window.addTraffic(events, inbox.dropped()); });
        connect(&inbox, &desktop::TrafficInbox::measured, &window.traffic(), &ui::TrafficDock::addTick);
        model::AccessEvent event;
        event.protocol = "HTTP/1.1";
        event.method = "GET";
        event.status = 200;
        event.flags = "-";
        event.gateway = "infra/edge";
        event.route = "HTTPRoute/team/shop";
        event.backend = "team/shop:80";
        constexpr std::size_t batches = 400, each = 100;
        std::thread pump([&] {
            for (std::size_t i = 0; i < batches; ++i)
                inbox.put(0, std::vector<model::AccessEvent>(each, event));
        });
        pump.join();
        QTRY_VERIFY(window.traffic().table()->model()->rowCount() > 0);
        QVERIFY(window.traffic().table()->model()->rowCount() <= int(ui::TrafficModel::capacity));
        inbox.measure(1'000); // and the engine had no room for so many
        const ui::TrafficNow now = window.traffic().history().now();
        const double counted = now.of({}).rate * now.seconds;
        QCOMPARE(qRound64(counted), qint64(batches * each + 1'000));
        QVERIFY(now.sampled);
        QVERIFY2(window.traffic().countText().contains(QStringLiteral("sampled")),
                 qPrintable(window.traffic().countText()));
        inbox.measure(1'000);
        QVERIFY2(window.traffic().history().unseen() == 1'000, "what was told once is not counted twice");
    }

private:
    [[nodiscard]] QString path() const { return folder_.filePath(QStringLiteral("edge.yaml")); }

    QTemporaryDir folder_;
};

QTEST_MAIN(TstLiveWindow)
#include "tst_live_window.moc"
