#include "app/desktop/probe_grpc.h"

#include "app/testing/model_run.h"
#include "engine/echo/grpc_descriptors.h"
#include "engine/http/grpc_frame.h"
#include "model/base/ascii.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>

namespace gatehouse::desktop {
namespace {

std::string tr(const char* text)
{
    return QCoreApplication::translate("probe", text).toStdString();
}

/// "http://host:port" of a URL.
std::string baseOf(const std::string& url)
{
    return url.substr(0, url.find('/', url.find("://") + 3));
}

/// "127.0.0.1:9000" as somebody to connect with; nullopt for words.
std::optional<testing::Connection> directly(testing::Connection connection, const std::string& target)
{
    const std::size_t colon = target.rfind(':');
    if (colon == std::string::npos)
        return std::nullopt;
    const char* const begin = target.data() + colon + 1;
    const auto read = std::from_chars(begin, target.data() + target.size(), connection.port);
    if (read.ec != std::errc() || read.ptr != target.data() + target.size())
        return std::nullopt;
    connection.address = target.substr(0, colon);
    if (connection.address.starts_with('[') && connection.address.ends_with(']'))
        connection.address = connection.address.substr(1, connection.address.size() - 2);
    return connection;
}

bool echoes(const GrpcTarget& target)
{
    const routing::CompiledRule* rule = testing::ruleOf(*target.snapshot, target.explanation);
    return rule && std::any_of(rule->backends.begin(), rule->backends.end(),
                               [&](const auto& backend) { return testing::isEcho(*target.snapshot, backend); });
}

/// "package.Service/Method" of a call.
std::string methodOf(const ui::ProbeRequest& request)
{
    const std::string call = request.call.toStdString();
    return call.starts_with('/') ? call.substr(1) : call;
}

/// The messages of an answer as JSON; nullopt when they are none, which is shown as it came.
std::optional<std::string> decoded(const grpc::Schema& schema, const std::string& method, const std::string& body)
{
    const auto messages = grpc::messagesOf(body);
    if (!messages || messages->empty())
        return std::nullopt;
    std::string all;
    for (const std::string& message : *messages) {
        const auto json = schema.decode(method, message);
        if (!json)
            return std::nullopt;
        all += (all.empty() ? "" : ",\n") + *json;
    }
    return messages->size() == 1 ? all : "[" + all + "]";
}

} // namespace

model::Result<FoundSchema, std::string> findSchema(const testing::Connection& connection, const GrpcTarget& target,
                                                   const std::string& protoFile, bool live)
{
    const auto found = [](grpc::Schema&& schema, std::string source) {
        return FoundSchema{std::move(schema), std::move(source)};
    };
    if (!protoFile.empty()) {
        auto schema = grpc::Schema::ofFile(protoFile);
        if (!schema)
            return model::Unexpected{schema.error()};
        return found(*std::move(schema), protoFile);
    }
    std::string why = tr("the engine does not run");
    if (live) {
        auto schema = grpc::reflect(connection, baseOf(target.asked.url));
        if (schema)
            return found(*std::move(schema), tr("server reflection"));
        why = schema.error();
    }
    if (echoes(target)) {
        std::vector<std::string> files;
        for (const engine::ProtoFile& file : engine::protoFiles())
            files.push_back(file.descriptor);
        auto schema = grpc::Schema::ofDescriptors(files);
        if (schema)
            return found(*std::move(schema), tr("the built-in echo"));
        why = schema.error();
    }
    for (const routing::BackendShare& backend : target.explanation.backends) {
        const auto direct = directly(connection, backend.target);
        auto schema = direct ? grpc::reflect(*direct, "http://" + backend.target)
                             : model::Result<grpc::Schema, std::string>(model::Unexpected{why});
        if (schema)
            return found(*std::move(schema), tr("server reflection of ") + backend.target);
    }
    return model::Unexpected{tr("The target does not say what it serves (server reflection: ") + why +
                             tr("). Choose a .proto or a descriptor set.")};
}

model::Result<GrpcAnswer, std::string> callGrpc(const testing::Connection& connection, const GrpcTarget& target,
                                                const ui::ProbeRequest& request, std::size_t keptBytes)
{
    const std::string method = methodOf(request);
    const auto found = findSchema(connection, target, request.protoFile.toStdString(), true);
    const bool empty = request.body.trimmed().isEmpty();
    if (!found && (!empty || !request.protoFile.isEmpty()))
        return model::Unexpected{found.error()};
    // What is unknown can be called with an empty message all the same: to see who serves it, or refuses.
    const auto known = [&] {
        const auto methods = found->schema.methods();
        return std::any_of(methods.begin(), methods.end(), [&](const auto& each) { return each.name == method; });
    };
    std::string message;
    const bool described = found && known();
    if (described || !empty) {
        auto encoded = found->schema.encode(method, request.body.toStdString());
        if (!encoded)
            return model::Unexpected{encoded.error() + " (" + found->source + ')'};
        message = *std::move(encoded);
    }
    testing::HttpCall call;
    call.method = target.asked.method;
    call.url = target.asked.url;
    call.headers = target.asked.headers;
    if (std::none_of(call.headers.begin(), call.headers.end(),
                     [](const auto& field) { return model::lowered(field.first) == "te"; }))
        call.headers.emplace_back("te", "trailers");
    call.body.emplace();
    engine::appendGrpcFrame(*call.body, message);
    call.http2 = true;
    call.keptBytes = keptBytes;
    testing::HttpClient client(connection);
    GrpcAnswer answer{client.send(call), std::nullopt};
    if (described)
        answer.json = decoded(found->schema, method, answer.answer.body);
    return answer;
}

} // namespace gatehouse::desktop
