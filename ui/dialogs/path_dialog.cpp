#include "ui/dialogs/path_dialog.h"

#include <QFileDialog>

namespace gatehouse::ui {

void askForPaths(const PathWish& wish, QWidget* parent, const std::function<void(const QStringList&)>& chosen)
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
        dialog->setOption(QFileDialog::DontConfirmOverwrite, wish.added);
        break;
    }
    if (!wish.name.isEmpty())
        dialog->selectFile(wish.name);
    QObject::connect(dialog, &QFileDialog::filesSelected, parent, chosen);
    dialog->open();
}

} // namespace gatehouse::ui
