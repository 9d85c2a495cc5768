#include "app/testing/echo_answer.h"

#include "engine/echo/grpc_services.h"
#include "engine/http/protobuf.h"
#include "importers/document_reader.h"
#include "importers/text_check.h"

#include <algorithm>

namespace gatehouse::testing {

namespace {

using model::Value;

std::optional<Value> readJsonObject(std::string_view text)
{
    std::vector<model::Diagnostic> ignored;
    importers::ProblemList problems(std::make_shared<const std::string>("answer"), ignored);
    if (!importers::checkText(text, problems))
        return std::nullopt;
    std::vector<Value> values;
    importers::readDocument({text, 1, true}, importers::ImportLimits(), values, problems);
    if (values.size() != 1 || !values.front().isObject() || problems.errors() > 0)
        return std::nullopt;
    return std::move(values.front());
}

std::string textOf(const Value& object, std::string_view name)
{
    const Value* member = object.find(name);
    const std::string* text = member ? member->asString() : nullptr;
    return text ? *text : std::string();
}

/// nullopt: the object does not say whose answer it is.
std::optional<EchoAnswer> identityOf(const Value& object)
{
    if (!object.find("namespace") || !object.find("service") || !object.find("pod"))
        return std::nullopt;
    return EchoAnswer{textOf(object, "namespace"), textOf(object, "service"), textOf(object, "pod"), std::nullopt};
}

void takeHeaders(const Value& object, Headers& headers)
{
    const Value* member = object.find("headers");
    const Value::Object* fields = member ? member->asObject() : nullptr;
    if (!fields)
        return;
    for (const model::Member& field : *fields) {
        const Value::Array* values = field.value.asArray();
        for (std::size_t i = 0; values && i < values->size(); ++i)
            if (const std::string* text = (*values)[i].asString())
                headers.emplace_back(field.name, *text);
    }
}

/// A header of the gRPC echo: key 1, value 2.
std::pair<std::string, std::string> headerOf(std::string_view message)
{
    std::pair<std::string, std::string> header;
    engine::ProtobufReader reader(message);
    for (engine::ProtobufField field; reader.next(field);)
        if (field.isText)
            (field.number == 1 ? header.first : header.second) = field.text;
    return header;
}

void takeContext(std::string_view message, EchoAnswer& answer)
{
    engine::ProtobufReader reader(message);
    for (engine::ProtobufField field; reader.next(field);) {
        if (!field.isText)
            continue;
        if (field.number == 1)
            answer.namespace_ = field.text;
        else if (field.number == 3)
            answer.service = field.text;
        else if (field.number == 4)
            answer.pod = field.text;
    }
}

/// "service=x" of a DNS answer's TXT records.
std::string recordOf(std::string_view message, std::string_view name)
{
    const std::size_t at = message.find(std::string(name) + '=');
    if (at == 0 || at == std::string_view::npos)
        return {};
    // A character-string's length stands before it.
    const auto length = static_cast<unsigned char>(message[at - 1]);
    const std::string_view record = message.substr(at, length);
    return std::string(record.substr(std::min(record.size(), name.size() + 1)));
}

} // namespace

std::optional<EchoAnswer> readHttpEcho(std::string_view body)
{
    const auto object = readJsonObject(body);
    if (!object)
        return std::nullopt;
    auto answer = identityOf(*object);
    if (!answer || !object->find("path") || !object->find("method"))
        return std::nullopt;
    SeenRequest request;
    request.method = textOf(*object, "method");
    request.path = textOf(*object, "path");
    request.host = textOf(*object, "host");
    takeHeaders(*object, request.headers.fields);
    answer->request = std::move(request);
    return answer;
}

std::optional<EchoAnswer> readGrpcEcho(std::string_view body)
{
    const engine::GrpcFrame frame = engine::firstGrpcFrame(body);
    if (frame.state != engine::GrpcFrame::State::Complete)
        return std::nullopt;
    EchoAnswer answer;
    SeenRequest request;
    request.method = "POST";
    engine::ProtobufReader response(frame.message);
    for (engine::ProtobufField outer; response.next(outer);) {
        if (outer.number != 1 || !outer.isText)
            continue;
        engine::ProtobufReader assertions(outer.text);
        for (engine::ProtobufField field; assertions.next(field);) {
            if (!field.isText)
                continue;
            if (field.number == 1)
                request.path = field.text;
            else if (field.number == 2)
                request.headers.fields.push_back(headerOf(field.text));
            else if (field.number == 3)
                request.host = field.text;
            else if (field.number == 4)
                takeContext(field.text, answer);
        }
    }
    if (response.broken() || answer.service.empty())
        return std::nullopt;
    std::erase_if(request.headers.fields, [](const auto& field) { return field.first == ":authority"; });
    answer.request = std::move(request);
    return answer;
}

std::optional<EchoAnswer> readStreamEcho(std::string_view received)
{
    for (std::string_view rest = received; !rest.empty();) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        if (line.starts_with('{'))
            if (const auto object = readJsonObject(line))
                return identityOf(*object);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    EchoAnswer answer{recordOf(received, "namespace"), recordOf(received, "service"), recordOf(received, "pod"),
                      std::nullopt};
    return answer.service.empty() ? std::nullopt : std::optional(std::move(answer));
}

std::string dnsQuestion()
{
    // Id 0x4748, recursion desired, one question: gatehouse.test. TXT IN (RFC 1035 section 4.1).
    static constexpr std::string_view message("GH\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"
                                              "\x09gatehouse\x04test\x00\x00\x10\x00\x01",
                                              12 + 16 + 4);
    return std::string(message);
}

} // namespace gatehouse::testing
