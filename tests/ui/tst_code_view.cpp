#include "quiet.h"
#include "ui/editor/code_completion.h"
#include "ui/editor/code_view.h"
#include "ui/editor/find_bar.h"
#include "ui/editor/yaml_lexer.h"

#include <QGuiApplication>
#include <QHelpEvent>
#include <QLineEdit>
#include <QScreen>
#include <QSignalSpy>
#include <QToolButton>
#include <QToolTip>

using namespace gatehouse::ui;
using Sci = QsciScintillaBase;

namespace {

constexpr const char* route = "apiVersion: gateway.networking.k8s.io/v1\n"
                              "kind: HTTPRoute\n"
                              "metadata:\n"
                              "  name: a\n"
                              "spec:\n";

/// A view that is shown, with a text and the cursor at its end.
struct Shown {
    CodeView view;
    CodeCompletion completion{&view};
    explicit Shown(const QString& text)
    {
        view.resize(500, 400);
        view.load(text);
        view.show();
        view.setFocus();
        toEnd();
    }
    void toEnd() { view.SendScintilla(Sci::SCI_DOCUMENTEND); }
    void type(const char* keys) { QTest::keyClicks(&view, QLatin1String(keys)); }
};

QString text(const char* lines)
{
    return QString::fromUtf8(lines);
}

} // namespace

class TstCodeView : public QuietTest {
    Q_OBJECT
private slots:
    void newLinesAreIndented_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("as the line before") << "a:\n  b: c"
                                            << "a:\n  b: c\n  x";
        QTest::newRow("below a key without a value") << "a:\n  b:"
                                                     << "a:\n  b:\n    x";
        QTest::newRow("beside an item's first member") << "- a: b"
                                                       << "- a: b\n  x";
        QTest::newRow("below an item's key") << "- a:"
                                             << "- a:\n    x";
    }

    void newLinesAreIndented()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        Shown shown(before);
        QTest::keyClick(&shown.view, Qt::Key_Return);
        shown.view.cancelList();
        shown.type("x");
        QCOMPARE(shown.view.text(), after);
    }

    void linesAreCommentedAndBack()
    {
        Shown shown(text("a:\n  b: c\n\n  d: e\n"));
        shown.view.setSelection(1, 0, 4, 0);
        shown.view.toggleComment();
        QCOMPARE(shown.view.text(), text("a:\n  # b: c\n\n  # d: e\n"));
        shown.view.toggleComment();
        QCOMPARE(shown.view.text(), text("a:\n  b: c\n\n  d: e\n"));
        shown.view.undo();
        QCOMPARE(shown.view.text(), text("a:\n  # b: c\n\n  # d: e\n"));
    }

    void lineEndsStayAsTheyAre()
    {
        Shown shown(text("a: b\r\nc: d\r\n"));
        QCOMPARE(shown.view.text(), text("a: b\r\nc: d\r\n"));
        shown.type("e: f");
        QTest::keyClick(&shown.view, Qt::Key_Return);
        QCOMPARE(shown.view.text(), text("a: b\r\nc: d\r\ne: f\r\n"));
    }

    void replacingKeepsCursorAndCanBeUndone()
    {
        Shown shown(text("a: 1\nb: 2\n\xC3\xA4: 3\nd: 4\n"));
        shown.view.setCursorPosition(3, 2);
        shown.view.replaceText(text("a: 1\nnew: x\nb: 2\n\xC3\xB6: 3\nd: 4\n"));
        QCOMPARE(shown.view.text(), text("a: 1\nnew: x\nb: 2\n\xC3\xB6: 3\nd: 4\n"));
        int line = 0, column = 0;
        shown.view.getCursorPosition(&line, &column);
        QCOMPARE(line, 4);
        QCOMPARE(column, 2);
        shown.view.undo();
        QCOMPARE(shown.view.text(), text("a: 1\nb: 2\n\xC3\xA4: 3\nd: 4\n"));
    }

    void typedNamesAreCompleted()
    {
        Shown shown(text(route));
        shown.type("  host");
        QVERIFY(shown.view.isListActive());
        QTest::keyClick(&shown.view, Qt::Key_Return);
        QCOMPARE(shown.view.text(), text(route) + QStringLiteral("  hostnames:\n    - "));
    }

    void valuesAreOfferedBehindTheirName()
    {
        Shown shown(text(route) + QStringLiteral("  rules:\n    - matches:\n        - path:\n            "));
        shown.type("ty");
        QTest::keyClick(&shown.view, Qt::Key_Tab);
        QTRY_VERIFY(shown.view.isListActive()); // the values of an enum, without asking
        shown.type("Path");
        QTest::keyClick(&shown.view, Qt::Key_Return);
        QVERIFY2(shown.view.text().endsWith(QStringLiteral("path:\n            type: PathPrefix")),
                 qPrintable(shown.view.text()));
    }

    void nothingIsOfferedUnasked()
    {
        Shown shown(text(route));
        shown.type("  ");
        QVERIFY(!shown.view.isListActive());
        shown.completion.offer(true);
        QVERIFY(shown.view.isListActive());
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QVERIFY(!shown.view.isListActive());
        QCOMPARE(shown.view.text(), text(route) + QStringLiteral("  "));
    }

    void nothingIsOfferedBeyondTheScreen()
    {
        Shown shown(text(route));
        const QRect screen = QGuiApplication::primaryScreen()->geometry();
        shown.view.move(screen.right() - 10, screen.top());
        shown.type("  host");
        QVERIFY(!shown.view.isListActive());
        QCOMPARE(shown.view.text(), text(route) + QStringLiteral("  host"));
        shown.view.move(screen.topLeft());
        shown.completion.offer(true);
        QVERIFY(shown.view.isListActive());
    }

    void chosenCompletionIsExplained()
    {
        Shown shown(text(route));
        QSignalSpy help(&shown.completion, &CodeCompletion::helpChanged);
        shown.type("  pa");
        QVERIFY(!help.isEmpty());
        QVERIFY2(help.last().at(0).toString().contains(QStringLiteral("Gateways and listeners")),
                 qPrintable(help.last().at(0).toString()));
    }

    void marksAreTold()
    {
        Shown shown(text(route) + QStringLiteral("  rules:\n    - name: X\n"));
        shown.view.setMarks({{7, 13, gatehouse::model::Severity::Error, QStringLiteral("a name has lower case")}});
        QCOMPARE(shown.view.markersAtLine(6), 0b100u);
        const auto position = static_cast<int>(shown.view.bytes().find("X"));
        QVERIFY(shown.view.SendScintilla(Sci::SCI_INDICATORALLONFOR, static_cast<unsigned long>(position)) != 0);
        QVERIFY(shown.view.SendScintilla(Sci::SCI_INDICATORALLONFOR, static_cast<unsigned long>(position - 3)) == 0);
        const QString help = shown.view.helpAt(position);
        QVERIFY2(help.contains(QStringLiteral("a name has lower case")), qPrintable(help));
        QVERIFY2(help.contains(QStringLiteral("spec.rules[0].name")), qPrintable(help));
        shown.view.setMarks({});
        QCOMPARE(shown.view.markersAtLine(6), 0u);
    }

    void helpComesUnderTheMouse()
    {
        Shown shown(text(route));
        QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
        const auto position = static_cast<unsigned long>(shown.view.bytes().find("HTTPRoute"));
        const QPoint at(
            static_cast<int>(shown.view.SendScintilla(Sci::SCI_POINTXFROMPOSITION, 0ul, long(position))) + 3,
            static_cast<int>(shown.view.SendScintilla(Sci::SCI_POINTYFROMPOSITION, 0ul, long(position))) + 3);
        QHelpEvent event(QEvent::ToolTip, at, shown.view.viewport()->mapToGlobal(at));
        QApplication::sendEvent(shown.view.viewport(), &event);
        QVERIFY2(QToolTip::text().contains(QStringLiteral("The kind of the object")), qPrintable(QToolTip::text()));
        QToolTip::hideText();
    }

    void goesFromMarkToMark()
    {
        Shown shown(text("a: 1\nb: 2\nc: 3\n"));
        const auto severity = gatehouse::model::Severity::Warning;
        shown.view.setMarks({{3, 1, severity, {}}, {2, 1, severity, {}}});
        QList<int> lines;
        shown.view.goTo(1);
        for (int i = 0; i < 3; ++i) {
            shown.view.goToNextMark();
            int line = 0, column = 0;
            shown.view.getCursorPosition(&line, &column);
            lines << line + 1;
        }
        QCOMPARE(lines, (QList<int>{2, 3, 2}));
    }

    void findsAndReplaces()
    {
        Shown shown(text("one: x\ntwo: x\nthree: X\n"));
        shown.view.setCursorPosition(0, 0);
        FindBar bar;
        bar.setView(&shown.view);
        bar.start(true);
        QTest::keyClicks(bar.findLine(), QStringLiteral("x"));
        QCOMPARE(shown.view.selectedText(), QStringLiteral("x"));
        int line = 0, column = 0;
        QTest::keyClick(bar.findLine(), Qt::Key_Return);
        shown.view.getCursorPosition(&line, &column);
        QCOMPARE(line, 1);
        QTest::keyClick(bar.findLine(), Qt::Key_Return, Qt::ShiftModifier);
        shown.view.getCursorPosition(&line, &column);
        QCOMPARE(line, 0);
        QTest::keyClicks(bar.replaceLine(), QStringLiteral("yx"));
        QTest::keyClick(bar.replaceLine(), Qt::Key_Return);
        QCOMPARE(shown.view.text(), text("one: yx\ntwo: x\nthree: X\n"));
        bar.findLine()->setText(QStringLiteral("nowhere"));
        QTest::keyClick(bar.findLine(), Qt::Key_Return);
        QVERIFY(!bar.resultText().isEmpty());
        QTest::keyClick(bar.findLine(), Qt::Key_Escape);
        QVERIFY(bar.isHidden());
    }

    void replacesAll_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("replacement");
        QTest::addColumn<QString>("after");
        QTest::newRow("words") << "b"
                               << "bb" << text("abb: bb\nc: d\n");
        QTest::newRow("what may be nothing") << "x*"
                                             << "-" << QString();
        QTest::newRow("a place") << "(?=b)"
                                 << "-" << text("a-b: -b\nc: d\n");
    }

    /// It ends, also where the pattern takes no character.
    void replacesAll()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, replacement);
        QFETCH(QString, after);
        Shown shown(text("ab: b\nc: d\n"));
        FindBar bar;
        bar.setView(&shown.view);
        bar.start(true);
        for (QToolButton* button : bar.findChildren<QToolButton*>())
            if (button->isCheckable() && button->toolTip().contains(QStringLiteral("expression")))
                button->setChecked(true);
        bar.findLine()->setText(pattern);
        bar.replaceLine()->setText(replacement);
        for (QToolButton* button : bar.findChildren<QToolButton*>())
            if (button->text() == QStringLiteral("All"))
                QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(bar.resultText().contains(QStringLiteral("replaced")));
        if (!after.isEmpty())
            QCOMPARE(shown.view.text(), after);
        shown.view.undo();
        QCOMPARE(shown.view.text(), text("ab: b\nc: d\n"));
    }

    /// Escape closes the bar; it is no shortcut of the window's.
    void escapeIsTheBars()
    {
        FindBar bar;
        QKeyEvent escape(QEvent::ShortcutOverride, Qt::Key_Escape, Qt::NoModifier);
        escape.ignore();
        QApplication::sendEvent(bar.findLine(), &escape);
        QVERIFY(escape.isAccepted());
    }

    void lettersAreNoShortcuts()
    {
        Shown shown(text("a: b\n"));
        for (const bool readOnly : {false, true}) {
            shown.view.setReadOnly(readOnly);
            QKeyEvent letter(QEvent::ShortcutOverride, Qt::Key_F, Qt::NoModifier, QStringLiteral("f"));
            letter.ignore();
            QApplication::sendEvent(&shown.view, &letter);
            QVERIFY(letter.isAccepted());
        }
        // The window's own shortcuts get through.
        for (const auto key : {Qt::Key_L, Qt::Key_T, Qt::Key_U, Qt::Key_S}) {
            QKeyEvent shortcut(QEvent::ShortcutOverride, key, Qt::ControlModifier);
            shortcut.ignore();
            QApplication::sendEvent(&shown.view, &shortcut);
            QVERIFY(!shortcut.isAccepted());
        }
    }

    void tokensHaveTheirColours_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("styles");
        // k key, p punctuation, t text, s string, n number, c comment, m mark, r reference; blanks stay blanks.
        QTest::newRow("key and text") << "name: web app"
                                      << "kkkkp ttt ttt";
        QTest::newRow("item") << "- port: 80"
                              << "p kkkkp nn";
        QTest::newRow("quoted, comment") << "a: \"x # y\" # z"
                                         << "kp ss s ss c c";
        QTest::newRow("braces") << "{a: 1, b: [c, true]}"
                                << "pkp np kp ptp nnnnpp";
        QTest::newRow("url is one text") << "a: http://b.c"
                                         << "kp tttttttttt";
        QTest::newRow("anchor") << "a: &x b"
                                << "kp rr t";
        QTest::newRow("document") << "---"
                                  << "mmm";
    }

    void tokensHaveTheirColours()
    {
        QFETCH(QString, line);
        QFETCH(QString, styles);
        std::string raw;
        const std::string bytes = line.toStdString();
        YamlLexer::styleLine(bytes, {}, raw);
        QString seen;
        for (std::size_t i = 0; i < raw.size(); ++i)
            seen += bytes[i] == ' ' ? QLatin1Char(' ') : QLatin1Char("tksncpmr"[static_cast<unsigned char>(raw[i])]);
        QCOMPARE(seen, styles);
    }

    void blocksOfTextHaveNoKeys()
    {
        std::string styles;
        const YamlLexer::LineState state = YamlLexer::styleLine("  a: |", {}, styles);
        styles.clear();
        YamlLexer::styleLine("    b: c", state, styles);
        QCOMPARE(styles, std::string(8, static_cast<char>(YamlLexer::Text)));
        styles.clear();
        YamlLexer::styleLine("  b: c", state, styles);
        QCOMPARE(styles[2], static_cast<char>(YamlLexer::Key));
    }

    void listsFoldUnderTheirKey()
    {
        Shown shown(text("a:\n  b:\n  - c: 1\n    d: 2\n\n  - e: 3\nf: 4\n"));
        shown.view.SendScintilla(Sci::SCI_COLOURISE, 0ul, -1l);
        const auto level = [&](unsigned long line) { return shown.view.SendScintilla(Sci::SCI_GETFOLDLEVEL, line); };
        const auto parent = [&](unsigned long line) { return shown.view.SendScintilla(Sci::SCI_GETFOLDPARENT, line); };
        QVERIFY(level(0) & Sci::SC_FOLDLEVELHEADERFLAG);
        QVERIFY(level(1) & Sci::SC_FOLDLEVELHEADERFLAG);
        QCOMPARE(parent(2), 1l);
        QCOMPARE(parent(5), 1l);
        QCOMPARE(parent(3), 2l);
        QVERIFY(level(4) & Sci::SC_FOLDLEVELWHITEFLAG);
        QCOMPARE(parent(6), -1l);
        shown.view.foldLine(1);
        QVERIFY(!shown.view.SendScintilla(Sci::SCI_GETLINEVISIBLE, 5ul));
        shown.view.goTo(6, 1); // what is jumped to is shown
        QVERIFY(shown.view.SendScintilla(Sci::SCI_GETLINEVISIBLE, 5ul));
    }
};

QTEST_MAIN(TstCodeView)
#include "moc_quiet.cpp"
#include "tst_code_view.moc"
