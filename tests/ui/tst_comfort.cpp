#include <QSignalSpy>
#include <QTest>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/cluster_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/document/preferences.h"
#include "ui/fault_list.h"
#include "ui/inspector/copy_entries.h"
#include "ui/main_window.h"
#include "ui/palette/command_palette.h"
#include "ui/start_row.h"
#include "ui/topology/filter_bar.h"
#include "ui/topology/scene_export.h"
#include "ui/topology/topology_panel.h"
#include "ui/topology/view_session.h"
#include "ui/translations.h"
#include "ui/welcome_page.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPrinter>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSet>
#include <QSettings>
#include <QTemporaryDir>
#include <QTreeWidget>

#include <map>

using namespace gatehouse::ui;

namespace {

ViewState sampleState()
{
    ViewState state;
    state.topology = sample::share(sample::make());
    return state;
}

QByteArray head(const QString& file, qint64 size)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.read(size) : QByteArray();
}

QByteArray all(const QString& file)
{
    return head(file, 1 << 24);
}

/// Kept for people to look at where GATEHOUSE_PICTURES names a folder.
QImage picture(QWidget& widget, const QString& name)
{
    const QImage image = widget.grab().toImage();
    if (const QString folder = qEnvironmentVariable("GATEHOUSE_PICTURES"); !folder.isEmpty())
        image.save(QStringLiteral("%1/%2.png").arg(folder, name));
    return image;
}

/// The window as it is before and after something is opened, and its dialogs.
QList<QImage> pictures(MainWindow& window, const QString& prefix)
{
    QList<QImage> images{picture(window, prefix + QStringLiteral("-start"))};
    window.setState(sampleState());
    if (!QTest::qWaitFor([&] { return !window.canvas().scene().arranging(); }))
        return {};
    window.canvas().scene().select(sample::blogRoute);
    window.showFault(QStringLiteral("The topology could not be exported"), QStringLiteral("Permission denied"));
    window.showFault(QStringLiteral("The configuration has errors"),
                     QStringLiteral("gatehouse.yaml:3:1: unknown key 'workrs'\ngatehouse.yaml:9:1: no port"));
    images << picture(window, prefix + QStringLiteral("-faults"));
    window.faults().clear();
    window.action(QStringLiteral("find"))->trigger();
    QTest::keyClicks(window.commandPalette().line(), QStringLiteral("sho"));
    images << picture(window, prefix + QStringLiteral("-palette"));
    QTest::keyClick(window.commandPalette().line(), Qt::Key_Escape);
    for (const char* id : {"settings", "shortcuts", "about", "open-cluster"}) {
        window.action(QLatin1String(id))->trigger();
        for (QDialog* dialog : window.findChildren<QDialog*>()) {
            if (dialog->isVisible())
                images << picture(*dialog, prefix + QLatin1Char('-') + QLatin1String(id));
            delete dialog;
        }
    }
    return images;
}

QStringList copied(const gatehouse::model::ObjectKey& key, const sample::Topology& topology = sample::make())
{
    const TopologyIndex index(sample::share(topology));
    QStringList texts;
    for (const CopyEntry& entry : copyEntries(index, *index.node(key)))
        texts << entry.text;
    return texts;
}

} // namespace

class TstComfort : public QuietTest {
    Q_OBJECT
private slots:
    void preferencesAreKept()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        QCOMPARE(readPreferences(settings), Preferences());
        Preferences wanted;
        wanted.theme = ThemeChoice::HighContrast;
        wanted.language = QStringLiteral("de");
        wanted.fontSize = 13;
        wanted.reduceMotion = wanted.topDown = true;
        wanted.restoreSession = wanted.followChanges = wanted.legend = wanted.minimap = false;
        writePreferences(settings, wanted);
        QCOMPARE(readPreferences(settings), wanted);
    }

    void nonsenseInSettingsIsLeftOut()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        settings.setValue(QStringLiteral("theme"), 99);
        settings.setValue(QStringLiteral("fontSize"), 2000);
        QCOMPARE(readPreferences(settings), Preferences());
    }

    void settingsApplyAtOnce()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        {
            MainWindow window(&settings);
            window.show();
            window.action(QStringLiteral("settings"))->trigger();
            auto* dialog = window.findChild<SettingsDialog*>();
            QVERIFY(dialog && dialog->isVisible());
            auto* theme = dialog->findChild<QComboBox*>(QStringLiteral("theme"));
            theme->setCurrentIndex(theme->findData(static_cast<int>(ThemeChoice::HighContrast)));
            QVERIFY(window.canvas().scene().style().theme.highContrast);
            QVERIFY(window.action(QStringLiteral("theme-high-contrast"))->isChecked());
            QTest::keyClick(dialog->findChild<QCheckBox*>(QStringLiteral("reduceMotion")), Qt::Key_Space);
            QVERIFY(window.action(QStringLiteral("reduce-motion"))->isChecked());
            QSignalSpy watch(&window, &MainWindow::watchRequested);
            const bool followed = window.action(QStringLiteral("watch"))->isChecked();
            QTest::keyClick(dialog->findChild<QCheckBox*>(QStringLiteral("followChanges")), Qt::Key_Space);
            QCOMPARE(watch.size(), 1);
            QCOMPARE(watch[0][0].toBool(), !followed);
            dialog->findChild<QDoubleSpinBox*>(QStringLiteral("fontSize"))->setValue(15);
            QCOMPARE(QApplication::font().pointSizeF(), 15.0);
            // What is changed in the menus is shown in the dialog.
            window.action(QStringLiteral("theme-dark"))->trigger();
            QCOMPARE(theme->currentData().toInt(), static_cast<int>(ThemeChoice::Dark));
            window.action(QStringLiteral("settings"))->trigger();
            QCOMPARE(window.findChildren<SettingsDialog*>().size(), 1);
        }
        const Preferences kept = readPreferences(settings);
        QVERIFY(kept.theme == ThemeChoice::Dark);
        QCOMPARE(kept.fontSize, 15.0);
        QVERIFY(kept.reduceMotion);
        MainWindow again(&settings);
        QVERIFY(again.action(QStringLiteral("reduce-motion"))->isChecked());
        QVERIFY(again.action(QStringLiteral("theme-dark"))->isChecked());
        again.applyPreferences({});
        QVERIFY(QApplication::font().pointSizeF() != 15.0);
    }

    void defaultsComeBack()
    {
        Preferences odd;
        odd.theme = ThemeChoice::Dark;
        odd.legend = false;
        SettingsDialog dialog(odd);
        QSignalSpy changed(&dialog, &SettingsDialog::changed);
        for (QPushButton* button : dialog.findChildren<QPushButton*>()) {
            if (button->text().remove(QLatin1Char('&')) == QStringLiteral("Restore Defaults"))
                button->click();
        }
        QCOMPARE(changed.size(), 1);
        QCOMPARE(dialog.preferences(), Preferences());
    }

    void viewSessionSurvivesItsText()
    {
        QCOMPARE(viewSession(toJson(ViewSession())), std::optional(ViewSession()));
        ViewSession session;
        session.selected = sample::shopRoute;
        session.focus = sample::sharedGateway;
        session.hops = 2;
        session.topDown = true;
        session.automatic = false;
        session.filter.kinds = {"HTTPRoute", "Gateway"};
        session.filter.namespaces = {"team-a"};
        session.filter.protocols = {"HTTP"};
        session.filter.healths = {gatehouse::model::Health::Bad, gatehouse::model::Health::Unknown};
        session.filter.links = {LinkKind::Refused};
        session.filter.problemsOnly = true;
        session.folds = {{sample::sharedGateway, true}, {sample::shopService, false}};
        session.moved[0] = {{sample::shopRoute, QPointF(10.5, -20)}};
        session.moved[1] = {{sample::blogRoute, QPointF(0, 1)}};
        session.zoom = 0.5;
        session.center = QPointF(100, 200);
        QCOMPARE(viewSession(toJson(session)), std::optional(session));
    }

    void viewSessionThatIsNoneIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("some");
        QTest::newRow("nothing") << QByteArray() << false;
        QTest::newRow("no JSON") << QByteArray("{") << false;
        QTest::newRow("no object") << QByteArray("[]") << false;
        QTest::newRow("odd values")
            << QByteArray(R"({"selected":7,"zoom":-1,"moved":[[[1,"x",2]]],"filter":{"healths":[99]}})") << true;
    }

    void viewSessionThatIsNoneIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, some);
        const auto session = viewSession(text);
        QCOMPARE(session.has_value(), some);
        if (session)
            QCOMPARE(*session, ViewSession());
    }

    void viewIsResumed()
    {
        QByteArray text;
        {
            MainWindow window(nullptr);
            window.show();
            QVERIFY(window.viewSessionText().isEmpty());
            window.setState(sampleState());
            TopologyScene& scene = window.canvas().scene();
            QTRY_VERIFY(!scene.arranging());
            window.action(QStringLiteral("top-down"))->trigger();
            QTRY_VERIFY(!scene.arranging());
            scene.select(sample::shopRoute);
            window.canvas().view().setZoom(1.5);
            text = window.viewSessionText();
        }
        MainWindow window(nullptr);
        window.show();
        window.resumeView(text);
        window.setState(sampleState());
        TopologyScene& scene = window.canvas().scene();
        QTRY_VERIFY(!scene.arranging());
        QVERIFY(scene.selectedKey() == sample::shopRoute);
        QVERIFY(scene.direction() == gatehouse::layout::Direction::TopDown);
        QVERIFY(window.action(QStringLiteral("top-down"))->isChecked());
        QCOMPARE(window.canvas().view().zoom(), 1.5);
    }

    void whatIsGoneIsNotMissed()
    {
        ViewSession session;
        session.selected = sample::key("HTTPRoute", "nowhere", "gone");
        session.focus = session.selected;
        session.filter.problemsOnly = true;
        MainWindow window(nullptr);
        window.show();
        window.resumeView(toJson(session));
        window.setState(sampleState());
        TopologyScene& scene = window.canvas().scene();
        QTRY_VERIFY(!scene.arranging() && scene.nodeCount() > 0);
        QVERIFY(!scene.selectedKey());
        QVERIFY(!scene.focusKey());
        QVERIFY(window.canvas().filters().filter().problemsOnly);
    }

    void startPageOpensSamplesAndRecentPaths()
    {
        MainWindow window(nullptr);
        window.setStartContent({{{QStringLiteral("One"), QStringLiteral("A sample."), QStringLiteral("/samples/one")}},
                                QStringLiteral("/doc/README.md")});
        window.setRecent({QStringLiteral("/some/where.yaml")});
        window.show();
        auto* page = window.findChild<WelcomePage*>();
        QVERIFY(page->isVisible());
        QSignalSpy open(&window, &MainWindow::openRequested);
        QCOMPARE(page->sampleRows().size(), std::size_t(1));
        QTest::mouseClick(page->sampleRows()[0], Qt::LeftButton);
        QTest::mouseClick(page->recentRows()[0], Qt::LeftButton);
        QCOMPARE(open.size(), 2);
        QCOMPARE(open[0][0].toStringList(), QStringList{QStringLiteral("/samples/one")});
        QCOMPARE(open[1][0].toStringList(), QStringList{QStringLiteral("/some/where.yaml")});
        QSignalSpy document(&window, &MainWindow::documentRequested);
        QVERIFY(window.action(QStringLiteral("documentation"))->isEnabled());
        window.action(QStringLiteral("documentation"))->trigger();
        QCOMPARE(document[0][0].toString(), QStringLiteral("/doc/README.md"));
    }

    void closingComesBackToTheStartPage()
    {
        MainWindow window(nullptr);
        window.show();
        QVERIFY(!window.action(QStringLiteral("close"))->isEnabled());
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        QSignalSpy close(&window, &MainWindow::closeRequested);
        window.action(QStringLiteral("close"))->trigger();
        QCOMPARE(close.size(), 1);
        window.showStart();
        QVERIFY(window.findChild<WelcomePage*>()->isVisible());
        QVERIFY(!window.action(QStringLiteral("run"))->isEnabled());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        window.setState(sampleState());
        QVERIFY(window.canvas().isVisible());
        QTRY_COMPARE(window.canvas().scene().nodeCount(), std::size_t(8));
    }

    void clusterIsChosenFromTheContexts()
    {
        MainWindow window(nullptr);
        window.show();
        QSignalSpy asked(&window, &MainWindow::clusterContextsRequested);
        QSignalSpy open(&window, &MainWindow::openClusterRequested);
        window.action(QStringLiteral("open-cluster"))->trigger();
        QCOMPARE(asked.size(), 1);
        auto* dialog = window.findChild<ClusterDialog*>();
        QVERIFY(dialog && !dialog->openButton()->isEnabled());
        window.setClusterContexts({QStringLiteral("a"), QStringLiteral("b")}, QStringLiteral("b"), QString());
        QCOMPARE(dialog->context(), QStringLiteral("b"));
        QTest::keyClick(dialog->box(), Qt::Key_Up);
        QTest::mouseClick(dialog->openButton(), Qt::LeftButton);
        QCOMPARE(open.size(), 1);
        QCOMPARE(open[0][0].toString(), QStringLiteral("a"));
    }

    void missingKubectlIsSaid()
    {
        ClusterDialog dialog;
        dialog.setContexts({}, {}, QStringLiteral("kubectl is not in PATH"));
        QVERIFY(!dialog.openButton()->isEnabled());
        bool said = false;
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            said = said || label->text().contains(QStringLiteral("kubectl is not in PATH"));
        QVERIFY(said);
    }

    void shortcutsAreListedAndFound()
    {
        MainWindow window(nullptr);
        window.show();
        window.action(QStringLiteral("shortcuts"))->trigger();
        auto* dialog = window.findChild<ShortcutsDialog*>();
        QVERIFY(dialog);
        const QTreeWidget& sheet = *dialog->sheet();
        int all = 0;
        for (int i = 0; i < sheet.topLevelItemCount(); ++i)
            all += sheet.topLevelItem(i)->childCount();
        QVERIFY(all > 20);
        QSet<QString> groups;
        for (int i = 0; i < sheet.topLevelItemCount(); ++i)
            groups << sheet.topLevelItem(i)->text(0);
        QCOMPARE(groups.size(), sheet.topLevelItemCount());
        QTest::keyClicks(dialog->filterLine(), QStringLiteral("find anyth"));
        int shown = 0;
        for (int i = 0; i < sheet.topLevelItemCount(); ++i) {
            for (int k = 0; k < sheet.topLevelItem(i)->childCount(); ++k)
                shown += sheet.topLevelItem(i)->child(k)->isHidden() ? 0 : 1;
        }
        QCOMPARE(shown, 1);
        dialog->close();
    }

    void aboutTellsVersions()
    {
        MainWindow window(nullptr);
        window.setLibraries({{QStringLiteral("Some library"), QStringLiteral("1.2.3"), QStringLiteral("MIT")}});
        window.show();
        window.action(QStringLiteral("about"))->trigger();
        auto* dialog = window.findChild<AboutDialog*>();
        QVERIFY(dialog);
        QVERIFY(dialog->versions().contains(QStringLiteral("Some library 1.2.3")));
        dialog->close();
    }

    void exportsInEveryFormat_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QByteArray>("begins");
        QTest::newRow("SVG") << "svg" << QByteArray("<?xml");
        QTest::newRow("PNG") << "png" << QByteArray("\x89PNG");
        QTest::newRow("PDF") << "pdf" << QByteArray("%PDF-");
        QTest::newRow("DOT") << "dot" << QByteArray("digraph");
        QTest::newRow("Mermaid") << "mmd" << QByteArray("flowchart LR");
    }

    void exportsInEveryFormat()
    {
        QFETCH(QString, ending);
        QFETCH(QByteArray, begins);
        QTemporaryDir folder;
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        const QString file = folder.filePath(QStringLiteral("t.") + ending);
        QCOMPARE(exportScene(window.canvas().scene(), file), QString());
        QCOMPARE(head(file, begins.size()), begins);
        if (ending == QStringLiteral("dot") || ending == QStringLiteral("mmd"))
            QVERIFY(all(file).contains("NotAllowedByListeners"));
        QVERIFY(!exportScene(window.canvas().scene(), folder.filePath(QStringLiteral("t.doc"))).isEmpty());
        QVERIFY(!exportScene(window.canvas().scene(), QStringLiteral("/nowhere/t.") + ending).isEmpty());
    }

    void printsOnOnePageInLightColours()
    {
        QTemporaryDir folder;
        MainWindow window(nullptr);
        window.show();
        window.chooseTheme(ThemeChoice::Dark);
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        QPrinter printer;
        printer.setOutputFileName(folder.filePath(QStringLiteral("p.pdf")));
        printer.setPageOrientation(QPageLayout::Landscape);
        QCOMPARE(printScene(window.canvas().scene(), printer), QString());
        QCOMPARE(head(printer.outputFileName(), 5), QByteArray("%PDF-"));
        QVERIFY(window.canvas().scene().style().theme.dark);
    }

    void nothingScrollsSidewaysAtFirst_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("German") << "de"; // the longer words
        QTest::newRow("English") << "en";
    }

    void nothingScrollsSidewaysAtFirst()
    {
        QFETCH(QString, language);
        useLanguage(language);
        MainWindow window(nullptr);
        window.setStartContent({{{QStringLiteral("One Gateway, one route"), QStringLiteral("The smallest setup."),
                                  QStringLiteral("/samples/one")}},
                                QStringLiteral("/doc/README.md")});
        window.setRecent({QStringLiteral("/home/ada/shop/manifests")});
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        int seen = 0;
        for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
            dock->raise();
            for (QScrollArea* area : window.findChildren<QScrollArea*>()) {
                if (!area->isVisible() || area->visibleRegion().isEmpty())
                    continue;
                ++seen;
                QTRY_VERIFY2(area->horizontalScrollBar()->maximum() == 0,
                             qPrintable(QStringLiteral("%1 wants %2 of %3 pixels")
                                            .arg(area->objectName() + area->accessibleName())
                                            .arg(area->widget()->minimumSizeHint().width())
                                            .arg(area->viewport()->width())));
            }
        }
        QVERIFY(seen > 5);
    }

    void dialogsEndWithReturn()
    {
        MainWindow window(nullptr);
        window.show();
        for (const char* id : {"settings", "shortcuts", "about"}) {
            window.action(QLatin1String(id))->trigger();
            auto* dialog = window.findChild<QDialog*>();
            QVERIFY2(dialog, id);
            for (const QPushButton* button : dialog->findChildren<QPushButton*>())
                QVERIFY2(!button->isDefault() || button->text().contains(QStringLiteral("Close")), id);
            QTest::keyClick(dialog, Qt::Key_Return);
            QVERIFY2(!dialog->isVisible(), id);
            delete dialog;
        }
    }

    void everyThemeAndLanguageLooksDifferent()
    {
        std::map<QString, QList<QImage>> all;
        for (const char* language : {"en", "de"}) {
            useLanguage(QLatin1String(language));
            for (const auto& [name, choice] : {std::pair("light", ThemeChoice::Light),
                                               {"dark", ThemeChoice::Dark},
                                               {"contrast", ThemeChoice::HighContrast}}) {
                const QString prefix = QStringLiteral("%1-%2").arg(QLatin1String(language), QLatin1String(name));
                MainWindow window(nullptr);
                window.setStartContent({{{QStringLiteral("One Gateway, one route"),
                                          QStringLiteral("The smallest setup."), QStringLiteral("/samples/one")},
                                         {QStringLiteral("gRPC"), QStringLiteral("Calls by service and method."),
                                          QStringLiteral("/samples/grpc")}},
                                        QStringLiteral("/doc/README.md")});
                window.setRecent({QStringLiteral("/home/ada/shop/manifests"), QStringLiteral("/srv/edge.yaml")});
                window.setLibraries({{QStringLiteral("Qt"), QStringLiteral("6.4.2"), QStringLiteral("LGPL-3.0")}});
                window.chooseTheme(choice);
                window.show();
                all[prefix] = pictures(window, prefix);
                QCOMPARE(all[prefix].size(), 7);
            }
        }
        useLanguage(QStringLiteral("en"));
        for (qsizetype i = 0; i < 7; ++i) {
            QVERIFY2(all["en-light"][i] != all["en-dark"][i], qPrintable(QString::number(i)));
            QVERIFY2(all["en-light"][i] != all["en-contrast"][i], qPrintable(QString::number(i)));
            QVERIFY2(all["en-light"][i] != all["de-light"][i], qPrintable(QString::number(i)));
        }
    }

    void copiesOfARoute()
    {
        const QStringList texts = copied(sample::shopRoute);
        QCOMPARE(texts, (QStringList{
                            "team-a/shop",
                            "curl -i --resolve shop.example.com:8080:127.0.0.1 http://shop.example.com:8080/",
                            "curl -i --resolve shop.example.com:8443:127.0.0.1 http://shop.example.com:8443/",
                            "http://shop.example.com:8080/",
                            "--resolve shop.example.com:8080:127.0.0.1 --resolve shop.example.com:8443:127.0.0.1",
                            "127.0.0.1 shop.example.com",
                            "kubectl -n team-a get httproute.gateway.networking.k8s.io shop -o yaml",
                        }));
    }

    void copiesOfARouteForAllHosts()
    {
        QCOMPARE(copied(sample::ownRoute),
                 (QStringList{"team-b/own", "curl -i http://127.0.0.1:8080/", "http://127.0.0.1:8080/",
                              "kubectl -n team-b get httproute.gateway.networking.k8s.io own -o yaml"}));
    }

    /// What is copied is a request that the route takes, not just any at its host.
    void copiesOfARouteWithMatches()
    {
        sample::Topology topology = sample::make();
        gatehouse::model::TopologyNode& own = topology.nodes[4];
        own.example =
            gatehouse::model::ExampleRequest{"POST", "/a b/c", {{"q", "x&y=z"}, {"p", "1"}}, {{"x-team", "it's"}}};
        QCOMPARE(copied(sample::ownRoute, topology)[1],
                 QStringLiteral("curl -i -X POST -H 'x-team: it'\\''s' "
                                "'http://127.0.0.1:8080/a%20b/c?q=x%26y%3Dz&p=1'"));
        own.example.reset();
        QVERIFY2(copied(sample::ownRoute, topology).filter(QStringLiteral("curl ")).isEmpty(),
                 "nobody knows what a regular expression takes");
        own.key.kind = "GRPCRoute";
        own.example = gatehouse::model::ExampleRequest{"", "shop.Cart/Add", {}, {{"x-team", "a"}}};
        QCOMPARE(copied(own.key, topology)[1],
                 QStringLiteral("grpcurl -plaintext -authority 127.0.0.1:8080 -H 'x-team: a' 127.0.0.1:8080 "
                                "shop.Cart/Add"));
    }

    void commandsNameTheClusterThatIsOpen()
    {
        QCOMPARE(kubectlCommand(sample::shopService, QStringLiteral("my cluster")),
                 QStringLiteral("kubectl --context 'my cluster' -n team-a get service shop -o yaml"));
    }

    void copiesOfAService()
    {
        QCOMPARE(copied(sample::shopService),
                 (QStringList{"team-a/shop", "kubectl -n team-a get service shop -o yaml"}));
    }
};

QTEST_MAIN(TstComfort)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_comfort.moc"
