#pragma once

#include "importers/kube_api/printer_columns.h"
#include "model/base/value.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::importers {

// Cells of the built-in kinds. Objects may be of any shape: what is missing is told as kubectl tells it.

/// The text at a path (firstAtPath); `otherwise` when there is none or it is empty.
std::string textAt(const model::Value& object, std::string_view path, std::string_view otherwise = {});
std::int64_t integerAt(const model::Value& object, std::string_view path, std::int64_t otherwise = 0);
/// Items of a list; none when there is no such list.
const model::Value::Array& listAt(const model::Value& object, std::string_view path);
/// How many members an object has.
std::int64_t sizeAt(const model::Value& object, std::string_view path);

std::string joined(const std::vector<std::string>& all, std::string_view separator = ",");
/// The first three and how many more there are; `none` when there is nothing.
std::string firstThree(const std::vector<std::string>& all, std::string_view none);
/// "a=b,c=d", or "<none>".
std::string labelText(const model::Value* labels);

/// Pod, Deployment, ReplicaSet and Node: table_workloads.cpp.
std::vector<TableColumn> podColumns();
std::vector<TableColumn> deploymentColumns();
std::vector<TableColumn> replicaSetColumns();
std::vector<TableColumn> nodeColumns();
/// Service, Endpoints and EndpointSlice: table_services.cpp.
std::vector<TableColumn> serviceColumns();
std::vector<TableColumn> endpointsColumns();
std::vector<TableColumn> endpointSliceColumns();
/// Event: table_events.cpp.
std::vector<TableColumn> eventColumns();

/// AGE, which nearly every kind has.
TableColumn ageColumn();

} // namespace gatehouse::importers
