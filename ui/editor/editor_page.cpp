#include "ui/editor/editor_page.h"

#include "ui/editor/code_completion.h"
#include "ui/editor/code_view.h"
#include "ui/editor/notice.h"

#include <QLocale>
#include <QVBoxLayout>

namespace gatehouse::ui {

EditorPage::EditorPage(const QString& file, QWidget* parent)
    : QWidget(parent), file_(file), notice_(new Notice(Notice::Tone::Warning)), view_(new CodeView),
      completion_(new CodeCompletion(view_))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(notice_);
    column->addWidget(view_, 1);
    setFocusProxy(view_);
    view_->setReadOnly(true);
    connect(view_, &QsciScintilla::modificationChanged, this, &EditorPage::unsavedChanged);
    connect(view_, &QsciScintilla::textChanged, this, &EditorPage::edited);
}

void EditorPage::setTheme(const Theme& theme)
{
    notice_->setTheme(theme);
    view_->setTheme(theme);
    completion_->setTheme(theme);
}

bool EditorPage::unsaved() const
{
    return loaded_ && view_->isModified();
}

std::optional<UnsavedText> EditorPage::unsavedText()
{
    if (!unsaved())
        return std::nullopt;
    QString text = view_->text();
    if (text == disk_.text && !disk_.version.isEmpty()) { // typed, and taken back by hand
        view_->setModified(false);
        return std::nullopt;
    }
    return UnsavedText{std::move(text), disk_.version};
}

void EditorPage::open(const FileText& disk, const std::optional<KeptText>& kept)
{
    if (!disk.fault.isEmpty()) {
        notice_->tell(disk.fault, {{tr("Close"), [this] { emit closeWanted(); }}});
        return;
    }
    disk_ = disk;
    view_->load(disk.text);
    view_->setReadOnly(disk.readOnly);
    loaded_ = true;
    if (disk.readOnly)
        showPermission();
    if (kept && kept->text != disk.text)
        offerKept(*kept);
    if (wanted_)
        view_->goTo(wanted_->y(), wanted_->x());
    wanted_.reset();
}

/// It may have been changed while the text stayed the same.
void EditorPage::showPermission()
{
    view_->setReadOnly(disk_.readOnly);
    const QString refusal = tr("This file may not be written.");
    if (disk_.readOnly)
        notice_->tell(refusal, {});
    else if (notice_->text() == refusal)
        notice_->hide();
}

void EditorPage::goTo(int line, int column)
{
    if (loaded_)
        view_->goTo(line, column);
    else
        wanted_ = QPoint(column, line);
}

void EditorPage::offerKept(const KeptText& kept)
{
    const QString when = QLocale().toString(kept.keptAt, QLocale::ShortFormat);
    const QString text = kept.otherBase ? tr("Unsaved text of %1 was kept. The file has been changed since.").arg(when)
                                        : tr("Unsaved text of %1 was kept.").arg(when);
    notice_->tell(text, {{tr("Restore"),
                          [this, text = kept.text] {
                              notice_->hide();
                              view_->replaceText(text);
                              view_->setFocus();
                          }},
                         {tr("Discard"), [this] {
                              notice_->hide();
                              emit keptTextDropped();
                              view_->setFocus();
                          }}});
}

void EditorPage::take(const FileText& disk)
{
    notice_->hide();
    disk_ = disk;
    view_->setReadOnly(false); // or nothing could be replaced
    view_->replaceText(disk.text);
    view_->setModified(false);
    view_->setReadOnly(disk.readOnly);
}

void EditorPage::setDisk(const FileText& disk)
{
    if (!loaded_)
        return;
    if (disk.version == disk_.version) {
        if (disk.readOnly != std::exchange(disk_.readOnly, disk.readOnly))
            showPermission();
        return;
    }
    if (disk.version.isEmpty())
        tellGone();
    else if (!disk.fault.isEmpty())
        notice_->tell(disk.fault, {});
    else if (!unsaved() || disk.text == view_->text())
        take(disk);
    else
        askAboutDisk(disk, false);
}

void EditorPage::tellGone()
{
    disk_.version.clear();
    notice_->tell(tr("The file is no longer there."),
                  {{tr("Save It Again"), [this] { save(true); }}, {tr("Close"), [this] { emit closeWanted(); }}});
}

void EditorPage::askAboutDisk(const FileText& disk, bool saving)
{
    notice_->tell(saving ? tr("Not saved: the file was changed elsewhere since you began to edit it.")
                         : tr("The file was changed elsewhere while you were editing it."),
                  {{tr("Take Theirs"), [this, disk] { take(disk); }},
                   {saving ? tr("Overwrite with Mine") : tr("Keep Mine"), [this, disk, saving] {
                        notice_->hide();
                        disk_ = disk; // what was decided about is not asked again
                        emit edited();
                        if (saving)
                            save();
                    }}});
}

void EditorPage::save(bool overwrite)
{
    if (!loaded_)
        return;
    if (saving_) {
        again_ = true; // what was typed since is not in what is being written
        return;
    }
    saving_ = view_->text();
    emit saveRequested({file_, *saving_, disk_.version, overwrite});
}

void EditorPage::setSaved(const SaveResult& result)
{
    const std::optional<QString> written = std::exchange(saving_, std::nullopt);
    if (!written)
        return;
    const bool saved = !result.changedElsewhere && result.fault.isEmpty();
    const bool again = std::exchange(again_, false) && saved;
    if (result.changedElsewhere) {
        if (result.disk.version.isEmpty())
            tellGone();
        else if (!result.disk.fault.isEmpty()) // nothing of theirs could be taken
            notice_->tell(tr("Not saved: the file was changed elsewhere. %1").arg(result.disk.fault),
                          {{tr("Overwrite with Mine"), [this] { save(true); }}});
        else
            askAboutDisk(result.disk, true);
    } else if (!saved) {
        notice_->tell(tr("Not saved: %1").arg(result.fault), {{tr("Try Again"), [this] { save(); }}});
    } else {
        notice_->hide();
        disk_ = result.disk;
        if (view_->text() == *written) // else it was typed on meanwhile
            view_->setModified(false);
        emit edited();
    }
    if (again && unsaved())
        save();
    else
        emit saveEnded(saved);
}

void EditorPage::revert()
{
    if (!loaded_)
        return;
    notice_->hide();
    view_->replaceText(disk_.text);
    view_->setModified(false);
}

} // namespace gatehouse::ui
