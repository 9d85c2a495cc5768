#include "ui/dialogs/shortcuts_dialog.h"

#include "ui/document/fuzzy.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMap>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {

ShortcutsDialog::ShortcutsDialog(const std::vector<ShortcutLine>& lines, QWidget* parent)
    : QDialog(parent), filter_(new QLineEdit), sheet_(new QTreeWidget)
{
    setWindowTitle(tr("Keyboard Shortcuts"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(10);
    filter_->setPlaceholderText(tr("Find a shortcut"));
    filter_->setAccessibleName(tr("Find a shortcut"));
    column->addWidget(filter_);
    sheet_->setColumnCount(2);
    sheet_->setHeaderLabels({tr("What"), tr("Keys")});
    sheet_->setRootIsDecorated(false);
    sheet_->setItemsExpandable(false);
    sheet_->setIndentation(14);
    sheet_->setAccessibleName(tr("Keyboard shortcuts"));
    sheet_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    QMap<QString, QTreeWidgetItem*> groups; // what stands between two parts of a menu comes behind both
    for (const ShortcutLine& line : lines) {
        QTreeWidgetItem*& group = groups[line.group];
        if (!group) {
            group = new QTreeWidgetItem(sheet_, {line.group});
            QFont font = sheet_->font();
            font.setWeight(QFont::DemiBold);
            group->setFont(0, font);
            group->setFlags(Qt::ItemIsEnabled);
        }
        new QTreeWidgetItem(group, {line.text, line.keys});
    }
    sheet_->expandAll();
    sheet_->header()->setStretchLastSection(false);
    sheet_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    sheet_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    column->addWidget(sheet_, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    column->addWidget(buttons);
    connect(filter_, &QLineEdit::textChanged, this, &ShortcutsDialog::applyFilter);
    resize(620, 640);
}

void ShortcutsDialog::applyFilter(const QString& text)
{
    const FuzzyQuery query(text);
    for (int i = 0; i < sheet_->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = sheet_->topLevelItem(i);
        int shown = 0;
        for (int k = 0; k < group->childCount(); ++k) {
            QTreeWidgetItem* line = group->child(k);
            const bool found = query.match(QString(line->text(0) + QLatin1Char(' ') + line->text(1))).has_value();
            line->setHidden(!found);
            shown += found ? 1 : 0;
        }
        group->setHidden(shown == 0);
    }
}

} // namespace gatehouse::ui
