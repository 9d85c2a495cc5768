#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::engine {

/// Answers one message of ServerReflectionInfo (grpc.reflection.v1 and v1alpha, which differ in their package alone):
/// a ServerReflectionRequest in, a ServerReflectionResponse out. What is not known becomes an error_response; nullopt
/// for bytes that are no such message. Thread: any.
std::optional<std::string> answerReflection(std::string_view request);

} // namespace gatehouse::engine
