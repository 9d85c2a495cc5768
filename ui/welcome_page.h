#pragma once

#include "ui/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace gatehouse::ui {

/// What the window shows before anything is open.
class WelcomePage final : public QWidget {
    Q_OBJECT
public:
    explicit WelcomePage(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setRecent(const QStringList& paths);

signals:
    void openFilesClicked();
    void openFolderClicked();
    void recentClicked(const QString& path);

private:
    QLabel* picture_;
    QPushButton *files_, *folder_;
    QLabel* recentTitle_;
    QVBoxLayout* recent_;
    Theme theme_ = Theme::light();
    QStringList paths_;
};

} // namespace gatehouse::ui
