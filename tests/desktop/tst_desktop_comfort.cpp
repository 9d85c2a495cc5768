#include "app/desktop/comfort.h"
#include "app/desktop/comparer.h"
#include "app/desktop/controller.h"
#include "app/desktop/libraries.h"
#include "app/desktop/options.h"
#include "app/desktop/start_content.h"
#include "app/desktop/test_runner.h"
#include "ui/docks/compare_dock.h"
#include "ui/docks/editor_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/tests_dock.h"
#include "ui/palette/command_palette.h"
#include "ui/topology/topology_panel.h"
#include "ui/welcome_page.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QProgressBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::desktop;

namespace {

constexpr const char* manifest = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: one, namespace: infra}
spec:
  gatewayClassName: gatehouse
  listeners: [{name: http, protocol: HTTP, port: 8080}]
)";

void write(const QString& path, const QByteArray& text)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

} // namespace

class TstDesktopComfort : public QObject {
    Q_OBJECT
private slots:
    void samplesAreFoundBesideAnInstalledProgram()
    {
        QTemporaryDir folder;
        const QString samples = folder.filePath(QStringLiteral("share/gatehouse/samples/"));
        write(samples + QStringLiteral("one-to-one/README.md"), "# The first\n\nIt shows `this`. And more.\n\nElse.\n");
        write(samples + QStringLiteral("b-side/gateway.yaml"), manifest);
        write(folder.filePath(QStringLiteral("share/doc/gatehouse/README.md")), "# Gatehouse\n");
        QVERIFY(QDir().mkpath(folder.filePath(QStringLiteral("bin"))));
        const ui::StartContent content = findStartContent(folder.filePath(QStringLiteral("bin")));
        QCOMPARE(content.samples.size(), std::size_t(2));
        QCOMPARE(content.samples[0].title, QStringLiteral("b-side"));
        QCOMPARE(content.samples[1].title, QStringLiteral("The first"));
        QCOMPARE(content.samples[1].text, QStringLiteral("It shows this."));
        QVERIFY(QDir(content.samples[1].path).exists());
        QVERIFY(QFile::exists(content.documentation));
    }

    void nothingIsFoundWhereNothingIs()
    {
        QTemporaryDir folder;
        QCOMPARE(findStartContent(folder.path()).samples.size(), std::size_t(0));
        QVERIFY(findStartContent(folder.path()).documentation.isEmpty());
    }

    void samplesOfTheSourceTreeHaveWords()
    {
        const ui::StartContent content = findStartContent(QCoreApplication::applicationDirPath());
        QVERIFY(content.samples.size() >= 5);
        for (const ui::Sample& sample : content.samples) {
            QVERIFY2(!sample.title.isEmpty() && !sample.text.isEmpty(), qPrintable(sample.path));
            QVERIFY2(sample.text.endsWith(QLatin1Char('.')), qPrintable(sample.text));
        }
    }

    void librariesAreNamed()
    {
        const auto notes = libraries();
        QStringList names;
        for (const ui::LibraryNote& note : notes) {
            names << note.name;
            QVERIFY2(!note.licence.isEmpty(), qPrintable(note.name));
        }
        for (const char* name : {"Qt", "OpenSSL", "Boost", "Graphviz", "nghttp2", "yaml-cpp", "curl"})
            QVERIFY2(names.contains(QLatin1String(name)), name);
    }

    void optionsKnowClustersAndContrast()
    {
        const auto parsed =
            parseOptions({"gatehouse-desktop", "--from-cluster", "--context=kind", "--theme=high-contrast"});
        QVERIFY(parsed);
        QCOMPARE(parsed->cluster, std::optional(QStringLiteral("kind")));
        QVERIFY(parsed->theme == ui::ThemeChoice::HighContrast);
        const auto alone = parseOptions({"gatehouse-desktop", "--context=kind"});
        QVERIFY(!alone && alone.error().exitCode == 2);
    }

    void sessionIsResumed()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("gateway.yaml"));
        write(path, manifest);
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        {
            ui::MainWindow window(&settings);
            Controller controller(window, {{}, {}, false, &settings});
            Comfort comfort(window, controller, &settings);
            window.show();
            QVERIFY2(!comfort.resumeSession(), "there is none yet");
            QSignalSpy loaded(&controller, &Controller::loaded);
            controller.open({path});
            QTRY_COMPARE(loaded.size(), 1);
            QTRY_VERIFY(!window.canvas().scene().arranging());
            QVERIFY(window.selectByText(QStringLiteral("infra/Gateway/one")));
            window.close();
        }
        {
            ui::MainWindow window(&settings);
            Controller controller(window, {{}, {}, false, &settings});
            Comfort comfort(window, controller, &settings);
            window.show();
            QSignalSpy loaded(&controller, &Controller::loaded);
            QVERIFY(comfort.resumeSession());
            QTRY_COMPARE(loaded.size(), 1);
            QTRY_VERIFY(window.canvas().scene().selectedKey().has_value());
            QCOMPARE(window.canvas().scene().selectedKey()->name.name, std::string("one"));
            // What was closed is not opened again.
            window.action(QStringLiteral("close"))->trigger();
            QVERIFY(window.findChild<ui::WelcomePage*>()->isVisible());
            window.close();
        }
        ui::MainWindow window(&settings);
        Controller controller(window, {{}, {}, false, &settings});
        Comfort comfort(window, controller, &settings);
        QVERIFY(!comfort.resumeSession());
    }

    void sessionBringsTextsAndComparisonBack()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("set/gateway.yaml"));
        const QString base = folder.filePath(QStringLiteral("base.yaml"));
        write(path, manifest);
        write(base, QByteArray(manifest).replace("8080", "8081"));
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        const auto compared = [](ui::MainWindow& window) {
            return window.compare().comparison() && !window.compare().comparison()->same();
        };
        {
            ui::MainWindow window(&settings);
            Controller controller(window, {{}, {}, false, &settings});
            Comparer comparer(window, controller);
            window.show();
            QSignalSpy loaded(&controller, &Controller::loaded);
            QVERIFY(controller.open({path}));
            QTRY_COMPARE(loaded.size(), 1);
            window.editor().open(path);
            emit window.compare().compareRequested(base);
            QTRY_VERIFY(compared(window));
            window.close();
        }
        ui::MainWindow window(&settings);
        Controller controller(window, {{}, {}, false, &settings});
        Comparer comparer(window, controller);
        Comfort comfort(window, controller, &settings);
        window.show();
        QVERIFY(comfort.resumeSession());
        QTRY_COMPARE(window.editor().openFiles(), QStringList{path});
        QTRY_VERIFY(compared(window));
    }

    /// What has no card is found by its name, and shown beside the canvas.
    void whatHasNoCardIsFound()
    {
        QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("set.yaml")),
              QByteArray(manifest) +
                  "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: trusted, namespace: infra}\n");
        ui::MainWindow window(nullptr);
        Controller controller(window, {{}, {}, false, nullptr});
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QSignalSpy loaded(&controller, &Controller::loaded);
        QVERIFY(controller.open({folder.path()}));
        QTRY_COMPARE(loaded.size(), 1);
        QTRY_VERIFY(!window.canvas().scene().arranging());
        QTest::keyClick(&window.canvas().view(), Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(window.commandPalette().line(), QStringLiteral("trusted"));
        QTest::keyClick(window.commandPalette().line(), Qt::Key_Return);
        const auto shows = [&](const QString& text) {
            const auto labels = window.findChild<ui::InspectorDock*>()->findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](QLabel* label) { return label->isVisible() && label->text().contains(text); });
        };
        QTRY_VERIFY(shows(QStringLiteral("trusted")));
        QTRY_VERIFY(shows(QStringLiteral("yaml, line 8")));
    }

    /// After Close nothing is open for anybody.
    void whatIsClosedIsNeitherComparedNorTested()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("set/gateway.yaml"));
        write(path, manifest);
        write(folder.filePath(QStringLiteral("set/tests/a.yaml")),
              "apiVersion: gatehouse.dev/v1\nkind: GatewayTest\nmanifests: [..]\ntests:\n- name: nothing\n"
              "  request: GET http://a.example.com:8080/\n  expect: {status: 404}\n");
        ui::MainWindow window(nullptr);
        Controller controller(window, {{}, {}, false, nullptr});
        Comparer comparer(window, controller);
        TestRunner tests(window, controller);
        Comfort comfort(window, controller, nullptr);
        window.show();
        QSignalSpy loaded(&controller, &Controller::loaded);
        QVERIFY(controller.open({QFileInfo(path).path()}));
        QTRY_COMPARE(loaded.size(), 1);
        QTRY_VERIFY(window.tests().model().rowCount() > 0);
        window.action(QStringLiteral("close"))->trigger();
        QTRY_COMPARE(window.tests().model().rowCount(), 0);
        QVERIFY(controller.config().paths.empty());
        emit window.compare().compareRequested(path);
        QVERIFY(!window.compare().comparison());
        QVERIFY2(window.compare().windowTitle() == QStringLiteral("Compare"), "something is compared");
        for (const QProgressBar* bar : window.compare().findChildren<QProgressBar*>())
            QVERIFY2(!bar->isVisible(), "it waits for what never comes");
    }

    void wrongConfigurationIsRefused()
    {
        QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("gateway.yaml")), manifest);
        write(folder.filePath(QStringLiteral("gatehouse.yaml")), "nonsense: [\n");
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        settings.setValue(QStringLiteral("session/paths"), QStringList{folder.path()});
        ui::MainWindow window(&settings);
        Controller controller(window, {{}, {}, false, &settings});
        Comfort comfort(window, controller, &settings);
        QSignalSpy refused(&controller, &Controller::refused);
        QVERIFY(!controller.open({folder.path()}));
        QCOMPARE(refused.size(), 1);
        QVERIFY(refused[0][0].toString().contains(QStringLiteral("gatehouse.yaml")));
        comfort.resumeSession();
        QCOMPARE(refused.size(), 2);
    }

    void sessionIsNotResumedWhenItIsNotWantedOrGone()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("gateway.yaml"));
        write(path, manifest);
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        settings.setValue(QStringLiteral("session/paths"), QStringList{path});
        settings.setValue(QStringLiteral("restoreSession"), false);
        ui::MainWindow window(&settings);
        Controller controller(window, {{}, {}, false, &settings});
        Comfort comfort(window, controller, &settings);
        QVERIFY(!comfort.resumeSession());
        settings.setValue(QStringLiteral("restoreSession"), true);
        QVERIFY(QFile::remove(path));
        QVERIFY(!comfort.resumeSession());
    }

    void contextsComeFromKubectl()
    {
        QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("kubectl")),
              "#!/bin/sh\ncase \"$2\" in get-contexts) printf 'kind\\nprod\\n';; current-context) echo prod;; esac\n");
        QVERIFY(QFile::setPermissions(folder.filePath(QStringLiteral("kubectl")),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        const QByteArray before = qgetenv("PATH");
        qputenv("PATH", folder.path().toLocal8Bit() + ':' + before);
        const control::ClusterContexts contexts = control::readContexts();
        qputenv("PATH", before);
        QCOMPARE(contexts.fault, std::string());
        QCOMPARE(contexts.names, (std::vector<std::string>{"kind", "prod"}));
        QCOMPARE(contexts.current, std::string("prod"));
    }

    void missingKubectlIsTold()
    {
        QTemporaryDir folder;
        const QByteArray before = qgetenv("PATH");
        qputenv("PATH", folder.path().toLocal8Bit());
        const control::ClusterContexts contexts = control::readContexts();
        qputenv("PATH", before);
        QVERIFY(contexts.names.empty());
        QVERIFY(QString::fromStdString(contexts.fault).contains(QStringLiteral("kubectl")));
    }
};

QTEST_MAIN(TstDesktopComfort)
#include "tst_desktop_comfort.moc"
