// Descriptors of the services that the built-in gRPC echo has, written as their .proto files would read. They are few,
// and so small that they are encoded here rather than generated.

#include "engine/echo/grpc_descriptors.h"

#include "engine/http/protobuf.h"

#include <cstdint>
#include <utility>

namespace gatehouse::engine {
namespace {

/// google.protobuf.FieldDescriptorProto.Type
enum class Type : std::uint8_t { Int32 = 5, String = 9, Message = 11, Bytes = 12, Enum = 14 };

struct Field {
    std::string_view name;
    std::uint32_t number;
    Type type = Type::String;
    std::string_view typeName = {}; ///< of a message or enum, in the file's package
    bool repeated = false;
    bool inOneof = false;
};

struct Enum {
    std::string_view name;
    std::vector<std::string_view> values; ///< numbered from 0
};

struct Message {
    std::string_view name;
    std::vector<Field> fields;
    std::string_view oneof = {};
    std::vector<Enum> enums = {};
};

struct Method {
    std::string_view name, input, output;
    bool clientStreams = false, serverStreams = false;
};

struct File {
    std::string_view name, package;
    std::vector<Message> messages;
    std::string_view service;
    std::vector<Method> methods;
};

/// "serviceName" of "service_name", as protobuf's JSON form has it.
std::string jsonName(std::string_view name)
{
    std::string json;
    bool upper = false;
    for (const char c : name) {
        if (c == '_')
            upper = true;
        else
            json.push_back(std::exchange(upper, false) ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return json;
}

class FileEncoder {
public:
    explicit FileEncoder(const File& file) : file_(file), package_(file.package) {}

    ProtoFile encode()
    {
        out_.name = file_.name;
        ProtobufWriter writer;
        writer.text(1, file_.name);
        writer.text(2, package_);
        for (const Message& each : file_.messages)
            writer.text(4, message(each));
        writer.text(6, service());
        writer.text(12, "proto3");
        out_.descriptor = writer.bytes();
        return std::move(out_);
    }

private:
    std::string message(const Message& message)
    {
        const std::string fullName = package_ + '.' + std::string(message.name);
        out_.messages.push_back(fullName);
        out_.symbols.push_back(fullName);
        ProtobufWriter writer;
        writer.text(1, message.name);
        for (const Field& each : message.fields)
            writer.text(2, field(each));
        for (const Enum& each : message.enums) {
            out_.symbols.push_back(fullName + '.' + std::string(each.name));
            writer.text(4, enumeration(each));
        }
        if (!message.oneof.empty()) {
            ProtobufWriter oneof;
            oneof.text(1, message.oneof);
            writer.text(8, oneof.bytes());
        }
        return writer.bytes();
    }

    [[nodiscard]] std::string field(const Field& field) const
    {
        ProtobufWriter writer;
        writer.text(1, field.name);
        writer.integer(3, field.number);
        writer.integer(4, field.repeated ? 3 : 1);
        writer.integer(5, static_cast<std::uint64_t>(field.type));
        if (!field.typeName.empty())
            writer.text(6, '.' + package_ + '.' + std::string(field.typeName));
        if (field.inOneof)
            writer.integer(9, 0);
        writer.text(10, jsonName(field.name));
        return writer.bytes();
    }

    static std::string enumeration(const Enum& enumeration)
    {
        ProtobufWriter writer;
        writer.text(1, enumeration.name);
        for (std::size_t i = 0; i < enumeration.values.size(); ++i) {
            ProtobufWriter value;
            value.text(1, enumeration.values[i]);
            value.integer(2, i);
            writer.text(2, value.bytes());
        }
        return writer.bytes();
    }

    std::string service()
    {
        const std::string fullName = package_ + '.' + std::string(file_.service);
        out_.services.push_back(fullName);
        out_.symbols.push_back(fullName);
        ProtobufWriter writer;
        writer.text(1, file_.service);
        for (const Method& method : file_.methods) {
            out_.symbols.push_back(fullName + '.' + std::string(method.name));
            ProtobufWriter each;
            each.text(1, method.name);
            each.text(2, '.' + package_ + '.' + std::string(method.input));
            each.text(3, '.' + package_ + '.' + std::string(method.output));
            if (method.clientStreams)
                each.integer(5, 1);
            if (method.serverStreams)
                each.integer(6, 1);
            writer.text(2, each.bytes());
        }
        return writer.bytes();
    }

    const File& file_;
    std::string package_;
    ProtoFile out_;
};

/// conformance/echo-basic/grpcecho.proto of the Gateway API.
File echoFile()
{
    return {"grpcecho.proto",
            "gateway_api_conformance.echo_basic.grpcecho",
            {{"Header", {{"key", 1}, {"value", 2}}},
             {"Context", {{"namespace", 1}, {"ingress", 2}, {"service_name", 3}, {"pod", 4}}},
             {"TLSAssertions",
              {{"version", 1},
               {"negotiated_protocol", 2},
               {"server_name", 3},
               {"cipher_suite", 4},
               {"peer_certificates", 5, Type::String, {}, true}}},
             {"Assertions",
              {{"fully_qualified_method", 1},
               {"headers", 2, Type::Message, "Header", true},
               {"authority", 3},
               {"context", 4, Type::Message, "Context"},
               {"tls_assertions", 5, Type::Message, "TLSAssertions"}}},
             {"EchoRequest", {}},
             {"EchoResponse",
              {{"assertions", 1, Type::Message, "Assertions"}, {"request", 2, Type::Message, "EchoRequest"}}}},
            "GrpcEcho",
            {{"Echo", "EchoRequest", "EchoResponse"},
             {"EchoTwo", "EchoRequest", "EchoResponse"},
             {"EchoThree", "EchoRequest", "EchoResponse"}}};
}

/// grpc/health/v1/health.proto.
File healthFile()
{
    return {"grpc/health/v1/health.proto",
            "grpc.health.v1",
            {{"HealthCheckRequest", {{"service", 1}}},
             {"HealthCheckResponse",
              {{"status", 1, Type::Enum, "HealthCheckResponse.ServingStatus"}},
              {},
              {{"ServingStatus", {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"}}}}},
            "Health",
            {{"Check", "HealthCheckRequest", "HealthCheckResponse"},
             {"Watch", "HealthCheckRequest", "HealthCheckResponse", false, true}}};
}

/// grpc/reflection/v1/reflection.proto; v1alpha has the same messages in another package.
File reflectionFile(std::string_view name, std::string_view package)
{
    const auto one = [](std::string_view field, std::uint32_t number, Type type = Type::String,
                        std::string_view typeName = {}) { return Field{field, number, type, typeName, false, true}; };
    return {name,
            package,
            {{"ServerReflectionRequest",
              {{"host", 1},
               one("file_by_filename", 3),
               one("file_containing_symbol", 4),
               one("file_containing_extension", 5, Type::Message, "ExtensionRequest"),
               one("all_extension_numbers_of_type", 6),
               one("list_services", 7)},
              "message_request"},
             {"ExtensionRequest", {{"containing_type", 1}, {"extension_number", 2, Type::Int32}}},
             {"ServerReflectionResponse",
              {{"valid_host", 1},
               {"original_request", 2, Type::Message, "ServerReflectionRequest"},
               one("file_descriptor_response", 4, Type::Message, "FileDescriptorResponse"),
               one("all_extension_numbers_response", 5, Type::Message, "ExtensionNumberResponse"),
               one("list_services_response", 6, Type::Message, "ListServiceResponse"),
               one("error_response", 7, Type::Message, "ErrorResponse")},
              "message_response"},
             {"FileDescriptorResponse", {{"file_descriptor_proto", 1, Type::Bytes, {}, true}}},
             {"ExtensionNumberResponse", {{"base_type_name", 1}, {"extension_number", 2, Type::Int32, {}, true}}},
             {"ListServiceResponse", {{"service", 1, Type::Message, "ServiceResponse", true}}},
             {"ServiceResponse", {{"name", 1}}},
             {"ErrorResponse", {{"error_code", 1, Type::Int32}, {"error_message", 2}}}},
            "ServerReflection",
            {{"ServerReflectionInfo", "ServerReflectionRequest", "ServerReflectionResponse", true, true}}};
}

} // namespace

const std::vector<ProtoFile>& protoFiles()
{
    static const std::vector<ProtoFile> files = [] {
        std::vector<ProtoFile> all;
        for (const File& file :
             {echoFile(), healthFile(), reflectionFile("grpc/reflection/v1/reflection.proto", "grpc.reflection.v1"),
              reflectionFile("grpc/reflection/v1alpha/reflection.proto", "grpc.reflection.v1alpha")})
            all.push_back(FileEncoder(file).encode());
        return all;
    }();
    return files;
}

} // namespace gatehouse::engine
