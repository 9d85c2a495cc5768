#pragma once

#include "ui/document/preferences.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;

namespace gatehouse::ui {

/// What may be chosen once and for all. Each choice is told at once; there is nothing to confirm. Thread: UI.
class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    explicit SettingsDialog(const Preferences& now, QWidget* parent = nullptr);

    [[nodiscard]] const Preferences& preferences() const { return now_; }
    void setPreferences(const Preferences& now); ///< they were changed elsewhere

signals:
    void changed(const gatehouse::ui::Preferences& preferences);

private:
    QWidget* makeLooks();
    QWidget* makeCanvas();
    QWidget* makeFiles();
    QCheckBox* check(const QString& name, const QString& text, bool Preferences::*member);
    void tell();
    void resetAll();
    void showNow();

    Preferences now_;
    const QString startedLanguage_;
    QComboBox *theme_, *language_, *direction_;
    QDoubleSpinBox* fontSize_;
    QLabel* restart_;
    std::vector<std::pair<QCheckBox*, bool Preferences::*>> checks_;
    bool showing_ = false;
};

} // namespace gatehouse::ui
