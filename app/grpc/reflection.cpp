#include "app/grpc/reflection.h"

#include "app/testing/grpc_codes.h"
#include "engine/http/grpc_frame.h"
#include "engine/http/protobuf.h"
#include "model/base/ascii.h"

#include <charconv>
#include <map>
#include <set>

namespace gatehouse::grpc {

namespace {

/// What a server may describe; far more than any has.
constexpr std::size_t mostFiles = 2'000;

// ServerReflectionRequest and ServerReflectionResponse (grpc/reflection/v1/reflection.proto).
namespace field {
constexpr std::uint32_t fileByName = 3, fileBySymbol = 4, listServices = 7;             // of a request
constexpr std::uint32_t fileAnswer = 4, serviceList = 6, errorAnswer = 7;               // of an answer
constexpr std::uint32_t descriptor = 1, service = 1, serviceName = 1, errorMessage = 2; // inside of these
} // namespace field

std::string question(std::uint32_t number, const std::string& what)
{
    engine::ProtobufWriter message;
    message.text(number, what);
    std::string frame;
    engine::appendGrpcFrame(frame, message.bytes());
    return frame;
}

/// What answers had.
struct Told {
    std::vector<std::string> services, files;
    std::string error;
};

void take(std::string_view message, Told& told)
{
    engine::ProtobufReader reader(message);
    for (engine::ProtobufField outer; reader.next(outer);) {
        if (!outer.isText)
            continue;
        engine::ProtobufReader inner(outer.text);
        for (engine::ProtobufField part; inner.next(part);) {
            if (!part.isText)
                continue;
            if (outer.number == field::fileAnswer && part.number == field::descriptor)
                told.files.emplace_back(part.text);
            if (outer.number == field::errorAnswer && part.number == field::errorMessage)
                told.error = part.text;
            if (outer.number != field::serviceList || part.number != field::service)
                continue;
            engine::ProtobufReader names(part.text);
            for (engine::ProtobufField name; names.next(name);)
                if (name.isText && name.number == field::serviceName)
                    told.services.emplace_back(name.text);
        }
    }
}

class Reflector {
public:
    Reflector(const testing::Connection& connection, std::string url) : client_(connection), url_(std::move(url)) {}

    /// Asks in one call; false: `error` says why, and `unimplemented` whether another version may answer.
    bool ask(const std::string& frames, Told& told)
    {
        testing::HttpCall call;
        call.method = "POST";
        call.url = url_ + '/' + service_ + "/ServerReflectionInfo";
        call.headers = {{"content-type", "application/grpc"}, {"te", "trailers"}};
        call.body = frames;
        call.http2 = true;
        const testing::HttpAnswer answer = client_.send(call);
        unimplemented = false;
        if (answer.reached != testing::Reached::Answer) {
            error = answer.error;
            return false;
        }
        const auto status = statusOf(answer);
        if (!status || status->code != 0) {
            unimplemented = status && status->code == 12;
            error = status ? std::string(testing::grpcCodeName(status->code)) +
                                 (status->message.empty() ? "" : ": " + status->message)
                           : "HTTP status " + std::to_string(answer.status) + " and no gRPC";
            return false;
        }
        const auto messages = messagesOf(answer.body);
        if (!messages) {
            error = messages.error();
            return false;
        }
        for (const std::string& message : *messages)
            take(message, told);
        return true;
    }
    void useOlder() { service_ = "grpc.reflection.v1alpha.ServerReflection"; }

    std::string error;
    bool unimplemented = false;

private:
    testing::HttpClient client_;
    std::string url_, service_ = "grpc.reflection.v1.ServerReflection";
};

int hexDigit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/// grpc-message is percent-encoded (PROTOCOL-HTTP2.md, "Responses").
std::string decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

} // namespace

std::optional<Status> statusOf(const testing::HttpAnswer& answer)
{
    const auto find = [](const testing::Headers& headers, std::string_view name) -> const std::string* {
        for (const auto& [own, value] : headers)
            if (model::lowered(own) == name)
                return &value;
        return nullptr;
    };
    for (const testing::Headers* headers : {&answer.trailers, &answer.headers}) {
        const std::string* code = find(*headers, "grpc-status");
        if (!code)
            continue;
        Status status;
        if (std::from_chars(code->data(), code->data() + code->size(), status.code).ec != std::errc())
            status.code = 2; // UNKNOWN
        if (const std::string* message = find(*headers, "grpc-message"))
            status.message = decoded(*message);
        return status;
    }
    return std::nullopt;
}

model::Result<std::vector<std::string>, std::string> messagesOf(std::string_view body)
{
    std::vector<std::string> messages;
    while (!body.empty()) {
        const engine::GrpcFrame frame = engine::firstGrpcFrame(body);
        switch (frame.state) {
        case engine::GrpcFrame::State::Complete:
            messages.emplace_back(frame.message);
            body.remove_prefix(frame.bytes);
            continue;
        case engine::GrpcFrame::State::Compressed:
            return model::Unexpected{std::string("the message is compressed")};
        case engine::GrpcFrame::State::Partial:
        case engine::GrpcFrame::State::TooLong:
            return model::Unexpected{std::string("the answer ends within a message")};
        }
    }
    return messages;
}

model::Result<Schema, std::string> reflect(const testing::Connection& connection, const std::string& url,
                                           const std::string& symbol)
{
    Reflector reflector(connection, url);
    Told list;
    const std::string first =
        symbol.empty() ? question(field::listServices, "") : question(field::fileBySymbol, symbol);
    bool answered = reflector.ask(first, list);
    if (!answered && reflector.unimplemented) {
        const std::string why = reflector.error;
        reflector.useOlder();
        answered = reflector.ask(first, list);
        if (!answered)
            reflector.error = why;
    }
    if (!answered)
        return model::Unexpected{reflector.error};

    std::map<std::string, std::string> files;
    std::set<std::string> asked;
    const auto keep = [&](const std::vector<std::string>& told) {
        for (const std::string& file : told)
            if (const std::string name = Schema::nameOf(file); !name.empty())
                files.emplace(name, file);
    };
    keep(list.files);
    std::string frames;
    for (const std::string& service : list.services)
        frames += question(field::fileBySymbol, service);
    // Servers tell imports along, or not; then they are asked for.
    for (;;) {
        Told told;
        if (!frames.empty() && !reflector.ask(frames, told))
            return model::Unexpected{reflector.error};
        keep(told.files);
        frames.clear();
        for (const auto& [name, file] : files)
            for (const std::string& import : Schema::importsOf(file))
                if (!files.contains(import) && asked.insert(import).second)
                    frames += question(field::fileByName, import);
        if (frames.empty() || files.size() > mostFiles)
            break;
    }
    if (files.empty())
        return model::Unexpected{list.error.empty() ? "the server describes no service" : list.error};
    std::vector<std::string> all;
    for (auto& [name, file] : files)
        all.push_back(std::move(file));
    return Schema::ofDescriptors(all);
}

} // namespace gatehouse::grpc
