#include "model/graph/notes.h"

namespace gatehouse::model {
namespace {

void add(Graph& graph, Severity severity, const NotePlace& place, NoteText text)
{
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.code = text.code;
    diagnostic.message = std::move(text.message);
    diagnostic.remedy = std::move(text.remedy);
    // A field that a default filled in stands nowhere: point at the object then.
    diagnostic.location = place.position.known() ? place.resource.at(place.position) : place.resource.source;
    diagnostic.fieldPath = place.fieldPath;
    diagnostic.object = place.resource.key;
    graph.notes.push_back(std::move(diagnostic));
}

} // namespace

void warn(Graph& graph, const NotePlace& place, NoteText text)
{
    add(graph, Severity::Warning, place, std::move(text));
}

void inform(Graph& graph, const NotePlace& place, NoteText text)
{
    add(graph, Severity::Info, place, std::move(text));
}

} // namespace gatehouse::model
