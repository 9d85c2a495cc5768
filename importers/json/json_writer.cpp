#include "importers/writers.h"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>

namespace gatehouse::importers {

namespace {

using model::Value;

template <class Writer>
void writeText(const std::string& text, Writer& writer)
{
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

template <class Writer>
void write(const Value& value, Writer& writer)
{
    switch (value.kind()) {
    case Value::Kind::Null:
        writer.Null();
        break;
    case Value::Kind::Bool:
        writer.Bool(*value.asBool());
        break;
    case Value::Kind::Int:
        writer.Int64(*value.asInt());
        break;
    case Value::Kind::Float:
        // JSON has no infinity and no NaN; the readers refuse them, so this is for values made by a program.
        if (std::isfinite(*value.asFloat()))
            writer.Double(*value.asFloat());
        else
            writer.Null();
        break;
    case Value::Kind::String:
        writeText(*value.asString(), writer);
        break;
    case Value::Kind::Array:
        writer.StartArray();
        for (const Value& item : *value.asArray())
            write(item, writer);
        writer.EndArray();
        break;
    case Value::Kind::Object:
        writer.StartObject();
        for (const model::Member& member : *value.asObject()) {
            writer.Key(member.name.data(), static_cast<rapidjson::SizeType>(member.name.size()));
            write(member.value, writer);
        }
        writer.EndObject();
        break;
    }
}

} // namespace

std::string toJson(const Value& value, int indent)
{
    rapidjson::StringBuffer buffer;
    if (indent <= 0) {
        rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
        write(value, writer);
        return {buffer.GetString(), buffer.GetSize()};
    }
    rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
    writer.SetIndent(' ', static_cast<unsigned>(indent));
    write(value, writer);
    return std::string(buffer.GetString(), buffer.GetSize()) + '\n';
}

} // namespace gatehouse::importers
