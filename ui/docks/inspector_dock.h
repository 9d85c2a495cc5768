#pragma once

#include "ui/docks/dock.h"
#include "ui/inspector/inspector.h"

namespace gatehouse::ui {

/// The Inspector as a dock.
class InspectorDock final : public Dock {
    Q_OBJECT
public:
    explicit InspectorDock(QWidget* parent = nullptr);
    void setTheme(const Theme& theme) override { inspector_->setTheme(theme); }
    [[nodiscard]] Inspector& inspector() { return *inspector_; }

private:
    Inspector* inspector_;
};

} // namespace gatehouse::ui
