#include "importers/kube_api/reviews.h"

#include "importers/kube_api/body_reader.h"

namespace gatehouse::importers {
namespace {

using model::Value;

Value words(std::initializer_list<std::string_view> all)
{
    Value list = Value::array();
    for (const std::string_view word : all)
        list.push(word);
    return list;
}

Value accessStatus()
{
    Value status = Value::object();
    status.set("allowed", true);
    status.set("reason", "Gatehouse lets whoever has its token do everything");
    return status;
}

Value rulesStatus()
{
    Value resource = Value::object();
    resource.set("verbs", words({"*"}));
    resource.set("apiGroups", words({"*"}));
    resource.set("resources", words({"*"}));
    Value other = Value::object();
    other.set("verbs", words({"*"}));
    other.set("nonResourceURLs", words({"*"}));
    Value status = Value::object();
    status.set("resourceRules", Value::array()).push(std::move(resource));
    status.set("nonResourceRules", Value::array()).push(std::move(other));
    status.set("incomplete", false);
    return status;
}

Value subjectStatus()
{
    Value user = Value::object();
    user.set("username", "gatehouse-user");
    user.set("groups", words({"system:masters", "system:authenticated"}));
    Value status = Value::object();
    status.set("userInfo", std::move(user));
    return status;
}

struct Review {
    std::string_view group, plural, kind;
    Value (*status)();
};

constexpr Review reviews[] = {
    {"authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview", accessStatus},
    {"authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview", rulesStatus},
    {"authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview", subjectStatus},
};

} // namespace

std::optional<ApiResponse> answerReview(const ApiRequest& request)
{
    if (request.path.size() != 4 || request.path[0] != "apis" || request.path[2] != "v1")
        return std::nullopt;
    for (const Review& review : reviews) {
        if (request.path[1] != review.group || request.path[3] != review.plural)
            continue;
        if (request.method != "POST")
            return errorResponse(methodNotAllowed("the server does not allow this method on the requested resource"));
        const auto body = readObjectBody(request);
        if (!body)
            return errorResponse(body.error());
        Value answer = Value::object();
        answer.set("kind", review.kind);
        answer.set("apiVersion", std::string(review.group) + "/v1");
        answer.set("metadata", Value::object());
        if (const Value* spec = body->find("spec"))
            answer.set("spec", *spec);
        answer.set("status", review.status());
        return jsonResponse(answer, 201);
    }
    return std::nullopt;
}

} // namespace gatehouse::importers
