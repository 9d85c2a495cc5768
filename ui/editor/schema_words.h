#pragma once

#include "ui/editor/schema_place.h"

#include <QString>

namespace gatehouse::ui {

/// "text", "a whole number from 1 to 65535", "one of Exact, PathPrefix", "a list of objects".
QString typeWords(const model::SchemaNode& node);
/// What the schema says of the field at a place, as rich text: path, type, default, limits, what it is for. Empty where
/// it says nothing.
QString fieldHelp(const SchemaPlace& place);
/// The same in one line of plain text, without the path.
QString fieldLine(const model::SchemaField& field);

} // namespace gatehouse::ui
