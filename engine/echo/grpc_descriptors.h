#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::engine {

/// A .proto file of the built-in gRPC services, as reflection hands it out.
struct ProtoFile {
    std::string name;                 ///< "grpcecho.proto"
    std::vector<std::string> symbols; ///< full names of services, methods, messages and enums
    std::vector<std::string> services;
    std::vector<std::string> messages;
    std::string descriptor; ///< a google.protobuf.FileDescriptorProto, encoded
};

/// All of them: the conformance suite's grpcecho.proto, gRPC's health and its reflection in both versions. Made once.
/// Thread: any.
const std::vector<ProtoFile>& protoFiles();

} // namespace gatehouse::engine
