#pragma once

#include <QDialog>

class QComboBox;
class QLabel;
class QPushButton;

namespace gatehouse::ui {

/// Which cluster to read: the contexts of the user's kubeconfig, as kubectl tells them. It opens before they are known.
/// Thread: UI.
class ClusterDialog final : public QDialog {
    Q_OBJECT
public:
    explicit ClusterDialog(QWidget* parent = nullptr);

    /// `fault`: why there are none; "" else.
    void setContexts(const QStringList& contexts, const QString& current, const QString& fault);
    [[nodiscard]] QString context() const;
    [[nodiscard]] QComboBox* box() const { return box_; }
    [[nodiscard]] QPushButton* openButton() const { return open_; }

private:
    QComboBox* box_;
    QLabel* words_;
    QPushButton* open_;
};

} // namespace gatehouse::ui
