#pragma once

#include "ui/docks/dock.h"
#include "ui/inspector/inspector.h"

class QLabel;

namespace gatehouse::ui {

/// The Inspector as a dock.
class InspectorDock final : public Dock {
    Q_OBJECT
public:
    explicit InspectorDock(QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override;
    /// Live traffic of the selected object, in words; "" hides the line.
    void setLive(const QString& text);
    [[nodiscard]] QString liveText() const;
    [[nodiscard]] Inspector& inspector() { return *inspector_; }

private:
    Inspector* inspector_;
    QWidget* live_; ///< the line of live traffic
    QLabel *liveIcon_, *liveText_;
};

} // namespace gatehouse::ui
