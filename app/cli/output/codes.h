#pragma once

#include "app/cli/output/style.h"
#include "app/control/codes/codes.h"
#include "model/base/value.h"

#include <ostream>
#include <string>

namespace gatehouse::cli {

/// Every code with its default severity and title, as a table.
void printCodes(std::ostream& out, const Style& style);

/// What a code means and why, it wrong and right, and how to silence it.
std::string explainCode(const control::CodeInfo& info, const Style& style);

/// One code for programs: code, severity, title, meaning, suppressible, and its example.
model::Value codeToValue(const control::CodeInfo& info);

} // namespace gatehouse::cli
