#include "ui/dialogs/path_dialog.h"

#include <QFileDialog>

namespace gatehouse::ui {

QFileDialog* askForPaths(const PathWish& wish, QWidget* parent, const std::function<void(const QStringList&)>& chosen)
{
    auto* dialog = new QFileDialog(parent, wish.title, QString(), wish.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    switch (wish.kind) {
    case PathWish::Kind::File:
        dialog->setFileMode(QFileDialog::ExistingFile);
        break;
    case PathWish::Kind::Files:
        dialog->setFileMode(QFileDialog::ExistingFiles);
        break;
    case PathWish::Kind::Folder:
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        break;
    case PathWish::Kind::Save:
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(wish.ending);
        dialog->selectFile(wish.name);
        break;
    }
    QObject::connect(dialog, &QFileDialog::filesSelected, parent, chosen);
    dialog->open();
    return dialog;
}

} // namespace gatehouse::ui
