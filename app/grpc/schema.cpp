#include "app/grpc/schema.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <google/protobuf/compiler/importer.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/descriptor_database.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver_util.h>
#include <iterator>
#include <map>
#include <optional>

namespace gatehouse::grpc {

namespace pb = google::protobuf;
namespace fs = std::filesystem;

namespace {

/// Messages nest in themselves; a template goes so deep.
constexpr int deepestTemplate = 4;

/// Notes the first complaint.
class Complaints final : public pb::compiler::MultiFileErrorCollector, public pb::DescriptorPool::ErrorCollector {
public:
    void AddError(const std::string& file, int line, int column, const std::string& message) override
    {
        note(file + (line < 0 ? "" : ':' + std::to_string(line + 1) + ':' + std::to_string(column + 1)) + ": " +
             message);
    }
    void AddError(const std::string& file, const std::string& element, const pb::Message*, ErrorLocation,
                  const std::string& message) override
    {
        note(file + ": " + element + ": " + message);
    }
    void AddWarning(const std::string&, int, int, const std::string&) override {}
    void AddWarning(const std::string&, const std::string&, const pb::Message*, ErrorLocation,
                    const std::string&) override
    {
    }
    [[nodiscard]] const std::string& first() const { return first_; }

private:
    void note(const std::string& text)
    {
        if (first_.empty())
            first_ = text;
    }
    std::string first_;
};

std::string contentOf(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void appendDefault(std::string& out, const pb::FieldDescriptor& field, int depth);

/// {"field": ...} with every field of a message.
void appendTemplate(std::string& out, const pb::Descriptor& message, int depth)
{
    // These have a form of their own in JSON (protobuf.dev, "JSON Mapping").
    if (message.full_name() == "google.protobuf.Timestamp") {
        out += "\"1970-01-01T00:00:00Z\"";
        return;
    }
    if (message.full_name() == "google.protobuf.Duration") {
        out += "\"0s\"";
        return;
    }
    const bool own = message.file()->package() == "google.protobuf";
    out += '{';
    bool first = true;
    for (int i = 0; !own && depth < deepestTemplate && i < message.field_count(); ++i) {
        const pb::FieldDescriptor& field = *message.field(i);
        // Of those that exclude each other, the first.
        if (field.real_containing_oneof() && field.index_in_oneof() > 0)
            continue;
        out += (first ? "" : ",") + ('"' + field.json_name()) + "\":";
        first = false;
        if (field.is_map())
            out += "{}";
        else if (field.is_repeated())
            out += "[]";
        else
            appendDefault(out, field, depth + 1);
    }
    out += '}';
}

void appendDefault(std::string& out, const pb::FieldDescriptor& field, int depth)
{
    switch (field.cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_BOOL:
        out += "false";
        return;
    case pb::FieldDescriptor::CPPTYPE_STRING:
        out += "\"\"";
        return;
    case pb::FieldDescriptor::CPPTYPE_ENUM:
        out += '"' + field.enum_type()->value(0)->name() + '"';
        return;
    case pb::FieldDescriptor::CPPTYPE_MESSAGE:
        appendTemplate(out, *field.message_type(), depth);
        return;
    case pb::FieldDescriptor::CPPTYPE_INT64:
    case pb::FieldDescriptor::CPPTYPE_UINT64:
        out += "\"0\"";
        return;
    case pb::FieldDescriptor::CPPTYPE_INT32:
    case pb::FieldDescriptor::CPPTYPE_UINT32:
    case pb::FieldDescriptor::CPPTYPE_DOUBLE:
    case pb::FieldDescriptor::CPPTYPE_FLOAT:
        out += '0';
        return;
    }
}

} // namespace

struct Schema::Impl {
    // In the order in which they refer to each other.
    pb::compiler::DiskSourceTree tree;
    Complaints complaints;
    std::optional<pb::DescriptorPoolDatabase> wellKnown; ///< in the library: they need not be on the disk
    std::optional<pb::compiler::SourceTreeDescriptorDatabase> sources;
    std::optional<pb::DescriptorPool> imported;
    pb::DescriptorPool own;
    const pb::DescriptorPool* pool = &own;
    std::vector<const pb::FileDescriptor*> files;
    pb::DynamicMessageFactory factory;

    [[nodiscard]] const pb::MethodDescriptor* find(const std::string& method) const
    {
        std::string name = method.starts_with('/') ? method.substr(1) : method;
        std::replace(name.begin(), name.end(), '/', '.');
        return pool->FindMethodByName(name);
    }
};

Schema::Schema(std::unique_ptr<Impl> impl) : impl_(std::move(impl))
{
}

Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

model::Result<Schema, std::string> Schema::ofFile(const std::string& path)
{
    std::error_code error;
    if (!fs::is_regular_file(path, error))
        return model::Unexpected{path + ": there is no such file"};
    if (fs::path(path).extension() != ".proto") {
        pb::FileDescriptorSet set;
        if (!set.ParseFromString(contentOf(path)) || set.file_size() == 0)
            return model::Unexpected{path + ": is neither a .proto nor a descriptor set"};
        std::vector<std::string> files;
        for (const pb::FileDescriptorProto& file : set.file())
            files.push_back(file.SerializeAsString());
        return ofDescriptors(files);
    }
    auto impl = std::make_unique<Impl>();
    const fs::path file = fs::absolute(path, error).lexically_normal();
    // Imports are relative to a folder that nobody names here: the file's own, or one above it.
    for (fs::path folder = file.parent_path();; folder = folder.parent_path()) {
        impl->tree.MapPath("", folder.string());
        if (folder == folder.root_path())
            break;
    }
    impl->wellKnown.emplace(*pb::DescriptorPool::generated_pool());
    impl->sources.emplace(&impl->tree, &*impl->wellKnown);
    impl->sources->RecordErrorsTo(&impl->complaints);
    impl->imported.emplace(&*impl->sources, impl->sources->GetValidationErrorCollector());
    impl->imported->EnforceWeakDependencies(true);
    const pb::FileDescriptor* found = impl->imported->FindFileByName(file.filename().string());
    if (!found)
        return model::Unexpected{impl->complaints.first()};
    impl->files.push_back(found);
    impl->pool = &*impl->imported;
    return Schema(std::move(impl));
}

model::Result<Schema, std::string> Schema::ofDescriptors(const std::vector<std::string>& files)
{
    auto impl = std::make_unique<Impl>();
    std::map<std::string, pb::FileDescriptorProto> waiting;
    for (const std::string& bytes : files) {
        pb::FileDescriptorProto file;
        if (!file.ParseFromString(bytes))
            return model::Unexpected{std::string("a description of services is no FileDescriptorProto")};
        waiting.emplace(file.name(), file);
    }
    // Each after what it imports.
    while (!waiting.empty()) {
        const std::size_t before = waiting.size();
        for (auto at = waiting.begin(); at != waiting.end();) {
            const auto& needed = at->second.dependency();
            if (std::any_of(needed.begin(), needed.end(), [&](const auto& name) { return waiting.contains(name); })) {
                ++at;
                continue;
            }
            for (const std::string& name : needed) {
                if (impl->own.FindFileByName(name))
                    continue;
                // The well-known types are in every program that has libprotobuf, and few servers describe them.
                pb::FileDescriptorProto known;
                const auto* generated = pb::DescriptorPool::generated_pool()->FindFileByName(name);
                if (!generated)
                    return model::Unexpected{at->first + " imports " + name + ", which is not there"};
                generated->CopyTo(&known);
                impl->own.BuildFile(known);
            }
            const pb::FileDescriptor* built = impl->own.BuildFileCollectingErrors(at->second, &impl->complaints);
            if (!built)
                return model::Unexpected{impl->complaints.first()};
            impl->files.push_back(built);
            at = waiting.erase(at);
        }
        if (waiting.size() == before)
            return model::Unexpected{waiting.begin()->first + " imports itself"};
    }
    return Schema(std::move(impl));
}

std::vector<std::string> Schema::importsOf(const std::string& file)
{
    pb::FileDescriptorProto proto;
    if (!proto.ParseFromString(file))
        return {};
    return {proto.dependency().begin(), proto.dependency().end()};
}

std::string Schema::nameOf(const std::string& file)
{
    pb::FileDescriptorProto proto;
    return proto.ParseFromString(file) ? proto.name() : std::string();
}

std::vector<Method> Schema::methods() const
{
    std::vector<Method> all;
    for (const pb::FileDescriptor* file : impl_->files) {
        for (int s = 0; s < file->service_count(); ++s) {
            const pb::ServiceDescriptor& service = *file->service(s);
            for (int m = 0; m < service.method_count(); ++m) {
                const pb::MethodDescriptor& method = *service.method(m);
                all.push_back(
                    {service.full_name() + '/' + method.name(), method.client_streaming(), method.server_streaming()});
            }
        }
    }
    std::sort(all.begin(), all.end(), [](const Method& a, const Method& b) { return a.name < b.name; });
    return all;
}

model::Result<std::string, std::string> Schema::encode(const std::string& method, const std::string& json) const
{
    const pb::MethodDescriptor* found = impl_->find(method);
    if (!found)
        return model::Unexpected{"there is no method " + method};
    const std::unique_ptr<pb::Message> message(impl_->factory.GetPrototype(found->input_type())->New());
    if (json.find_first_not_of(" \t\r\n") != std::string::npos) {
        const auto status = pb::util::JsonStringToMessage(json, message.get());
        if (!status.ok())
            return model::Unexpected{"the message is no " + found->input_type()->full_name() + ": " +
                                     std::string(status.message())};
    }
    return message->SerializeAsString();
}

model::Result<std::string, std::string> Schema::decode(const std::string& method, const std::string& bytes) const
{
    const pb::MethodDescriptor* found = impl_->find(method);
    if (!found)
        return model::Unexpected{"there is no method " + method};
    const std::unique_ptr<pb::Message> message(impl_->factory.GetPrototype(found->output_type())->New());
    if (!message->ParseFromString(bytes))
        return model::Unexpected{"the answer is no " + found->output_type()->full_name()};
    pb::util::JsonPrintOptions options;
    options.add_whitespace = true;
    options.preserve_proto_field_names = false;
    std::string json;
    const auto status = pb::util::MessageToJsonString(*message, &json, options);
    if (!status.ok())
        return model::Unexpected{std::string(status.message())};
    return json;
}

std::string Schema::templateOf(const std::string& method) const
{
    const pb::MethodDescriptor* found = impl_->find(method);
    std::string json;
    if (found)
        appendTemplate(json, *found->input_type(), 0);
    return json;
}

} // namespace gatehouse::grpc
