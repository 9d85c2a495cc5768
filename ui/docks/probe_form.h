#pragma once

#include "ui/document/probe_answer.h"
#include "ui/theme.h"

#include <QPointer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QCompleter;
class QHBoxLayout;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;
class QStandardItemModel;
class QToolButton;

namespace gatehouse::ui {

/// The fields that a request is composed in; which of them there are depends on the protocol. The box of Gateways is
/// made here and put where the dock has room. Thread: UI.
class ProbeForm final : public QWidget {
    Q_OBJECT
public:
    explicit ProbeForm(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void addBesideTarget(QWidget* widget);         ///< the buttons that ask and send
    void setGateways(const QStringList& gateways); ///< "namespace/name", to choose from
    void setRequest(const ProbeRequest& request);
    /// What the fields say. `fault` is why they say nothing; "" when they do.
    [[nodiscard]] ProbeRequest request(QString* fault = nullptr) const;
    /// The target alone, for questions about it: no call has to be said.
    [[nodiscard]] ProbeRequest target(QString* fault = nullptr) const;
    /// Offers the methods of the target while a call is typed, and those at once if the cursor is there.
    void setMethods(const std::vector<ProbeMethod>& methods);

    [[nodiscard]] QComboBox* kindBox() const { return kind_; }
    [[nodiscard]] QComboBox* methodBox() const { return method_; }
    [[nodiscard]] QComboBox* versionBox() const { return version_; }
    [[nodiscard]] QComboBox* trustBox() const { return trust_; }
    [[nodiscard]] QLineEdit* targetLine() const { return target_; }
    [[nodiscard]] QLineEdit* callLine() const { return call_; }
    [[nodiscard]] QLineEdit* protoLine() const { return proto_; }
    [[nodiscard]] QToolButton* methodsButton() const { return methods_; }
    [[nodiscard]] QPlainTextEdit* headersEdit() const { return headers_; }
    [[nodiscard]] QPlainTextEdit* bodyEdit() const { return body_; }
    [[nodiscard]] QCheckBox* hexBox() const { return hex_; }
    [[nodiscard]] QSpinBox* timeoutBox() const { return timeout_; }

signals:
    void submitted();     ///< Return was pressed in a line
    void sendSubmitted(); ///< Ctrl+Return was pressed in any field
    void methodsWanted(); ///< of the target
    void changed();       ///< some field

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void makeFields();
    void makeLayout();
    void fitToKind();
    void fitBodyText(ProbeKind kind);
    void chooseProto();
    void startWithTemplate(const QString& method);
    [[nodiscard]] ProbeKind kindNow() const;

    QComboBox *kind_, *method_, *gateway_, *version_, *trust_;
    QLineEdit *target_, *call_, *proto_;
    QToolButton *methods_, *browse_;
    QPointer<QWidget> askedFrom_; ///< what had the keyboard when the methods were asked for
    QPlainTextEdit *headers_, *body_;
    QCheckBox* hex_;
    QSpinBox* timeout_;
    QHBoxLayout* lines_;
    QCompleter* completer_;
    QStandardItemModel* offered_;
    std::vector<ProbeMethod> known_;
};

} // namespace gatehouse::ui
