#pragma once

#include "model/base/result.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse::grpc {

/// What a method is called, and what it takes.
struct Method {
    std::string name; ///< "package.Service/Method"
    bool clientStreams = false, serverStreams = false;
};

/// The services of some .proto files, and their messages between JSON and protobuf's wire format (libprotobuf). Made
/// from files or from what a server says of itself. Thread: one at a time.
class Schema {
public:
    /// A .proto with what it imports (from its own folder, those above it, and protobuf's well-known types), or a
    /// FileDescriptorSet as `protoc --descriptor_set_out` writes it. The error is file:line:column: why.
    static model::Result<Schema, std::string> ofFile(const std::string& path);
    /// Of encoded FileDescriptorProtos, in any order; an import that is not among them is an error that names it.
    static model::Result<Schema, std::string> ofDescriptors(const std::vector<std::string>& files);
    /// Names of files that an encoded FileDescriptorProto imports; empty for bytes that are none.
    static std::vector<std::string> importsOf(const std::string& file);
    /// The name of an encoded FileDescriptorProto; "" for bytes that are none.
    static std::string nameOf(const std::string& file);

    Schema(Schema&&) noexcept;
    Schema& operator=(Schema&&) noexcept;
    ~Schema();

    /// All methods, by name.
    [[nodiscard]] std::vector<Method> methods() const;
    /// The request of a method as bytes; `json` "" is an empty message. The error says what is wrong with the JSON, or
    /// that there is no such method.
    [[nodiscard]] model::Result<std::string, std::string> encode(const std::string& method,
                                                                 const std::string& json) const;
    /// An answer of a method as JSON. The error: the bytes are no such message.
    [[nodiscard]] model::Result<std::string, std::string> decode(const std::string& method,
                                                                 const std::string& bytes) const;
    /// The request of a method with every field as it is without a value, as JSON to start from; "" without the method.
    [[nodiscard]] std::string templateOf(const std::string& method) const;

private:
    struct Impl;
    explicit Schema(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> impl_;
};

} // namespace gatehouse::grpc
