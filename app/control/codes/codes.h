#pragma once

#include "model/base/diagnostic.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::control {

/// What an example of a code is: manifests, a gatehouse.yaml, or words where no file can show it.
enum class ExampleKind : std::uint8_t { Manifests, Settings, Words };

/// One code that problems carry, for `check --list` and `check --explain`. The examples are run by a test: the wrong
/// one gives exactly this code, the right one does not.
struct CodeInfo {
    std::string code;
    model::Severity severity = model::Severity::Error; ///< unless the user changes it
    std::string title;                                 ///< one line, lower case, no full stop
    std::string meaning;                               ///< what it is and why it matters, in sentences
    ExampleKind kind = ExampleKind::Manifests;
    std::string wrong, right; ///< text of YAML, or words; they refer to the Gateway `gw` and Services `web` and `api`
};

/// All codes in order. Lifetime: the program's. Thread: any.
const std::vector<CodeInfo>& allCodes();
/// The one of that name; null when there is none.
const CodeInfo* findCode(std::string_view code);
/// An error of the input or the configuration, which keeps it from being used: neither severity nor suppression.
bool isFixed(const CodeInfo& info);
/// "'GH9' is no code; did you mean 'GH2101'?", for people.
std::string unknownCode(const std::string& code);
/// How a code is silenced, in sentences; what cannot be silenced says so.
std::string suppressionHelp(const CodeInfo& info);

} // namespace gatehouse::control
