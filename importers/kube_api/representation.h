#pragma once

#include "importers/kube_api/object_store.h"
#include "importers/kube_api/status_error.h"

#include <chrono>
#include <optional>
#include <string>

namespace gatehouse::importers {

/// The form in which a client wants objects, by its Accept header.
struct AnswerForm {
    enum class Shape : std::uint8_t { Whole, Table, PartialMetadata } shape = Shape::Whole;
    bool yaml = false;
    std::string includeObject = "Metadata"; ///< of Tables
};

/// nullopt: nothing that is asked for can be served (406).
std::optional<AnswerForm> answerForm(const ApiRequest& request);

/// What an answer shows: some objects of one kind in one version.
struct Shown {
    const ApiKind* kind = nullptr;
    std::string version; ///< of the API, "v1"
    AnswerForm form;
    std::chrono::system_clock::time_point now; ///< for the ages in Tables
};

/// An object's document in the version asked for; `copy` keeps it when it is not the stored one.
const model::Value& inVersion(const model::Value& document, const ApiKind& kind, const std::string& version,
                              model::Value& copy);

/// One object as the body of an answer.
ApiResponse showObject(const model::Value& document, const Shown& shown, std::uint16_t status = 200);
/// The same as one line of JSON, for watches.
std::string objectLine(const model::Value& document, const Shown& shown);
/// A list. `metadata` holds resourceVersion and what paging needs.
ApiResponse showList(const std::vector<ObjectPtr>& objects, model::Value metadata, const Shown& shown);
/// Any Value, in JSON or YAML.
ApiResponse showValue(const model::Value& value, const AnswerForm& form, std::uint16_t status = 200);

} // namespace gatehouse::importers
