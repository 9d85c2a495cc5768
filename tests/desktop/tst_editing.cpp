#include "quiet.h"
#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/control/draft_store.h"
#include "app/desktop/controller.h"
#include "app/desktop/file_text.h"
#include "ui/docks/editor_dock.h"
#include "ui/docks/problems_dock.h"
#include "ui/editor/code_view.h"
#include "ui/editor/editor_page.h"
#include "ui/editor/notice.h"
#include "ui/inspector/inspector.h"
#include "ui/main_window.h"
#include "ui/topology/filter_bar.h"
#include "ui/topology/topology_panel.h"
#endif

#include <QAction>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

#include <sys/stat.h>

using namespace gatehouse;

namespace {

constexpr const char* gateway = "apiVersion: gateway.networking.k8s.io/v1\n"
                                "kind: Gateway\n"
                                "metadata: {name: gw, namespace: t}\n"
                                "spec:\n"
                                "  gatewayClassName: c\n"
                                "  listeners: [{name: http, protocol: HTTP, port: 8080}]\n";

constexpr const char* route = "# the shop\r\n"
                              "apiVersion: gateway.networking.k8s.io/v1\r\n"
                              "kind: HTTPRoute\r\n"
                              "metadata:\r\n"
                              "  name: shop # its name\r\n"
                              "  namespace: t\r\n"
                              "spec:\r\n"
                              "  parentRefs: [{name: gw}]\r\n";

model::ObjectKey routeKey(const char* name)
{
    return {"gateway.networking.k8s.io", "HTTPRoute", {"t", name}};
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

void write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(text), text.size());
}

/// The files of a set, which outlive the desktop that edits them.
struct Folder {
    QTemporaryDir set, data;
    QString route_ = set.filePath(QStringLiteral("route.yaml"));
    Folder()
    {
        write(set.filePath(QStringLiteral("gateway.yaml")), gateway);
        write(route_, route);
    }
};

/// The desktop with that set and the route's file open.
struct Desktop {
    Folder& folder;
    ui::MainWindow window{nullptr};
    desktop::Controller controller;
    QSignalSpy told{&window.editor(), &ui::EditorDock::unsavedTextsChanged};

    explicit Desktop(Folder& f, bool watch = true)
        : folder(f), controller(window, {{}, {}, watch, nullptr, f.data.path().toStdString()})
    {
        QSignalSpy loaded(&controller, &desktop::Controller::loaded);
        window.show();
        controller.open({folder.set.path()});
        QVERIFY(loaded.wait());
        window.editor().open(folder.route_);
        QTRY_VERIFY(page()->loaded());
    }
    ui::EditorPage* page() { return window.editor().page(); }
    ui::CodeView& view() { return page()->view(); }
    bool shows(const char* name) { return window.canvas().scene().index().node(routeKey(name)) != nullptr; }
    /// Types behind "name: shop".
    void type(const char* keys)
    {
        view().setCursorPosition(4, 12);
        QTest::keyClicks(&view(), QLatin1String(keys));
    }
};

} // namespace

class TstEditing : public QuietTest {
    Q_OBJECT
private slots:
    void draftIsShownWhileTheSavedOneStays()
    {
        Folder folder;
        Desktop d(folder);
        const auto saved = d.controller.state();
        QVERIFY(d.shows("shop"));
        d.type("2");
        QTRY_VERIFY(d.shows("shop2"));
        QVERIFY(d.controller.state() == saved);
        QCOMPARE(contentOf(folder.route_), QByteArray(route));
        QTRY_VERIFY2(d.window.draftBar().text().contains(QStringLiteral("1 object added, 1 object removed")),
                     qPrintable(d.window.draftBar().text()));
        QVERIFY(d.window.draftBar().isVisible());
        d.view().undo();
        QTRY_VERIFY(!d.shows("shop2"));
        QVERIFY(d.shows("shop"));
        QVERIFY(d.window.draftBar().isHidden());
    }

    void draftMarksWhatItChanges()
    {
        Folder folder;
        Desktop d(folder);
        const ui::TopologyScene& scene = d.window.canvas().scene();
        const auto markOf = [&](const char* name) {
            const ui::NodeItem* card = scene.arranging() ? nullptr : scene.nodeItem(routeKey(name));
            return card ? card->mark() : ui::CanvasMark();
        };
        QAction* only = d.window.action(QStringLiteral("changes-only"));
        QVERIFY(!only->isEnabled());
        d.type("2");
        QTRY_COMPARE(markOf("shop2").change, ui::ChangeMark::Added);
        QCOMPARE(markOf("shop").change, ui::ChangeMark::Removed);
        QVERIFY2(markOf("shop").ghost, "what the draft takes away is drawn all the same");
        QVERIFY(only->isEnabled());
        const ui::FilterBar& bar = d.window.canvas().filters();
        QVERIFY(bar.changesButton()->isVisibleTo(&bar));
        QVERIFY2(!bar.leaveButton()->isVisibleTo(&bar), "a draft is saved or reverted, not left");

        // What is not there any more is described by what is saved.
        QSignalSpy shown(&d.controller, &desktop::Controller::detailsShown);
        d.window.select(routeKey("shop"));
        QVERIFY(shown.wait());
        auto* inspector = d.window.findChild<ui::Inspector*>();
        QVERIFY2(inspector->yamlView()->toPlainText().contains(QStringLiteral("name: shop # its name")),
                 qPrintable(inspector->yamlView()->toPlainText()));

        // A draft that is not one of the Gateway API draws what it was, marks and all; without one there are none.
        d.view().undo();
        QTRY_VERIFY(!d.shows("shop2") && !scene.arranging());
        QVERIFY(!markOf("shop").any());
        QVERIFY(!only->isEnabled());
    }

    void draftMarksARouteThatIsRefused()
    {
        Folder folder;
        Desktop d(folder);
        const ui::TopologyScene& scene = d.window.canvas().scene();
        const ui::EdgeKey attachment{
            model::EdgeKind::Attachment, {"gateway.networking.k8s.io", "Gateway", {"t", "gw"}}, routeKey("shop"), 0};
        // "parentRefs: [{name: gw" becomes "parentRefs: [{name: gw, sectionName: gone".
        d.view().setCursorPosition(7, 24);
        QTest::keyClicks(&d.view(), QStringLiteral(", sectionName: gone"));
        QTRY_VERIFY(!scene.arranging() && scene.edgeItem(attachment) && scene.edgeItem(attachment)->mark().any());
        QCOMPARE(scene.edgeItem(attachment)->mark().change, ui::ChangeMark::Changed);
        QVERIFY(scene.edgeItem(attachment)->edge().rejected);
    }

    void halfTypedTextKeepsThePicture()
    {
        Folder folder;
        Desktop d(folder);
        d.type("\"");
        auto* problems = d.window.findChild<ui::ProblemsDock*>();
        QTRY_VERIFY(problems->model().count(model::Severity::Error) > 0);
        QVERIFY(d.shows("shop"));
        QVERIFY2(d.window.draftBar().text().contains(QStringLiteral("errors")), qPrintable(d.window.draftBar().text()));
        QVERIFY(!d.view().marks().empty());
        QTest::keyClick(&d.view(), Qt::Key_Backspace);
        QTRY_COMPARE(problems->model().count(model::Severity::Error), 0);
        // What the linters say of the file stays marked.
        const auto isError = [](const ui::CodeMark& mark) { return mark.severity == model::Severity::Error; };
        QTRY_VERIFY(std::none_of(d.view().marks().begin(), d.view().marks().end(), isError));
    }

    void savingWritesExactlyTheEdit_data()
    {
        QTest::addColumn<bool>("watch");
        QTest::newRow("changes are followed") << true;
        QTest::newRow("changes are not followed") << false;
    }

    void savingWritesExactlyTheEdit()
    {
        QFETCH(bool, watch);
        Folder folder;
        QFile::setPermissions(folder.route_, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup);
        Desktop d(folder, watch);
        d.type("2");
        QTRY_VERIFY(d.shows("shop2"));
        d.window.editor().save();
        QTRY_VERIFY(d.controller.state()->topology->nodes.size() == 2 &&
                    std::any_of(d.controller.state()->topology->nodes.begin(),
                                d.controller.state()->topology->nodes.end(),
                                [](const auto& node) { return node.key == routeKey("shop2"); }));
        QCOMPARE(contentOf(folder.route_), QByteArray(route).replace("name: shop", "name: shop2"));
        struct stat found {};
        QCOMPARE(::stat(folder.route_.toLocal8Bit().constData(), &found), 0);
        QCOMPARE(found.st_mode & 07777u, 0640u);
        QVERIFY(d.shows("shop2"));
        QTRY_VERIFY(d.window.draftBar().isHidden());
        QVERIFY(d.window.editor().unsavedFiles().isEmpty());
        QVERIFY(d.page()->notice().isHidden()); // our own save is nobody else's change
    }

    void pictureStaysWhileWhatWasSavedIsRead()
    {
        Folder folder;
        Desktop d(folder);
        d.type("2");
        QTRY_VERIFY(d.shows("shop2"));
        bool flickered = false;
        const ui::TopologyScene& scene = d.window.canvas().scene();
        connect(&scene, &ui::TopologyScene::arranged, &d.window, [&] {
            const ui::NodeItem* old = scene.nodeItem(routeKey("shop")); // as a ghost it may be there
            flickered = flickered || (old && !old->mark().ghost);
        });
        const auto before = d.controller.state();
        d.window.editor().save();
        QTRY_VERIFY(d.controller.state() != before);
        QVERIFY(!flickered);
    }

    void cleanTextFollowsTheDisk()
    {
        Folder folder;
        Desktop d(folder);
        write(folder.route_, QByteArray(route).replace("shop #", "other #"));
        QTRY_VERIFY(d.view().text().contains(QStringLiteral("name: other")));
        QVERIFY(d.window.editor().unsavedFiles().isEmpty());
        QTRY_VERIFY(d.shows("other"));
        // Editors replace files; what came in its place is followed as well.
        QFile::rename(folder.route_, folder.route_ + QStringLiteral("~"));
        write(folder.route_, QByteArray(route).replace("shop #", "third #"));
        QTRY_VERIFY(d.view().text().contains(QStringLiteral("name: third")));
    }

    void savingOverAnotherChangeAsks()
    {
        Folder folder;
        Desktop d(folder, false);
        d.type("2");
        write(folder.route_, QByteArray(route).replace("shop #", "theirs #"));
        d.window.editor().save();
        QTRY_VERIFY(d.page()->notice().isVisible());
        QVERIFY(contentOf(folder.route_).contains("theirs"));
        QCOMPARE(d.window.editor().unsavedFiles().size(), 1);
        d.page()->notice().button(1)->click(); // mine
        if (!d.window.editor().unsavedFiles().isEmpty())
            d.window.editor().save();
        QTRY_VERIFY(contentOf(folder.route_).contains("shop2"));
        QTRY_VERIFY(d.window.editor().unsavedFiles().isEmpty());
    }

    void unsavedTextOutlivesTheProcess()
    {
        Folder folder;
        {
            Desktop d(folder);
            d.type("2");
            QTRY_COMPARE(d.told.size(), 1);
        } // gone without a word, as after a crash
        QCOMPARE(contentOf(folder.route_), QByteArray(route));
        {
            Desktop d(folder);
            QVERIFY(d.page()->notice().isVisible());
            QCOMPARE(d.view().text(), QString::fromLatin1(route));
            d.page()->notice().button(0)->click();
            QVERIFY(d.view().text().contains(QStringLiteral("name: shop2")));
            QTRY_VERIFY(d.shows("shop2"));
            d.window.editor().save();
            QTRY_VERIFY(d.window.editor().unsavedFiles().isEmpty());
        }
        const Desktop d(folder);
        QVERIFY(const_cast<Desktop&>(d).page()->notice().isHidden());
        control::DraftStore store(folder.data.path().toStdString());
        QVERIFY(!store.find(folder.route_.toStdString()));
    }

    /// Whoever opens the set again is told, and need not know in which file it was.
    void unsavedTextOfACrashIsOfferedAtOnce()
    {
        Folder folder;
        {
            Desktop d(folder);
            d.type("2");
            QTRY_COMPARE(d.told.size(), 1);
        }
        ui::MainWindow window(nullptr);
        desktop::Controller controller(window, {{}, {}, false, nullptr, folder.data.path().toStdString()});
        window.show();
        controller.open({folder.set.path()});
        QTRY_COMPARE(window.editor().openFiles(), QStringList{folder.route_});
        QTRY_VERIFY(window.editor().page()->loaded());
        QVERIFY(window.editor().page()->notice().isVisible());
    }

    void unsavedTextIsKeptWhileItIsTyped()
    {
        Folder folder;
        Desktop d(folder);
        d.type("2");
        control::DraftStore store(folder.data.path().toStdString());
        QTRY_VERIFY(store.find(folder.route_.toStdString()).has_value());
        QVERIFY(store.find(folder.route_.toStdString())->text.find("name: shop2") != std::string::npos);
        d.window.editor().revert();
        QTRY_VERIFY(!store.find(folder.route_.toStdString()));
    }

    void linksStayLinks()
    {
        const QTemporaryDir folder;
        const QString target = folder.filePath(QStringLiteral("target.yaml"));
        const QString link = folder.filePath(QStringLiteral("link.yaml"));
        write(target, "a: b\n");
        QVERIFY(QFile::link(target, link));
        const ui::FileText disk = desktop::readFileText(link);
        const ui::SaveResult result = desktop::saveFileText({link, QStringLiteral("c: d\n"), disk.version, false});
        QCOMPARE(result.fault, QString());
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(contentOf(target), QByteArray("c: d\n"));
        QCOMPARE(desktop::readFileText(link).version, result.disk.version);
    }

    void whatCannotBeEditedSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("not UTF-8") << QByteArray("a: \xE4\n");
        QTest::newRow("a zero byte") << QByteArray("a: \0b\n", 6);
    }

    void whatCannotBeEditedSaysWhy()
    {
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.yaml"));
        write(path, content);
        QVERIFY(!desktop::readFileText(path).fault.isEmpty());
        QVERIFY(!desktop::readFileText(folder.path()).fault.isEmpty());
        const ui::FileText gone = desktop::readFileText(path + QStringLiteral(".gone"));
        QVERIFY(!gone.fault.isEmpty());
        QVERIFY(gone.version.isEmpty());
    }

    void everyByteStays_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                       "a: b\n");
        QTest::newRow("mixed line ends, none at the end") << QByteArray("a: b\r\nc: d\n\n# \xC3\xA4");
        QTest::newRow("empty") << QByteArray("");
    }

    void everyByteStays()
    {
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.yaml"));
        write(path, content);
        const ui::FileText disk = desktop::readFileText(path);
        QCOMPARE(disk.fault, QString());
        ui::CodeView view;
        view.load(disk.text);
        QCOMPARE(view.text(), disk.text);
        QVERIFY(desktop::saveFileText({path, view.text(), disk.version, false}).fault.isEmpty());
        QCOMPARE(contentOf(path), content);
    }

    void refusesToReplaceWhatItHasNotSeen()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.yaml"));
        write(path, "a: b\n");
        const ui::FileText disk = desktop::readFileText(path);
        write(path, "theirs\n");
        ui::SaveResult result = desktop::saveFileText({path, QStringLiteral("mine\n"), disk.version, false});
        QVERIFY(result.changedElsewhere);
        QCOMPARE(result.disk.text, QStringLiteral("theirs\n"));
        QCOMPARE(contentOf(path), QByteArray("theirs\n"));
        result = desktop::saveFileText({path, QStringLiteral("mine\n"), disk.version, true});
        QVERIFY(!result.changedElsewhere && result.fault.isEmpty());
        result = desktop::saveFileText({folder.filePath(QStringLiteral("no/such/folder.yaml")), {}, {}, true});
        QVERIFY(!result.fault.isEmpty());
    }
};

QTEST_MAIN(TstEditing)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_editing.moc"
