#include "engine/echo/grpc_reflection.h"

#include "engine/echo/grpc_descriptors.h"
#include "engine/http/protobuf.h"
#include "engine/routing/grpc.h"

#include <algorithm>

namespace gatehouse::engine {
namespace {

/// Numbers of ServerReflectionRequest's fields.
enum Asked : std::uint32_t {
    Nothing = 0,
    Host = 1,
    FileByFilename = 3,
    FileContainingSymbol = 4,
    FileContainingExtension = 5,
    AllExtensionNumbersOfType = 6,
    ListServices = 7,
};

/// Numbers of ServerReflectionResponse's fields.
enum Answer : std::uint32_t {
    ValidHost = 1,
    OriginalRequest = 2,
    FileDescriptorResponse = 4,
    AllExtensionNumbersResponse = 5,
    ListServicesResponse = 6,
    ErrorResponse = 7,
};

struct Part {
    std::uint32_t field;
    std::string message;
};

Part error(routing::GrpcStatus code, const std::string& text)
{
    ProtobufWriter writer;
    writer.integer(1, static_cast<std::uint64_t>(code));
    writer.text(2, text);
    return {ErrorResponse, writer.bytes()};
}

Part notFound(std::string_view what, std::string_view name)
{
    return error(routing::GrpcStatus::NotFound, std::string(what) + " not found: " + std::string(name));
}

Part fileOf(const ProtoFile& file)
{
    ProtobufWriter writer;
    writer.text(1, file.descriptor); // no file imports another
    return {FileDescriptorResponse, writer.bytes()};
}

bool holds(const std::vector<std::string>& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

Part answerTo(std::uint32_t asked, std::string_view text)
{
    switch (asked) {
    case FileByFilename:
        for (const ProtoFile& file : protoFiles())
            if (file.name == text)
                return fileOf(file);
        return notFound("file", text);
    case FileContainingSymbol:
        for (const ProtoFile& file : protoFiles())
            if (holds(file.symbols, text))
                return fileOf(file);
        return notFound("symbol", text);
    case FileContainingExtension:
        return error(routing::GrpcStatus::NotFound, "no file here has extensions");
    case AllExtensionNumbersOfType:
        for (const ProtoFile& file : protoFiles())
            if (holds(file.messages, text)) {
                ProtobufWriter writer;
                writer.text(1, text);
                return {AllExtensionNumbersResponse, writer.bytes()};
            }
        return notFound("type", text);
    case ListServices: {
        ProtobufWriter list;
        for (const ProtoFile& file : protoFiles())
            for (const std::string& name : file.services) {
                ProtobufWriter service;
                service.text(1, name);
                list.text(1, service.bytes());
            }
        return {ListServicesResponse, list.bytes()};
    }
    default:
        return error(routing::GrpcStatus::InvalidArgument, "the request asks for nothing known");
    }
}

} // namespace

std::optional<std::string> answerReflection(std::string_view request)
{
    std::string_view host, text;
    std::uint32_t asked = Nothing;
    ProtobufReader reader(request);
    for (ProtobufField field; reader.next(field);) {
        if (!field.isText)
            continue;
        if (field.number == Host) {
            host = field.text;
        } else if (field.number >= FileByFilename && field.number <= ListServices) {
            asked = field.number; // of a oneof the last one counts
            text = field.text;
        }
    }
    if (reader.broken())
        return std::nullopt;
    const Part part = answerTo(asked, text);
    ProtobufWriter response;
    response.textIfAny(ValidHost, host);
    response.text(OriginalRequest, request);
    response.text(part.field, part.message);
    return response.bytes();
}

} // namespace gatehouse::engine
