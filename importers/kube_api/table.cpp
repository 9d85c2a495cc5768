#include "importers/kube_api/api_documents.h"

#include "importers/kube_api/printer_columns.h"
#include "importers/writers.h"

#include <string>

namespace gatehouse::importers {
namespace {

using model::Value;
using Time = std::chrono::system_clock::time_point;

constexpr std::string_view metaVersion = "meta.k8s.io/v1";

struct Heading {
    std::string_view name, type, format;
    std::string description;
    int priority = 0;
};

Value headingValue(const Heading& heading)
{
    Value made = Value::object();
    made.set("name", heading.name);
    made.set("type", heading.type);
    made.set("format", heading.format);
    made.set("description", heading.description);
    made.set("priority", heading.priority);
    return made;
}

/// A date is told as an age; a text column shows lists as JSON, as kubectl's users know it from `hostnames`.
Value customCell(const PrinterColumn& column, const Value& object, Time now)
{
    const Value* found = firstAtPath(object, column.jsonPath);
    if (!found || found->isNull())
        return {};
    if (column.type == "date")
        return ageOf(found, now);
    return found->isArray() || found->isObject() ? Value(toJson(*found, 0)) : *found;
}

/// The columns of one kind, whichever way they are declared.
class Columns {
public:
    explicit Columns(const ApiKind& kind) : custom_(customColumns(kind))
    {
        if (!kind.custom)
            builtIn_ = &builtInColumns(kind);
    }

    [[nodiscard]] Value definitions() const
    {
        Value list = Value::array();
        list.push(headingValue({"Name", "string", "name", "The object's name, unique among its kind.", 0}));
        for (const PrinterColumn& column : custom_)
            list.push(headingValue(
                {column.name, column.type, "", "The value at " + std::string(column.jsonPath) + ".", column.priority}));
        for (std::size_t i = 0; builtIn_ && i < builtIn_->size(); ++i) {
            const TableColumn& column = (*builtIn_)[i];
            list.push(headingValue({column.name, column.type, "", "", column.priority}));
        }
        return list;
    }

    [[nodiscard]] Value cells(const Value& object, Time now) const
    {
        Value list = Value::array();
        const Value* name = firstAtPath(object, ".metadata.name");
        list.push(name ? *name : Value(""));
        for (const PrinterColumn& column : custom_)
            list.push(customCell(column, object, now));
        for (std::size_t i = 0; builtIn_ && i < builtIn_->size(); ++i)
            list.push((*builtIn_)[i].cell(object, now));
        return list;
    }

private:
    std::vector<PrinterColumn> custom_;
    const std::vector<TableColumn>* builtIn_ = nullptr;
};

} // namespace

Value partialMetadata(const Value& object)
{
    Value made = Value::object();
    made.set("kind", "PartialObjectMetadata");
    made.set("apiVersion", metaVersion);
    const Value* metadata = object.find("metadata");
    made.set("metadata", metadata ? *metadata : Value::object());
    return made;
}

Value toTable(const TableInput& input)
{
    const Columns columns(*input.kind);
    Value table = Value::object();
    table.set("kind", "Table");
    table.set("apiVersion", metaVersion);
    table.set("metadata", input.listMetadata.isObject() ? input.listMetadata : Value::object());
    table.set("columnDefinitions", columns.definitions());
    Value& rows = table.set("rows", Value::array());
    for (const Value* object : input.objects) {
        Value row = Value::object();
        row.set("cells", columns.cells(*object, input.now));
        // Without an object, a row is its cells alone; "Metadata" is what the API's documentation calls the default.
        if (input.includeObject == "Object")
            row.set("object", *object);
        else if (input.includeObject != "None")
            row.set("object", partialMetadata(*object));
        rows.push(std::move(row));
    }
    return table;
}

} // namespace gatehouse::importers
