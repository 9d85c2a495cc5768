#include "engine/echo/grpc_descriptors.h"
#include "engine/echo/grpc_reflection.h"
#include "engine/echo/grpc_services.h"
#include "engine/http/ext_authz.h"
#include "engine/http/protobuf.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// Fuzzes what we read in gRPC: frames and the messages in them, of the built-in echo's clients and of authorization
/// servers. Whatever the bytes are, a frame is the same however much of the stream came behind it, an answer is a
/// message that reads back, and a verdict that can be followed has headers that HTTP can carry.
using namespace gatehouse::engine;

namespace {

void require(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

bool isMessage(std::string_view bytes)
{
    ProtobufReader reader(bytes);
    for (ProtobufField field; reader.next(field);) {
    }
    return !reader.broken();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view stream(reinterpret_cast<const char*>(data), size);
    for (;;) {
        const GrpcFrame frame = firstGrpcFrame(stream);
        if (frame.state != GrpcFrame::State::Complete)
            break;
        const GrpcFrame alone = firstGrpcFrame(stream.substr(0, frame.bytes));
        require(alone.state == GrpcFrame::State::Complete && alone.message == frame.message,
                "a frame depends on what follows");
        const auto answer = answerReflection(frame.message);
        require(answer.has_value() == isMessage(frame.message),
                "reflection and the reader disagree on what a message is");
        require(!answer || isMessage(*answer), "an answer is no message");
        if (const auto service = healthService(frame.message))
            healthOf(*service);
        const CheckVerdict verdict = readVerdict(stream.substr(0, frame.bytes));
        if (verdict.error.empty()) {
            for (const auto* changes : {&verdict.headers, &verdict.answerHeaders})
                for (const HeaderChange& change : *changes)
                    require(!change.name.empty() &&
                                change.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
                            "a header cannot be carried");
            require(verdict.status >= 200 && verdict.status <= 599, "a refusal has no status");
        }
        stream.remove_prefix(frame.bytes);
    }
    return 0;
}
