#include "importers/kube_api/status_error.h"

#include "importers/writers.h"

namespace gatehouse::importers {
namespace {

using model::Value;

std::string quoted(const std::string& text)
{
    return '"' + text + '"';
}

ApiError about(const ApiKind& kind, const std::string& name)
{
    ApiError error;
    error.group = kind.group;
    error.kind = kind.plural;
    error.name = name;
    return error;
}

ApiError plain(std::uint16_t code, std::string reason, std::string message)
{
    ApiError error;
    error.code = code;
    error.reason = std::move(reason);
    error.message = std::move(message);
    return error;
}

void setText(Value& object, std::string_view name, const std::string& text)
{
    if (!text.empty())
        object.set(name, text);
}

struct Wording {
    std::string_view code;   ///< of the importer's diagnostic
    std::string_view reason; ///< metav1.CauseType
    std::string_view begin;  ///< how the API begins the message of such a cause
};

constexpr Wording wordings[] = {
    {"GH1101", "FieldValueTypeInvalid", "Invalid value"},      {"GH1102", "FieldValueRequired", "Required value"},
    {"GH1104", "FieldValueNotSupported", "Unsupported value"}, {"GH1109", "FieldValueDuplicate", "Duplicate value"},
    {"GH1110", "FieldValueDuplicate", "Duplicate value"},
};

ApiError::Cause causeOf(const model::Diagnostic& problem)
{
    Wording wording{{}, "FieldValueInvalid", "Invalid value"};
    for (const Wording& row : wordings)
        if (row.code == problem.code)
            wording = row;
    std::string message = std::string(wording.begin) + ": " + problem.message;
    if (!problem.expected.empty())
        message += "; expected " + problem.expected;
    if (!problem.remedy.empty())
        message += "; " + problem.remedy;
    return {std::string(wording.reason), std::move(message), problem.fieldPath};
}

} // namespace

std::string qualifiedResource(const ApiKind& kind)
{
    return kind.group.empty() ? std::string(kind.plural) : std::string(kind.plural) + '.' + std::string(kind.group);
}

std::string qualifiedKind(const ApiKind& kind)
{
    return kind.group.empty() ? std::string(kind.kind) : std::string(kind.kind) + '.' + std::string(kind.group);
}

ApiError notFound(const ApiKind& kind, const std::string& name)
{
    ApiError error = about(kind, name);
    error.code = 404;
    error.reason = "NotFound";
    error.message = qualifiedResource(kind) + ' ' + quoted(name) + " not found";
    return error;
}

ApiError unknownPath()
{
    return plain(404, "NotFound", "the server could not find the requested resource");
}

ApiError alreadyExists(const ApiKind& kind, const std::string& name)
{
    ApiError error = about(kind, name);
    error.code = 409;
    error.reason = "AlreadyExists";
    error.message = qualifiedResource(kind) + ' ' + quoted(name) + " already exists";
    return error;
}

ApiError conflict(const ApiKind& kind, const std::string& name, const std::string& why)
{
    ApiError error = about(kind, name);
    error.code = 409;
    error.reason = "Conflict";
    error.message = "Operation cannot be fulfilled on " + qualifiedResource(kind) + ' ' + quoted(name) + ": " + why;
    return error;
}

ApiError modifiedMeanwhile(const ApiKind& kind, const std::string& name)
{
    // client-go's RetryOnConflict looks at the reason; people know the sentence.
    return conflict(kind, name,
                    "the object has been modified; please apply your changes to the latest version and try again");
}

ApiError forbidden(const ApiKind& kind, const std::string& name, const std::string& why)
{
    ApiError error = about(kind, name);
    error.code = 403;
    error.reason = "Forbidden";
    error.message = qualifiedResource(kind) + ' ' + quoted(name) + " is forbidden: " + why;
    return error;
}

ApiError invalid(const ApiKind& kind, const std::string& name, std::vector<ApiError::Cause> causes)
{
    ApiError error = about(kind, name);
    error.kind = kind.kind; // API servers name the kind here, not the resource
    error.code = 422;
    error.reason = "Invalid";
    error.message = qualifiedKind(kind) + ' ' + quoted(name) + " is invalid: ";
    std::string all;
    for (const ApiError::Cause& cause : causes) {
        all += all.empty() ? "" : ", ";
        all += cause.field.empty() ? cause.message : cause.field + ": " + cause.message;
    }
    error.message += causes.size() > 1 ? '[' + all + ']' : all;
    error.causes = std::move(causes);
    return error;
}

ApiError badRequest(std::string message)
{
    return plain(400, "BadRequest", std::move(message));
}

ApiError methodNotAllowed(std::string message)
{
    return plain(405, "MethodNotAllowed", std::move(message));
}

ApiError notAcceptable()
{
    return plain(406, "NotAcceptable",
                 "only the following media types are accepted: application/json, application/yaml");
}

ApiError unsupportedMediaType(const std::string& accepted, const std::string& hint)
{
    return plain(415, "UnsupportedMediaType",
                 "the body of the request was in an unknown format - accepted media types include: " + accepted +
                     (hint.empty() ? std::string() : " (" + hint + ')'));
}

ApiError tooLarge(std::size_t limitBytes)
{
    return plain(413, "RequestEntityTooLarge",
                 "Request entity too large: limit is " + std::to_string(limitBytes) + " bytes");
}

ApiError expired(std::string message)
{
    return plain(410, "Expired", std::move(message));
}

ApiError tooManyRequests(std::string message, std::int64_t retryAfterSeconds)
{
    ApiError error = plain(429, "TooManyRequests", std::move(message));
    error.retryAfterSeconds = retryAfterSeconds;
    return error;
}

std::vector<ApiError::Cause> causesOf(const std::vector<model::Diagnostic>& problems)
{
    std::vector<ApiError::Cause> causes;
    for (const model::Diagnostic& problem : problems)
        if (problem.severity == model::Severity::Error)
            causes.push_back(causeOf(problem));
    return causes;
}

Value statusValue(const ApiError& error)
{
    Value details = Value::object();
    setText(details, "name", error.name);
    setText(details, "group", error.group);
    setText(details, "kind", error.kind);
    setText(details, "uid", error.uid);
    for (const ApiError::Cause& cause : error.causes) {
        Value value = Value::object();
        setText(value, "reason", cause.reason);
        setText(value, "message", cause.message);
        setText(value, "field", cause.field);
        if (!details.find("causes"))
            details.set("causes", Value::array());
        details.find("causes")->push(std::move(value));
    }
    if (error.retryAfterSeconds > 0)
        details.set("retryAfterSeconds", error.retryAfterSeconds);

    Value status = Value::object();
    status.set("kind", "Status");
    status.set("apiVersion", "v1");
    status.set("metadata", Value::object());
    status.set("status", "Failure");
    status.set("message", error.message);
    status.set("reason", error.reason);
    if (!details.asObject()->empty())
        status.set("details", std::move(details));
    status.set("code", static_cast<int>(error.code));
    return status;
}

ApiResponse errorResponse(const ApiError& error)
{
    return jsonResponse(statusValue(error), error.code);
}

ApiResponse jsonResponse(const Value& value, std::uint16_t status)
{
    ApiResponse response;
    response.status = status;
    response.body = toJson(value, 0) + '\n';
    return response;
}

} // namespace gatehouse::importers
