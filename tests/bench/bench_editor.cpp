// What typing costs: keys pressed in a file of 5,000 lines that is part of a set, while drafts of it are worked out and
// shown. `bench_editor DIR [JSON]`; exit code 1 when a key was not served in time. See ./dev bench ui.

#include "app/desktop/controller.h"
#include "ui/docks/editor_dock.h"
#include "ui/editor/code_view.h"
#include "ui/editor/editor_page.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"
#include "ui_measures.h"

#include <QApplication>
#include <QFile>
#include <QKeyEvent>
#include <QStyleFactory>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace bench;

namespace {

constexpr double goalKeyMs = 50;
constexpr int lines = 5000;
constexpr int mostPatienceMs = 8000;

QByteArray longFile()
{
    QByteArray text;
    for (int route = 0; text.count('\n') < lines; ++route)
        text += QStringLiteral("---\n"
                               "apiVersion: gateway.networking.k8s.io/v1\n"
                               "kind: HTTPRoute\n"
                               "metadata:\n"
                               "  name: edited-%1\n"
                               "  namespace: edited\n"
                               "spec:\n"
                               "  parentRefs:\n"
                               "    - name: gateway\n"
                               "  hostnames:\n"
                               "    - edited-%1.example.com\n"
                               "  rules:\n"
                               "    - matches:\n"
                               "        - path:\n"
                               "            type: PathPrefix\n"
                               "            value: /\n"
                               "      backendRefs:\n"
                               "        - name: backend\n"
                               "          port: 80\n"
                               "    # the end of route %1\n")
                    .arg(route)
                    .toUtf8();
    return text;
}

/// Lets the event loop run for a while.
void rest(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

void press(QWidget& widget, int key, const QString& text = {})
{
    for (const auto type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, Qt::NoModifier, text);
        QApplication::sendEvent(&widget, &event);
    }
}

/// The line of a hostname in the middle of the file: with every letter it is another one, that the API takes.
int hostnameLine(const ui::CodeView& view)
{
    int line = lines / 2;
    while (!view.text(line).contains(QLatin1String(".example.com")))
        ++line;
    return line;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2 && argc != 3) {
        std::fputs("usage: bench_editor DIR [JSON]\n", stderr);
        return 2;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    ui::loadResources();
    QApplication::setFont(ui::interfaceFont());
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("edited.yaml"));
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(longFile()) < 0) {
        std::fprintf(stderr, "bench_editor: cannot write %s\n", qPrintable(file));
        return 2;
    }
    out.close();

    ui::MainWindow window(nullptr);
    desktop::Controller controller(window, {});
    window.resize(1600, 1000);
    window.show();
    bool loaded = false;
    QObject::connect(&controller, &desktop::Controller::loaded, &window, [&] { loaded = true; });
    controller.open({QString::fromLocal8Bit(argv[1]), file});
    waitFor([&] { return loaded && !window.canvas().scene().arranging(); });
    window.editor().open(file, lines / 2);
    waitFor([&] { return window.editor().page()->loaded(); });
    ui::CodeView& view = window.editor().page()->view();
    std::printf("%zu objects, %d lines in the file that is edited\n", controller.state()->import.objects, view.lines());

    Report report;
    double slowest = 0, sum = 0;
    int keys = 0, drafts = 0;
    QObject::connect(&window.canvas().scene(), &ui::TopologyScene::arranged, &window, [&] { ++drafts; });
    double still = 0, stillOwn = 0;
    {
        const Stall stall;
        const int line = hostnameLine(view);
        view.setCursorPosition(line, int(view.text(line).trimmed().size()) + 4);
        for (int i = 0; i < 12; ++i) {
            for (int letter = 0; letter < 16; ++letter) {
                const double before = threadMs();
                if (i % 2 == 0)
                    press(view, Qt::Key_A + letter, QString(QLatin1Char(char('a' + letter))));
                else
                    press(view, Qt::Key_Backspace);
                view.viewport()->repaint();
                const double spent = threadMs() - before;
                slowest = std::max(slowest, spent);
                sum += spent;
                ++keys;
                rest(15);
            }
            QElapsedTimer patience;
            patience.start();
            const int before = drafts; // a draft is worked out, and shown; then its marks
            waitFor([&] { return drafts > before + 1 || patience.elapsed() > mostPatienceMs; });
        }
        still = stall.longest();
        stillOwn = stall.longestOwn();
    }
    std::printf("  %d keys, the picture changed %d times\n", keys, drafts);
    report.say("keyMs", QStringLiteral("a key, until it is drawn"), sum / keys);
    report.check(QStringLiteral("slowestKeyMs"), QStringLiteral("the slowest key"), slowest, goalKeyMs);
    report.say("stallMs", QStringLiteral("the longest that the window stood still"), still);
    report.check(QStringLiteral("stallThreadMs"), QStringLiteral("  of that the thread's own time"), stillOwn,
                 goalKeyMs);
    report.memory("megabytes", "with the drafts of that");
    const QString json = QString::fromLocal8Bit(argc == 3 ? argv[2] : "");
    if (!report.write(json)) {
        std::fprintf(stderr, "bench_editor: cannot write %s\n", qPrintable(json));
        return 2;
    }
    return report.missed() ? 1 : 0;
}
