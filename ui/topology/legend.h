#pragma once

#include "ui/theme.h"

#include <QFrame>

namespace gatehouse::ui {

/// What the lines of the canvas mean.
class Legend final : public QFrame {
    Q_OBJECT
public:
    explicit Legend(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setMarked(bool on); ///< whether it says what the marks of a comparison or a draft mean
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme theme_ = Theme::light();
    bool marked_ = false;
};

} // namespace gatehouse::ui
