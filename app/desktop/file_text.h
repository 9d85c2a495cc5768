#pragma once

#include "ui/document/edited_file.h"

#include <string>

namespace gatehouse::desktop {

/// A file's text, with its line ends as they are and without a byte order mark. What is no UTF-8 text, or too large for
/// the importer, is a fault. Thread: any but the UI thread.
ui::FileText readFileText(const QString& file);

/// Replaces a file whole, with the permissions and the byte order mark that it had; a symbolic link stays one. Thread:
/// any but the UI thread.
ui::SaveResult saveFileText(const ui::SaveRequest& request);

/// As the importer takes it.
std::string toBytes(const QString& text);

} // namespace gatehouse::desktop
