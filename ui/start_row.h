#pragma once

#include "ui/theme.h"

#include <QAbstractButton>

namespace gatehouse::ui {

/// A line of the start page that opens something: an icon, a title, and what it is below. Thread: UI.
class StartRow final : public QAbstractButton {
    Q_OBJECT
public:
    /// `icon` is a name of ui/icons.h.
    StartRow(const QString& icon, const QString& title, const QString& detail, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override; ///< Return opens, as Space does
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    const QString icon_, detail_;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
