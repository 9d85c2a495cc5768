#include "ui/dialogs/about_dialog.h"

#include "ui/icons.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSysInfo>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

QWidget* makeHead(const Theme& theme)
{
    auto* head = new QWidget;
    auto* line = new QHBoxLayout(head);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(16);
    auto* picture = new QLabel;
    picture->setPixmap(
        icon(QStringLiteral("gatehouse"), theme.accent).pixmap(QSize(64, 64), head->devicePixelRatioF()));
    line->addWidget(picture);
    auto* words = new QVBoxLayout;
    auto* name = new QLabel(AboutDialog::tr("Gatehouse %1").arg(QCoreApplication::applicationVersion()));
    name->setObjectName(QStringLiteral("heading"));
    wearFont(name, 1.5, QFont::DemiBold);
    words->addWidget(name);
    auto* text = new QLabel(AboutDialog::tr("A desktop and local emulator of the Kubernetes Gateway API: see, run and "
                                            "debug Gateways and routes without a cluster."));
    text->setWordWrap(true);
    words->addWidget(text);
    line->addLayout(words, 1);
    return head;
}

QWidget* makeLibraries(const std::vector<LibraryNote>& libraries)
{
    auto* table = new QTreeWidget;
    table->setColumnCount(3);
    table->setHeaderLabels({AboutDialog::tr("Library"), AboutDialog::tr("Version"), AboutDialog::tr("Licence")});
    table->setRootIsDecorated(false);
    table->setAccessibleName(AboutDialog::tr("Libraries"));
    for (const LibraryNote& library : libraries)
        new QTreeWidgetItem(table, {library.name, library.version, library.licence});
    table->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    return table;
}

QWidget* makeLicence()
{
    auto* text = new QPlainTextEdit;
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setAccessibleName(AboutDialog::tr("Licence"));
    wearFixedFont(text);
    QFile file(QStringLiteral(":/gatehouse/LICENSE"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the licence is not among the resources");
    text->setPlainText(QString::fromUtf8(file.readAll()));
    return text;
}

} // namespace

AboutDialog::AboutDialog(const std::vector<LibraryNote>& libraries, const Theme& theme, QWidget* parent)
    : QDialog(parent), libraries_(libraries)
{
    setWindowTitle(tr("About Gatehouse"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 14);
    column->setSpacing(14);
    column->addWidget(makeHead(theme));
    auto* pages = new QTabWidget;
    pages->addTab(makeLibraries(libraries_), tr("Libraries"));
    pages->addTab(makeLicence(), tr("Licence"));
    column->addWidget(pages, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* copy = buttons->addButton(tr("Copy Versions"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(versions()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    column->addWidget(buttons);
    buttons->button(QDialogButtonBox::Close)->setDefault(true); // of the dialog, which it has to stand in
    resize(640, 520);
}

QString AboutDialog::versions() const
{
    QString text =
        QStringLiteral("Gatehouse %1\n%2\n").arg(QCoreApplication::applicationVersion(), QSysInfo::prettyProductName());
    for (const LibraryNote& library : libraries_)
        text += QStringLiteral("%1 %2\n").arg(library.name, library.version);
    return text;
}

} // namespace gatehouse::ui
