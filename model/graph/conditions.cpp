#include "model/graph/conditions.h"

#include "model/graph/graph.h"

#include <algorithm>

namespace gatehouse::model {

std::string_view toString(ConditionStatus status)
{
    switch (status) {
    case ConditionStatus::True:
        return "True";
    case ConditionStatus::False:
        return "False";
    case ConditionStatus::Unknown:
        return "Unknown";
    }
    return "Unknown";
}

std::string_view toString(Relation relation)
{
    switch (relation) {
    case Relation::OneToOne:
        return "one-to-one";
    case Relation::OneToMany:
        return "one-to-many";
    case Relation::ManyToOne:
        return "many-to-one";
    case Relation::ManyToMany:
        return "many-to-many";
    }
    return "one-to-one";
}

std::string_view toString(BackendOutcome outcome)
{
    switch (outcome) {
    case BackendOutcome::Ok:
        return reason::resolvedRefs;
    case BackendOutcome::InvalidKind:
        return reason::invalidKind;
    case BackendOutcome::RefNotPermitted:
        return reason::refNotPermitted;
    case BackendOutcome::BackendNotFound:
        return reason::backendNotFound;
    case BackendOutcome::UnsupportedProtocol:
        return reason::unsupportedProtocol;
    }
    return reason::invalidKind;
}

const Condition* findCondition(const std::vector<Condition>& conditions, std::string_view type)
{
    const auto it =
        std::find_if(conditions.begin(), conditions.end(), [&](const Condition& c) { return c.type == type; });
    return it == conditions.end() ? nullptr : &*it;
}

bool isTrue(const std::vector<Condition>& conditions, std::string_view type)
{
    const Condition* found = findCondition(conditions, type);
    return found && found->status == ConditionStatus::True;
}

namespace condition {
namespace {

Condition make(std::string_view type, ConditionStatus status, std::string_view reason, std::string message)
{
    return {std::string(type), status, std::string(reason), std::move(message)};
}

} // namespace

Condition accepted(std::string_view what)
{
    return make(type::accepted, ConditionStatus::True, reason::accepted, "the " + std::string(what) + " is accepted");
}

Condition acceptedInPart(std::string_view problem)
{
    return make(type::accepted, ConditionStatus::True, reason::listenersNotValid,
                "accepted without the listeners that are not valid: " + std::string(problem));
}

Condition notAccepted(std::string_view reason, std::string message)
{
    return make(type::accepted, ConditionStatus::False, reason, std::move(message));
}

Condition resolvedRefs()
{
    return make(type::resolvedRefs, ConditionStatus::True, reason::resolvedRefs, "all references are resolved");
}

Condition unresolvedRefs(std::string_view reason, std::string message)
{
    return make(type::resolvedRefs, ConditionStatus::False, reason, std::move(message));
}

Condition noConflicts()
{
    return make(type::conflicted, ConditionStatus::False, reason::noConflicts, "no other listener is in its way");
}

Condition conflicted(std::string_view reason, std::string message)
{
    return make(type::conflicted, ConditionStatus::True, reason, std::move(message));
}

Condition overlappingHostnames()
{
    return make(
        type::overlappingTLSConfig, ConditionStatus::True, reason::overlappingHostnames,
        "another TLS listener on this port has an overlapping hostname: a client may reuse a connection for it and "
        "is then answered with 421");
}

Condition programmed(std::string message)
{
    return make(type::programmed, ConditionStatus::True, reason::programmed, std::move(message));
}

Condition notProgrammed(std::string_view reason, std::string message)
{
    return make(type::programmed, ConditionStatus::False, reason, std::move(message));
}

Condition supportedVersion()
{
    return make(type::supportedVersion, ConditionStatus::True, reason::supportedVersion,
                "Gateway API CRD bundle version v1.6.1 is supported");
}

Condition insecureFrontendValidation()
{
    return make(
        type::insecureFrontendValidationMode, ConditionStatus::True, reason::configurationChanged,
        "client certificates are asked for but not required: a frontend validation mode is AllowInsecureFallback");
}

Condition partiallyInvalid(std::string_view reason, std::string message)
{
    return make(type::partiallyInvalid, ConditionStatus::True, reason, std::move(message));
}

} // namespace condition
} // namespace gatehouse::model
