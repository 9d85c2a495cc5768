#include "ui/dialogs/cluster_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {

ClusterDialog::ClusterDialog(QWidget* parent)
    : QDialog(parent), box_(new QComboBox), words_(new QLabel(tr("Asking kubectl for its contexts\u2026")))
{
    setWindowTitle(tr("Open a Cluster"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 14);
    column->setSpacing(14);
    auto* text =
        new QLabel(tr("Gatehouse reads Gateways, routes, Services and what they refer to through your kubectl, "
                      "and runs them here. It changes nothing in the cluster."));
    text->setWordWrap(true);
    column->addWidget(text);
    auto* form = new QFormLayout;
    box_->setAccessibleName(tr("Context"));
    box_->setEnabled(false);
    form->addRow(tr("&Context:"), box_);
    column->addLayout(form);
    words_->setObjectName(QStringLiteral("muted"));
    words_->setWordWrap(true);
    column->addWidget(words_);
    column->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel);
    open_ = buttons->button(QDialogButtonBox::Open);
    open_->setEnabled(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    resize(460, 230);
}

void ClusterDialog::setContexts(const QStringList& contexts, const QString& current, const QString& fault)
{
    box_->clear();
    box_->addItems(contexts);
    box_->setCurrentIndex(std::max(0, box_->findText(current)));
    box_->setEnabled(!contexts.isEmpty());
    open_->setEnabled(!contexts.isEmpty());
    words_->setText(!fault.isEmpty() ? fault
                    : contexts.isEmpty()
                        ? tr("Your kubeconfig has no context.")
                        : tr("%n context(s) in your kubeconfig", nullptr, static_cast<int>(contexts.size())));
    if (!contexts.isEmpty())
        box_->setFocus(Qt::OtherFocusReason);
}

QString ClusterDialog::context() const
{
    return box_->currentText();
}

} // namespace gatehouse::ui
