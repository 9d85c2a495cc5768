#pragma once

#include "ui/document/start_content.h"
#include "ui/theme.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace gatehouse::ui {

class StartRow;

/// What the window shows before anything is open: what to open, samples, what was open lately, where to read on.
class WelcomePage final : public QWidget {
    Q_OBJECT
public:
    explicit WelcomePage(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setRecent(const QStringList& paths);
    void setContent(const StartContent& content);
    [[nodiscard]] QPushButton* folderButton() const { return folder_; }
    [[nodiscard]] const std::vector<StartRow*>& sampleRows() const { return sampleRows_; }
    [[nodiscard]] const std::vector<StartRow*>& recentRows() const { return recentRows_; }

signals:
    void openFilesClicked();
    void openFolderClicked();
    void openClusterClicked();
    void pathClicked(const QString& path); ///< a sample, or something recent
    void shortcutsClicked();
    void documentationClicked(const QString& file);

private:
    QWidget* makeHead();
    QWidget* makeButtons();
    QWidget* makeColumns();
    QWidget* makeFoot();
    void refresh();
    StartRow* addRow(QVBoxLayout* column, const QString& icon, const QString& title, const QString& detail);

    QLabel *picture_, *title_, *text_;
    QPushButton *folder_, *files_, *cluster_, *shortcuts_, *documentation_;
    QLabel *recentNone_, *hint_;
    QWidget* samplesBox_;
    QVBoxLayout *samples_, *recent_;
    std::vector<StartRow*> sampleRows_, recentRows_;
    Theme theme_ = Theme::light();
    StartContent content_;
    QStringList paths_;
};

} // namespace gatehouse::ui
