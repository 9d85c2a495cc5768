#include "ui/docks/editor_dock.h"

#include "ui/editor/code_completion.h"
#include "ui/editor/code_view.h"
#include "ui/editor/editor_page.h"
#include "ui/editor/find_bar.h"
#include "ui/editor/notice.h"
#include "ui/editor/schema_words.h"
#include "ui/icons.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

using namespace std::chrono_literals;

namespace {

/// What is typed goes out when it rests for so long: short enough to be "as you type", long enough that a word is one
/// change.
constexpr auto typingRests = 180ms;
constexpr auto cursorRests = 40ms;

} // namespace

EditorDock::EditorDock(QWidget* parent)
    : Dock(tr("Editor"), QStringLiteral("editor"), Header::None, parent), pages_(new QStackedWidget),
      tabs_(new QTabWidget), empty_(new QLabel), info_(new QLabel), findBar_(new FindBar)
{
    tabs_->setDocumentMode(true);
    tabs_->setMovable(true);
    tabs_->setElideMode(Qt::ElideMiddle);
    tabs_->setAccessibleName(tr("Open files"));
    empty_->setObjectName(QStringLiteral("muted"));
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setMargin(28);
    empty_->setText(tr("Select an object and press F4 to edit the file that defines it."));
    info_->setObjectName(QStringLiteral("editorInfo"));
    info_->setTextFormat(Qt::PlainText);
    info_->setWordWrap(true);
    info_->setMargin(8);
    info_->setAccessibleName(tr("The field at the cursor"));
    info_->hide();

    auto* body = new QWidget;
    body->setObjectName(QStringLiteral("dockBody"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    pages_->addWidget(empty_);
    pages_->addWidget(tabs_);
    column->addWidget(pages_, 1);
    column->addWidget(findBar_);
    column->addWidget(info_);
    setWidget(body);

    for (QTimer* timer : {&unsavedTimer_, &infoTimer_})
        timer->setSingleShot(true);
    connect(&unsavedTimer_, &QTimer::timeout, this, &EditorDock::tellUnsaved);
    connect(&infoTimer_, &QTimer::timeout, this, &EditorDock::showInfo);
    connect(tabs_, &QTabWidget::currentChanged, this, [this] {
        findBar_->setView(page() ? &page()->view() : nullptr);
        showInfo();
        emit stateChanged();
    });
}

EditorDock::~EditorDock()
{
    tabs_->disconnect(this); // it tells of its end
}

void EditorDock::setTheme(const Theme& theme)
{
    theme_ = theme;
    findBar_->setTheme(theme);
    for (EditorPage* page : pages())
        page->setTheme(theme);
    showTabs();
}

std::vector<EditorPage*> EditorDock::pages() const
{
    std::vector<EditorPage*> all;
    for (int i = 0; i < tabs_->count(); ++i)
        all.push_back(static_cast<EditorPage*>(tabs_->widget(i)));
    return all;
}

EditorPage* EditorDock::page() const
{
    return static_cast<EditorPage*>(tabs_->currentWidget());
}

EditorPage* EditorDock::page(const QString& file) const
{
    for (EditorPage* page : pages())
        if (page->file() == file)
            return page;
    return nullptr;
}

QStringList EditorDock::openFiles() const
{
    QStringList files;
    for (const EditorPage* page : pages())
        files << page->file();
    return files;
}

QStringList EditorDock::unsavedFiles() const
{
    QStringList files;
    for (const EditorPage* page : pages())
        if (page->unsaved())
            files << page->file();
    return files;
}

void EditorDock::open(const QString& file, int line, int column)
{
    EditorPage* page = this->page(file);
    const bool isNew = !page;
    if (isNew)
        page = addPage(file);
    tabs_->setCurrentWidget(page);
    if (line > 0)
        page->goTo(line, column);
    bringToFront();
    page->view().setFocus();
    if (isNew)
        emit fileRequested(file);
}

EditorPage* EditorDock::addPage(const QString& file)
{
    auto* page = new EditorPage(file);
    page->setTheme(theme_);
    page->completion().setTopology(topology_);
    connect(page, &EditorPage::unsavedChanged, this, [this] {
        showTabs();
        unsavedTimer_.start(typingRests);
        emit stateChanged();
    });
    connect(page, &EditorPage::edited, this, [this] {
        unsavedTimer_.start(typingRests);
        infoTimer_.start(cursorRests);
    });
    connect(page, &EditorPage::saveRequested, this, &EditorDock::saveRequested);
    connect(page, &EditorPage::saveEnded, this, &EditorDock::pageSaved);
    connect(page, &EditorPage::keptTextDropped, this, [this, file] { emit keptTextDropped(file); });
    connect(
        page, &EditorPage::closeWanted, this, [this, page] { requestClose(page); }, Qt::QueuedConnection);
    connect(&page->view(), &QsciScintilla::cursorPositionChanged, this, [this] { infoTimer_.start(cursorRests); });
    connect(&page->completion(), &CodeCompletion::helpChanged, this, [this](const QString& help) {
        if (help.isEmpty())
            infoTimer_.start(cursorRests);
        else
            info_->setText(help);
    });
    const int index = tabs_->addTab(page, QFileInfo(file).fileName());
    auto* close = new QToolButton; // the style's own has the colours of no theme
    close->setObjectName(QStringLiteral("tabClose"));
    close->setToolTip(tr("Close the file"));
    close->setAccessibleName(tr("Close %1").arg(file));
    close->setFocusPolicy(Qt::NoFocus);
    close->setIconSize(QSize(12, 12));
    connect(close, &QToolButton::clicked, page, [this, page] { requestClose(page); });
    tabs_->tabBar()->setTabButton(index, QTabBar::RightSide, close);
    pages_->setCurrentWidget(tabs_);
    showTabs();
    return page;
}

/// The tabs' texts: file names, with the folder where two are alike, and a dot for what is not saved.
void EditorDock::showTabs()
{
    for (EditorPage* page : pages()) {
        const int index = tabs_->indexOf(page);
        static_cast<QToolButton*>(tabs_->tabBar()->tabButton(index, QTabBar::RightSide))
            ->setIcon(icon(QStringLiteral("clear"), theme_.muted));
        const QFileInfo info(page->file());
        QString name = info.fileName();
        for (const EditorPage* other : pages())
            if (other != page && QFileInfo(other->file()).fileName() == info.fileName()) {
                name = info.dir().dirName() + QLatin1Char('/') + info.fileName();
                break;
            }
        tabs_->setTabText(index, page->unsaved() ? name + QStringLiteral(" \u25CF") : name);
        tabs_->setTabToolTip(index, page->unsaved() ? tr("%1 (not saved)").arg(page->file()) : page->file());
    }
    const auto unsaved = unsavedFiles().size();
    setWindowTitle(unsaved == 0 ? tr("Editor") : tr("Editor (%1 unsaved)").arg(unsaved));
}

void EditorDock::setFile(const QString& file, const FileText& disk, const std::optional<KeptText>& kept)
{
    if (EditorPage* page = this->page(file); page && !page->loaded()) {
        page->open(disk, kept);
        showMarks(*page);
        showInfo();
        emit stateChanged();
    }
}

void EditorDock::setDisk(const QString& file, const FileText& disk)
{
    if (EditorPage* page = this->page(file))
        page->setDisk(disk);
}

void EditorDock::setSaved(const QString& file, const SaveResult& result)
{
    if (EditorPage* page = this->page(file))
        page->setSaved(result);
}

void EditorDock::setProblems(const std::vector<Problem>& problems)
{
    problems_ = problems;
    for (EditorPage* page : pages())
        showMarks(*page);
}

void EditorDock::showMarks(EditorPage& page)
{
    if (!page.loaded())
        return;
    std::vector<CodeMark> marks;
    for (const Problem& problem : problems_) {
        if (!problem.location.known() || !problem.location.position.known() ||
            QString::fromStdString(*problem.location.file) != page.file())
            continue;
        marks.push_back({static_cast<int>(problem.location.position.line),
                         static_cast<int>(problem.location.position.column), problem.severity,
                         problem.remedy.isEmpty() ? problem.text : problem.text + QLatin1Char('\n') + problem.remedy});
    }
    page.view().setMarks(std::move(marks));
}

void EditorDock::setTopology(std::shared_ptr<const model::Topology> topology)
{
    topology_ = std::move(topology);
    for (EditorPage* page : pages())
        page->completion().setTopology(topology_);
}

void EditorDock::showInfo()
{
    const EditorPage* page = this->page();
    QString text;
    if (page && page->loaded()) {
        const SchemaPlace place = page->view().placeAtCursor();
        text = QString::fromStdString(place.path);
        if (place.kind)
            text = QString::fromStdString(place.objectKind) + QLatin1Char(' ') + text;
        if (place.field)
            text += QStringLiteral(" \u2014 ") + fieldLine(*place.field);
    }
    info_->setText(text);
    info_->setVisible(page != nullptr);
}

QString EditorDock::infoText() const
{
    return info_->text();
}

void EditorDock::tellUnsaved()
{
    UnsavedTexts texts;
    for (EditorPage* page : pages())
        if (auto text = page->unsavedText())
            texts[page->file()] = *std::move(text);
    const bool same =
        std::equal(texts.begin(), texts.end(), told_.begin(), told_.end(), [](const auto& a, const auto& b) {
            return a.first == b.first && a.second.text == b.second.text && a.second.base == b.second.base;
        });
    if (same)
        return;
    told_ = texts;
    emit unsavedTextsChanged(texts);
    emit stateChanged();
}

void EditorDock::save()
{
    if (EditorPage* page = this->page(); page && page->unsaved())
        page->save();
}

void EditorDock::saveFiles(const QStringList& files)
{
    allSaved_ = true;
    saving_ = 0;
    for (const QString& file : files)
        saving_ += page(file) ? 1 : 0;
    if (saving_ == 0)
        emit saveEnded(true);
    for (const QString& file : files)
        if (EditorPage* page = this->page(file))
            page->save();
}

void EditorDock::pageSaved(bool saved)
{
    // At once, not when typing rests: what is saved is no draft any more.
    tellUnsaved();
    if (saving_ == 0)
        return;
    allSaved_ = allSaved_ && saved;
    if (--saving_ == 0)
        emit saveEnded(allSaved_);
}

void EditorDock::revert()
{
    if (const EditorPage* page = this->page())
        revertFiles({page->file()});
}

void EditorDock::revertFiles(const QStringList& files)
{
    for (const QString& file : files)
        if (EditorPage* page = this->page(file))
            page->revert();
    tellUnsaved();
}

void EditorDock::giveUp(const QString& file)
{
    if (EditorPage* page = this->page(file))
        removePage(page);
}

void EditorDock::requestClose(EditorPage* page)
{
    if (page->unsaved())
        emit closeWanted(page->file());
    else
        removePage(page);
}

void EditorDock::closeFile()
{
    if (EditorPage* page = this->page())
        requestClose(page);
}

void EditorDock::removePage(EditorPage* page)
{
    const QString file = page->file();
    tabs_->removeTab(tabs_->indexOf(page));
    page->disconnect(this);
    page->view().disconnect(this);
    page->completion().disconnect(this);
    page->hide();
    page->deleteLater();
    if (tabs_->count() == 0) {
        findBar_->hide();
        pages_->setCurrentWidget(empty_);
    }
    showTabs();
    showInfo();
    emit fileClosed(file);
    tellUnsaved();
    emit stateChanged();
}

void EditorDock::closeAll()
{
    for (EditorPage* page : pages())
        removePage(page);
}

void EditorDock::undo()
{
    if (EditorPage* page = this->page())
        page->view().undo();
}

void EditorDock::redo()
{
    if (EditorPage* page = this->page())
        page->view().redo();
}

void EditorDock::find(bool replacing)
{
    if (page())
        findBar_->start(replacing);
}

void EditorDock::toggleComment()
{
    if (EditorPage* page = this->page(); page && page->loaded() && !page->view().isReadOnly())
        page->view().toggleComment();
}

void EditorDock::complete()
{
    if (EditorPage* page = this->page(); page && page->loaded())
        page->completion().offer(true);
}

void EditorDock::goToNextProblem()
{
    if (EditorPage* page = this->page())
        page->view().goToNextMark();
}

} // namespace gatehouse::ui
