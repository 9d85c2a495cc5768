#include "ui/docks/save_test_dialog.h"

#include "ui/dialogs/path_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace gatehouse::ui {

SaveTestDialog::SaveTestDialog(const QString& name, const QString& file, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("saveTest"));
    setWindowTitle(tr("Save as a test case"));
    setAttribute(Qt::WA_DeleteOnClose);
    name_ = new QLineEdit(name);
    name_->setAccessibleName(tr("Name of the test"));
    file_ = new QLineEdit(file);
    file_->setAccessibleName(tr("Test file"));
    file_->setMinimumWidth(360);
    auto* choose = new QPushButton(tr("Choose\u2026"));
    auto* line = new QHBoxLayout;
    line->addWidget(file_, 1);
    line->addWidget(choose);
    auto* form = new QFormLayout(this);
    form->addRow(tr("It claims that"), name_);
    form->addRow(tr("File"), line);
    auto* hint =
        new QLabel(tr("The test is added at the end; what the file has stays as it is. It expects what becomes of "
                      "the request now. Run it with: gatehouse test FILE"));
    hint->setObjectName(QStringLiteral("muted"));
    hint->setWordWrap(true);
    form->addRow(hint);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    save_ = buttons->button(QDialogButtonBox::Save);
    form->addRow(buttons);
    connect(choose, &QPushButton::clicked, this, &SaveTestDialog::browse);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::accepted, this, [this] { emit chosen(name_->text().trimmed(), file_->text().trimmed()); });
    for (QLineEdit* edit : {name_, file_})
        connect(edit, &QLineEdit::textChanged, this, &SaveTestDialog::check);
    name_->selectAll();
    check();
}

void SaveTestDialog::check()
{
    save_->setEnabled(!name_->text().trimmed().isEmpty() && !file_->text().trimmed().isEmpty());
}

void SaveTestDialog::browse()
{
    PathWish wish{PathWish::Kind::Save, tr("Test file"), tr("Test files (*.yaml *.yml);;All files (*)")};
    wish.ending = QStringLiteral("yaml");
    wish.name = file_->text();
    wish.added = true;
    askForPaths(wish, this, [this](const QStringList& files) { file_->setText(files.first()); });
}

} // namespace gatehouse::ui
