#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace gatehouse::ui {

/// Asks what a test is called and which file it is added to. Thread: UI.
class SaveTestDialog final : public QDialog {
    Q_OBJECT
public:
    SaveTestDialog(const QString& name, const QString& file, QWidget* parent);

    [[nodiscard]] QLineEdit* nameLine() const { return name_; }
    [[nodiscard]] QLineEdit* fileLine() const { return file_; }

signals:
    void chosen(const QString& name, const QString& file);

private:
    void browse();
    void check();

    QLineEdit *name_, *file_;
    QPushButton* save_;
};

} // namespace gatehouse::ui
