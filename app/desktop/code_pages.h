#pragma once

#include "ui/document/code_page.h"

namespace gatehouse::desktop {

/// The page of a code, from the tables of `gatehouse check --explain`. Errors: none; a code that is none of ours is not
/// `known`. Thread: any.
ui::CodePage codePage(const QString& code);

} // namespace gatehouse::desktop
