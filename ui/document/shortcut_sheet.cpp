#include "ui/document/shortcut_sheet.h"

#include <QCoreApplication>
#include <QKeySequence>

namespace gatehouse::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("shortcuts", text);
}

QString key(int code)
{
    return QKeySequence(code).toString(QKeySequence::NativeText);
}

} // namespace

std::vector<ShortcutLine> canvasShortcuts()
{
    const QString canvas = tr("Topology");
    const QString everywhere = tr("Everywhere");
    const QString arrows = QStringLiteral("\u2190 \u2191 \u2192 \u2193");
    return {
        {canvas, tr("Walk along the connections"), arrows},
        {canvas, tr("Show only what is connected with the selected card, or unfold it"), key(Qt::Key_Return)},
        {canvas, tr("Menu of the selected card"), key(Qt::Key_Menu)},
        {canvas, tr("Zoom"), tr("Mouse wheel")},
        {canvas, tr("Move the view"), tr("Drag the ground")},
        {canvas, tr("Move a card"), tr("Drag it")},
        {everywhere, tr("Next and previous control"),
         key(Qt::Key_Tab) + QStringLiteral(", ") + key(static_cast<int>(Qt::SHIFT) | Qt::Key_Tab)},
        {everywhere, tr("Open a menu"), tr("Alt and its underlined letter")},
    };
}

} // namespace gatehouse::ui
