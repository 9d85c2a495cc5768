#pragma once

#include "ui/document/libraries.h"
#include "ui/theme.h"

#include <QDialog>

namespace gatehouse::ui {

/// The program's version and licence, and those of the libraries that it is made with. Thread: UI.
class AboutDialog final : public QDialog {
    Q_OBJECT
public:
    AboutDialog(const std::vector<LibraryNote>& libraries, const Theme& theme, QWidget* parent = nullptr);
    /// Versions as a text, for a report.
    [[nodiscard]] QString versions() const;

private:
    const std::vector<LibraryNote> libraries_;
};

} // namespace gatehouse::ui
