#include "importers/ingress/ingress_types.h"

namespace gatehouse::importers::ingress {

namespace {

model::Diagnostic diagnostic(model::Severity severity, const char* code, const Spot& spot, std::string message,
                             std::string remedy)
{
    model::Diagnostic problem;
    problem.severity = severity;
    problem.code = code;
    problem.message = std::move(message);
    problem.remedy = std::move(remedy);
    problem.fieldPath = spot.fieldPath;
    return problem;
}

} // namespace

void Reports::add(model::Severity severity, const char* code, const Ingress& ingress, const Spot& spot,
                  std::string message, std::string remedy)
{
    model::Diagnostic problem = diagnostic(severity, code, spot, std::move(message), std::move(remedy));
    problem.location = {ingress.file, spot.position.known() ? spot.position : ingress.position};
    problem.object = model::ObjectKey{"networking.k8s.io", "Ingress", ingress.name};
    diagnostics_.push_back(std::move(problem));
}

void Reports::add(model::Severity severity, const char* code, const IngressClass& ingressClass, const Spot& spot,
                  std::string message, std::string remedy)
{
    model::Diagnostic problem = diagnostic(severity, code, spot, std::move(message), std::move(remedy));
    problem.location = {ingressClass.file, spot.position};
    problem.object = model::ObjectKey{"networking.k8s.io", "IngressClass", {"", ingressClass.name}};
    diagnostics_.push_back(std::move(problem));
}

} // namespace gatehouse::importers::ingress
