// Export and print.

#include "ui/dialogs/path_dialog.h"
#include "ui/main_window.h"
#include "ui/topology/scene_export.h"
#include "ui/topology/topology_panel.h"

#include <QPrintDialog>
#include <QPrinter>

namespace gatehouse::ui {
namespace {

QString filterFor(const QString& ending)
{
    if (ending == QLatin1String("dot"))
        return MainWindow::tr("Graphviz text (*.dot)");
    if (ending == QLatin1String("mmd"))
        return MainWindow::tr("Mermaid text (*.mmd)");
    return MainWindow::tr("%1 picture (*.%2)").arg(ending.toUpper(), ending);
}

} // namespace

void MainWindow::exportAs(const QString& ending)
{
    const QString name = QStringLiteral("topology.") + ending;
    askForPaths({PathWish::Kind::Save, tr("Export the topology"), filterFor(ending), ending, name}, this,
                [this](const QStringList& files) {
                    if (const QString fault = exportScene(canvas_->scene(), files.first()); !fault.isEmpty())
                        showFault(tr("The topology could not be exported"), fault);
                    else
                        showMessage(tr("Exported %1").arg(files.first()));
                });
}

void MainWindow::printTopology()
{
    auto* dialog = new QPrintDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->printer()->setPageOrientation(QPageLayout::Landscape);
    connect(dialog, qOverload<QPrinter*>(&QPrintDialog::accepted), this, [this](QPrinter* printer) {
        if (const QString fault = printScene(canvas_->scene(), *printer); !fault.isEmpty())
            showFault(tr("The topology could not be printed"), fault);
    });
    dialog->open();
}

} // namespace gatehouse::ui
