#pragma once

#include "model/base/object_key.h"
#include "model/base/source_location.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::model {

enum class Severity : std::uint8_t { Error, Warning, Info };

std::string_view toString(Severity severity);

/// One problem of the input, for a person: data, collected and never thrown. All problems of an input are reported at
/// once. Codes are stable ("GH1003"); importers use GH1xxx, resolve and lint GH2xxx, configuration GH3xxx, engine
/// GH4xxx.
struct Diagnostic {
    Severity severity = Severity::Error;
    std::string code;
    std::string message;             ///< what is wrong, lower case, without a full stop
    std::string expected;            ///< what was expected; "" when the message says it
    std::string remedy;              ///< how to mend it; "" when nothing can be advised
    SourceLocation location;         ///< where; may be unknown
    std::string fieldPath;           ///< Kubernetes' own: spec.rules[0].matches[1].path.value; "" for a whole object
    std::optional<ObjectKey> object; ///< whose; empty for a whole file
};

/// The one-line form of the contract: `FILE:LINE:COL: error CODE Kind ns/name field.path: message; expected ..;
/// remedy`; printable().
std::string toString(const Diagnostic& diagnostic);

/// True when any has Severity::Error.
bool hasErrors(const std::vector<Diagnostic>& diagnostics);

} // namespace gatehouse::model
