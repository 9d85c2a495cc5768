#include "ui/welcome_page.h"

#include "ui/icons.h"
#include "ui/start_row.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr int widest = 900;

QLabel* sectionTitle(const QString& text)
{
    auto* label = new QLabel(text);
    label->setObjectName(QStringLiteral("section"));
    label->setContentsMargins(12, 0, 0, 2);
    return label;
}

} // namespace

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent)
{
    setAttribute(Qt::WA_StyledBackground);
    auto* page = new QWidget;
    page->setObjectName(QStringLiteral("startPage"));
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(32, 24, 32, 24);
    column->setSpacing(22);
    column->addStretch(2);
    column->addWidget(makeHead());
    column->addWidget(makeButtons());
    column->addWidget(makeColumns());
    column->addWidget(makeFoot());
    column->addStretch(3);
    page->setMaximumWidth(widest);

    auto* middle = new QWidget;
    auto* line = new QHBoxLayout(middle);
    line->setContentsMargins(0, 0, 0, 0);
    line->addStretch(1);
    line->addWidget(page, 100);
    line->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("startScroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(middle);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);

    connect(files_, &QPushButton::clicked, this, &WelcomePage::openFilesClicked);
    connect(folder_, &QPushButton::clicked, this, &WelcomePage::openFolderClicked);
    connect(cluster_, &QPushButton::clicked, this, &WelcomePage::openClusterClicked);
    connect(shortcuts_, &QPushButton::clicked, this, &WelcomePage::shortcutsClicked);
    connect(documentation_, &QPushButton::clicked, this, [this] { emit documentationClicked(content_.documentation); });
    refresh();
}

QWidget* WelcomePage::makeHead()
{
    auto* head = new QWidget;
    auto* line = new QHBoxLayout(head);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(20);
    picture_ = new QLabel;
    line->addWidget(picture_);
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    title_ = new QLabel(tr("Open Gateway API manifests"));
    title_->setObjectName(QStringLiteral("heading"));
    wearFont(title_, 1.7, QFont::DemiBold);
    text_ = new QLabel(tr("See who is attached to what and why not, run it on this machine, and debug it without a "
                          "cluster."));
    text_->setObjectName(QStringLiteral("muted"));
    text_->setWordWrap(true);
    words->addStretch(1);
    words->addWidget(title_);
    words->addWidget(text_);
    words->addStretch(1);
    line->addLayout(words, 1);
    return head;
}

QWidget* WelcomePage::makeButtons()
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    folder_ = new QPushButton(tr("Open Folder\u2026"));
    folder_->setObjectName(QStringLiteral("primary"));
    files_ = new QPushButton(tr("Open Files\u2026"));
    cluster_ = new QPushButton(tr("Open Cluster\u2026"));
    line->addWidget(folder_);
    line->addWidget(files_);
    line->addWidget(cluster_);
    hint_ = new QLabel(tr("or drop files and folders here"));
    hint_->setObjectName(QStringLiteral("muted"));
    line->addSpacing(6);
    line->addWidget(hint_);
    line->addStretch(1);
    return row;
}

QWidget* WelcomePage::makeColumns()
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(28);
    const auto column = [&](const QString& title, QVBoxLayout*& rows) {
        auto* box = new QWidget;
        auto* lines = new QVBoxLayout(box);
        lines->setContentsMargins(0, 0, 0, 0);
        lines->setSpacing(2);
        lines->addWidget(sectionTitle(title));
        rows = new QVBoxLayout;
        rows->setSpacing(2);
        lines->addLayout(rows);
        lines->addStretch(1);
        line->addWidget(box, 1);
        return box;
    };
    samplesBox_ = column(tr("Samples"), samples_);
    QWidget* recent = column(tr("Recently opened"), recent_);
    recentNone_ = new QLabel(tr("What you open is listed here."));
    recentNone_->setObjectName(QStringLiteral("muted"));
    recentNone_->setContentsMargins(12, 6, 0, 0);
    static_cast<QVBoxLayout*>(recent->layout())->insertWidget(2, recentNone_);
    return row;
}

QWidget* WelcomePage::makeFoot()
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    shortcuts_ = new QPushButton(tr("Keyboard Shortcuts"));
    documentation_ = new QPushButton(tr("Documentation"));
    line->addWidget(shortcuts_);
    line->addWidget(documentation_);
    auto* find = new QLabel(tr("Ctrl+K finds any object and any action."));
    find->setObjectName(QStringLiteral("muted"));
    line->addSpacing(6);
    line->addWidget(find);
    line->addStretch(1);
    return row;
}

void WelcomePage::setTheme(const Theme& theme)
{
    theme_ = theme;
    setStyleSheet(
        QStringLiteral("gatehouse--ui--WelcomePage, QScrollArea#startScroll, QScrollArea#startScroll > QWidget, "
                       "QScrollArea#startScroll > QWidget > QWidget {background:%1;}")
            .arg(theme.canvas.name()));
    picture_->setPixmap(icon(QStringLiteral("gatehouse"), theme.accent).pixmap(QSize(72, 72), devicePixelRatioF()));
    folder_->setIcon(icon(QStringLiteral("folder"), theme.onAccent));
    files_->setIcon(icon(QStringLiteral("open"), theme.text));
    cluster_->setIcon(icon(QStringLiteral("cluster"), theme.text));
    shortcuts_->setIcon(icon(QStringLiteral("keyboard"), theme.text));
    documentation_->setIcon(icon(QStringLiteral("info"), theme.text));
    for (const auto* rows : {&sampleRows_, &recentRows_}) {
        for (StartRow* row : *rows)
            row->setTheme(theme);
    }
}

void WelcomePage::setRecent(const QStringList& paths)
{
    paths_ = paths;
    refresh();
}

void WelcomePage::setContent(const StartContent& content)
{
    content_ = content;
    refresh();
}

StartRow* WelcomePage::addRow(QVBoxLayout* column, const QString& icon, const QString& title, const QString& detail)
{
    auto* row = new StartRow(icon, title, detail);
    row->setTheme(theme_);
    column->addWidget(row);
    return row;
}

void WelcomePage::refresh()
{
    for (auto* rows : {&sampleRows_, &recentRows_}) {
        for (StartRow* row : *rows) {
            row->hide();
            row->deleteLater(); // it may be in the middle of a click
        }
        rows->clear();
    }
    for (const Sample& sample : content_.samples) {
        StartRow* row = addRow(samples_, QStringLiteral("gateway"), sample.title, sample.text);
        connect(row, &StartRow::clicked, this, [this, path = sample.path] { emit pathClicked(path); });
        sampleRows_.push_back(row);
    }
    for (const QString& path : paths_) {
        const QFileInfo info(path); // the name alone; whether it is there is not asked
        StartRow* row = addRow(recent_, QStringLiteral("recent"), info.fileName(), info.path());
        connect(row, &StartRow::clicked, this, [this, path] { emit pathClicked(path); });
        recentRows_.push_back(row);
    }
    samplesBox_->setVisible(!content_.samples.empty());
    recentNone_->setVisible(paths_.isEmpty());
    documentation_->setVisible(!content_.documentation.isEmpty());
}

} // namespace gatehouse::ui
