#pragma once

#include "ui/document/probe.h"
#include "ui/theme.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QPlainTextEdit;

namespace gatehouse::ui {

/// The fields that a request is composed in; which of them there are depends on the protocol. The box of Gateways is
/// made here and put where the dock has room. Thread: UI.
class ProbeForm final : public QWidget {
    Q_OBJECT
public:
    explicit ProbeForm(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void addBesideTarget(QWidget* widget);         ///< the button that asks
    void setGateways(const QStringList& gateways); ///< "namespace/name", to choose from
    void setRequest(const ProbeRequest& request);
    /// What the fields say. `fault` is why they say nothing; "" when they do.
    [[nodiscard]] ProbeRequest request(QString* fault = nullptr) const;

    [[nodiscard]] QComboBox* kindBox() const { return kind_; }
    [[nodiscard]] QComboBox* methodBox() const { return method_; }
    [[nodiscard]] QComboBox* gatewayBox() const { return gateway_; }
    [[nodiscard]] QLineEdit* targetLine() const { return target_; }
    [[nodiscard]] QLineEdit* callLine() const { return call_; }
    [[nodiscard]] QPlainTextEdit* headersEdit() const { return headers_; }

signals:
    void submitted(); ///< Return was pressed in a line

private:
    void fitToKind();

    QComboBox *kind_, *method_, *gateway_;
    QLineEdit *target_, *call_;
    QPlainTextEdit* headers_;
    QHBoxLayout* lines_;
};

} // namespace gatehouse::ui
