#pragma once

#include "importers/kube_api/api_kinds.h"
#include "model/base/value.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::importers {

/// A column as a CustomResourceDefinition declares it (additionalPrinterColumns).
struct PrinterColumn {
    std::string_view name, type, jsonPath;
    int priority = 0; ///< above 0: shown by `-o wide` alone
};
/// The columns of a kind of the Gateway API, those of its definition v1.6.1; empty for other kinds.
std::vector<PrinterColumn> customColumns(const ApiKind& kind);

/// One column of a Table behind the name. `cell` gives a text or an integer; null is shown as nothing.
struct TableColumn {
    using Clock = std::chrono::system_clock;
    std::string_view name, type;
    int priority = 0;
    model::Value (*cell)(const model::Value& object, Clock::time_point now) = nullptr;
};
/// The columns by which kubectl knows a kind that is built in. Kinds without any of their own show their age.
const std::vector<TableColumn>& builtInColumns(const ApiKind& kind);

/// The first value to which a path of a printer column leads: ".a.b", "[*]" and [?(@.name=="text")]; null for none.
/// Lifetime: of `object`.
const model::Value* firstAtPath(const model::Value& object, std::string_view jsonPath);

/// How long ago `timestamp` (RFC 3339) was, as kubectl prints it ("42s", "5m30s", "3d4h"): at most two units, the
/// second one only where it tells something. "<unknown>" without a timestamp, "<invalid>" for one in the future.
std::string ageOf(const model::Value* timestamp, std::chrono::system_clock::time_point now);

} // namespace gatehouse::importers
