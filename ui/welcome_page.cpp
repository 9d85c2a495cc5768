#include "ui/welcome_page.h"

#include "ui/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent)
{
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addStretch(2);
    picture_ = new QLabel;
    picture_->setAlignment(Qt::AlignCenter);
    column->addWidget(picture_);
    auto* title = new QLabel(tr("Open Gateway API manifests"));
    title->setObjectName(QStringLiteral("heading"));
    title->setFont(scaled(interfaceFont(), 1.7, QFont::DemiBold));
    title->setAlignment(Qt::AlignCenter);
    column->addWidget(title);
    auto* text = new QLabel(tr("Files or a folder of YAML or JSON. You can also drop them onto this window."));
    text->setObjectName(QStringLiteral("muted"));
    text->setAlignment(Qt::AlignCenter);
    column->addWidget(text);
    column->addSpacing(10);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(10);
    buttons->addStretch(1);
    folder_ = new QPushButton(tr("Open Folder\u2026"));
    folder_->setObjectName(QStringLiteral("primary"));
    files_ = new QPushButton(tr("Open Files\u2026"));
    buttons->addWidget(folder_);
    buttons->addWidget(files_);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addSpacing(18);
    recentTitle_ = new QLabel(tr("Recently opened"));
    recentTitle_->setObjectName(QStringLiteral("section"));
    recentTitle_->setAlignment(Qt::AlignCenter);
    column->addWidget(recentTitle_);
    recent_ = new QVBoxLayout;
    recent_->setSpacing(4);
    column->addLayout(recent_);
    column->addStretch(3);
    connect(files_, &QPushButton::clicked, this, &WelcomePage::openFilesClicked);
    connect(folder_, &QPushButton::clicked, this, &WelcomePage::openFolderClicked);
    setRecent({});
}

void WelcomePage::setTheme(const Theme& theme)
{
    theme_ = theme;
    setStyleSheet(QStringLiteral("gatehouse--ui--WelcomePage{background:%1;}").arg(theme.canvas.name()));
    picture_->setPixmap(icon(QStringLiteral("gatehouse"), theme.accent).pixmap(QSize(84, 84), devicePixelRatioF()));
    folder_->setIcon(icon(QStringLiteral("folder"), theme.onAccent));
    files_->setIcon(icon(QStringLiteral("open"), theme.text));
    setRecent(paths_);
}

void WelcomePage::setRecent(const QStringList& paths)
{
    paths_ = paths;
    recentTitle_->setVisible(!paths.isEmpty());
    while (QLayoutItem* item = recent_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString& path : paths) {
        auto* link = new QLabel(QStringLiteral("<a href='#' style='color:%1;text-decoration:none'>%2</a>")
                                    .arg(theme_.accent.name(), path.toHtmlEscaped()));
        link->setTextFormat(Qt::RichText);
        link->setAlignment(Qt::AlignCenter);
        link->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
        connect(link, &QLabel::linkActivated, this, [this, path] { emit recentClicked(path); });
        recent_->addWidget(link);
    }
}

} // namespace gatehouse::ui
