#include "model/base/diagnostic.h"
#include "model/base/object_key.h"
#include "model/base/printable.h"
#include "model/base/source_location.h"

namespace gatehouse::model {

std::string toString(const SourceLocation& location)
{
    if (!location.file)
        return {};
    std::string text = *location.file;
    if (location.position.known()) {
        text += ':' + std::to_string(location.position.line);
        if (location.position.column != 0)
            text += ':' + std::to_string(location.position.column);
    }
    return text;
}

std::string toString(const ObjectName& name)
{
    return name.namespace_.empty() ? name.name : name.namespace_ + '/' + name.name;
}

std::string toString(const ObjectKey& key)
{
    return key.kind + ' ' + toString(key.name);
}

std::string_view toString(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Info:
        return "info";
    }
    return "error";
}

std::string toString(const Diagnostic& diagnostic)
{
    std::string text = toString(diagnostic.location);
    if (!text.empty())
        text += ": ";
    text += toString(diagnostic.severity);
    text += ' ' + diagnostic.code;
    if (diagnostic.object)
        text += ' ' + toString(*diagnostic.object);
    if (!diagnostic.fieldPath.empty())
        text += ' ' + diagnostic.fieldPath;
    text += ": " + diagnostic.message;
    if (!diagnostic.expected.empty())
        text += "; expected " + diagnostic.expected;
    if (!diagnostic.remedy.empty())
        text += "; " + diagnostic.remedy;
    return printable(std::move(text));
}

bool hasErrors(const std::vector<Diagnostic>& diagnostics)
{
    for (const Diagnostic& diagnostic : diagnostics)
        if (diagnostic.severity == Severity::Error)
            return true;
    return false;
}

} // namespace gatehouse::model
