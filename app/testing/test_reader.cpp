#include "app/control/config_text.h"
#include "app/testing/expectation_reader.h"
#include "app/testing/field_reader.h"
#include "app/testing/test_file.h"
#include "importers/document_reader.h"
#include "importers/text_check.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace gatehouse::testing {

namespace {

using model::Member;
using model::Value;

/// What a document says for all its tests.
struct Defaults {
    std::string url, gateway;
    Headers headers;
    std::vector<std::string> tags;
    std::chrono::milliseconds timeout = TestCase().timeout;
};

bool isTestDocument(const Value& document)
{
    const Value* kind = document.find("kind");
    const std::string* text = kind ? kind->asString() : nullptr;
    return text && *text == testKind;
}

bool isAbsoluteUrl(std::string_view text)
{
    const std::size_t scheme = text.find("://");
    return scheme != std::string_view::npos && scheme < text.find_first_of("/?#");
}

/// `name` in both is the request's own.
void addDefaults(Headers& headers, const Headers& defaults)
{
    const auto lower = [](std::string name) {
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
        return name;
    };
    const std::size_t own = headers.size();
    for (const auto& each : defaults)
        if (std::none_of(headers.begin(), headers.begin() + static_cast<std::ptrdiff_t>(own),
                         [&](const auto& h) { return lower(h.first) == lower(each.first); }))
            headers.push_back(each);
}

class TestReader {
public:
    explicit TestReader(FieldReader& reader) : reader_(reader) {}

    TestFile read(const Value& document)
    {
        TestFile file;
        file.path = *reader_.file();
        const Value* tests = nullptr;
        reader_.object("", document,
                       {{"apiVersion", [&](const std::string& p, const Member& m) { checkVersion(p, m.value); }},
                        {"kind", [](const std::string&, const Member&) {}},
                        {"metadata", [](const std::string&, const Member&) {}},
                        {"manifests",
                         [&](const std::string& p, const Member& m) {
                             reader_.list(p, m.value, true, [&](const std::string& q, const Value& v) {
                                 if (const auto path = reader_.text(q, v, "a path"))
                                     file.manifests.push_back(besideFile(*path));
                             });
                         }},
                        {"defaults", [&](const std::string& p, const Member& m) { readDefaults(p, m.value); }},
                        {"tests", [&](const std::string&, const Member& m) { tests = &m.value; }}},
                       "an object");
        if (!document.find("apiVersion"))
            reader_.report(code::missing, document.position(), "apiVersion", "is missing", std::string(testApiVersion));
        if (!tests)
            reader_.report(code::missing, document.position(), "tests", "is missing", "a list of tests");
        else
            reader_.list("tests", *tests, false, [&](const std::string& path, const Value& value) {
                if (auto test = readTest(path, value))
                    file.tests.push_back(std::move(*test));
            });
        return file;
    }

private:
    void checkVersion(const std::string& path, const Value& value)
    {
        const std::string* text = value.asString();
        if (!text || *text != testApiVersion)
            reader_.report(code::badValue, value.position(), path, "is no version of a " + std::string(testKind),
                           std::string(testApiVersion));
    }

    [[nodiscard]] std::string besideFile(const std::string& path) const
    {
        namespace fs = std::filesystem;
        if (path == "-" || fs::path(path).is_absolute())
            return path;
        return (fs::path(*reader_.file()).parent_path() / path).lexically_normal().string();
    }

    FieldReader::Handler into(std::string& target)
    {
        return [this, &target](const std::string& path, const Member& member) {
            if (auto text = reader_.text(path, member.value))
                target = std::move(*text);
        };
    }

    FieldReader::Handler gateway(std::string& target)
    {
        return [this, &target](const std::string& path, const Member& member) {
            const auto text = reader_.text(path, member.value);
            if (!text)
                return;
            target = control::qualify(*text);
            if (target.empty())
                reader_.report(code::badValue, member.value.position(), path, "'" + *text + "' is no Gateway",
                               "namespace/name");
        };
    }

    FieldReader::Handler tags(std::vector<std::string>& target)
    {
        return [this, &target](const std::string& path, const Member& member) {
            reader_.list(path, member.value, true, [&](const std::string& p, const Value& value) {
                auto tag = reader_.text(p, value, "a tag");
                if (tag && std::find(target.begin(), target.end(), *tag) == target.end())
                    target.push_back(std::move(*tag));
            });
        };
    }

    FieldReader::Handler duration(std::chrono::milliseconds& target)
    {
        return [this, &target](const std::string& path, const Member& member) {
            const std::string* text = member.value.asString();
            const auto value = text ? control::parseDuration(*text) : std::nullopt;
            if (value && value->count() > 0)
                target = *value;
            else
                reader_.report(code::badValue, member.value.position(), path, "is no duration",
                               "one above zero, as 500ms or 10s");
        };
    }

    FieldReader::Handler headers(Headers& target)
    {
        return [this, &target](const std::string& path, const Member& member) {
            const Value::Object* members = member.value.asObject();
            if (!members) {
                reader_.wrongKind(path, member.value, "a map of header names to values");
                return;
            }
            for (const Member& entry : *members) {
                const auto add = [&](const std::string& p, const Value& value) {
                    if (auto text = reader_.text(p, value))
                        target.emplace_back(entry.name, std::move(*text));
                };
                reader_.list(path + '.' + entry.name, entry.value, true, add);
            }
        };
    }

    void readDefaults(const std::string& path, const Value& value)
    {
        reader_.object(path, value,
                       {{"url", into(defaults_.url)},
                        {"headers", headers(defaults_.headers)},
                        {"gateway", gateway(defaults_.gateway)},
                        {"tags", tags(defaults_.tags)},
                        {"timeout", duration(defaults_.timeout)}},
                       "an object of defaults");
        if (!defaults_.url.empty() && !isAbsoluteUrl(defaults_.url))
            reader_.report(code::badValue, value.find("url")->position(), path + ".url",
                           "'" + defaults_.url + "' is no base of URLs", "http://host[:port]");
        while (defaults_.url.ends_with('/'))
            defaults_.url.pop_back();
    }

    std::optional<TestCase> readTest(const std::string& path, const Value& value)
    {
        const std::size_t before = reader_.errors();
        TestCase test;
        test.location = {reader_.file(), value.position()};
        test.gateway = defaults_.gateway;
        test.tags = defaults_.tags;
        test.timeout = defaults_.timeout;
        std::optional<Request> request;
        std::string requestKey;
        bool expects = false;
        const auto kind = [&](auto read) {
            return [&, read](const std::string& p, const Member& m) {
                if (!requestKey.empty())
                    reader_.report(code::badValue, m.namePosition, p,
                                   "a test asks once, and this one has " + requestKey + " already");
                requestKey = m.name;
                request = (this->*read)(p, m);
            };
        };
        reader_.object(path, value,
                       {{"name", into(test.name)},
                        {"tags", tags(test.tags)},
                        {"gateway", gateway(test.gateway)},
                        {"timeout", duration(test.timeout)},
                        {"request", kind(&TestReader::readHttp)},
                        {"grpc", kind(&TestReader::readGrpc)},
                        {"tls", kind(&TestReader::readStream)},
                        {"tcp", kind(&TestReader::readStream)},
                        {"udp", kind(&TestReader::readStream)},
                        {"expect",
                         [&](const std::string& p, const Member& m) {
                             expects = true;
                             test.expect = readExpectation(reader_, p, m.value);
                             if (m.value.isObject() && m.value.asObject()->empty())
                                 reader_.report(code::badValue, m.value.position(), p, "expects nothing",
                                                "route, status, ...");
                         }}},
                       "a test");
        if (!value.isObject())
            return std::nullopt;
        checkName(path, value, test.name);
        if (requestKey.empty())
            reader_.report(code::missing, value.position(), path, "asks for nothing",
                           "one of request, grpc, tls, tcp and udp");
        if (!expects)
            reader_.report(code::missing, value.position(), path, "expects nothing", "an object expect");
        if (reader_.errors() != before || !request)
            return std::nullopt;
        test.request = std::move(*request);
        return test;
    }

    void checkName(const std::string& path, const Value& value, const std::string& name)
    {
        if (name.empty()) {
            reader_.report(code::missing, value.position(), path + ".name", "is missing", "what the test claims");
            return;
        }
        const auto [other, fresh] = names_.emplace(name, value.position());
        if (!fresh)
            reader_.report(code::badValue, value.find("name")->position(), path + ".name",
                           "'" + name + "' is the name of the test in line " + std::to_string(other->second.line) +
                               ", too",
                           "names that tell tests apart");
    }

    std::optional<Request> readHttp(const std::string& path, const Member& member)
    {
        HttpRequest http;
        const std::size_t before = reader_.errors();
        if (member.value.isObject()) {
            reader_.object(
                path, member.value,
                {{"method", into(http.method)},
                 {"url", into(http.url)},
                 {"headers", headers(http.headers)},
                 {"body", [&](const std::string& p, const Member& m) { http.body = reader_.text(p, m.value); }},
                 {"protocol",
                  [&](const std::string& p, const Member& m) {
                      const auto text = reader_.text(p, m.value);
                      http.http2 = text == "h2";
                      if (text && !http.http2 && text != "http/1.1")
                          reader_.report(code::badValue, m.value.position(), p, "'" + *text + "' is no protocol",
                                         "http/1.1 or h2");
                  }}},
                "");
        } else if (const auto text = reader_.text(path, member.value, "METHOD URL, or an object of them")) {
            const std::size_t space = text->find(' ');
            if (space != std::string::npos)
                http.method = text->substr(0, space);
            http.url = text->substr(space == std::string::npos ? 0 : space + 1);
        }
        if (!isAbsoluteUrl(http.url) && (http.url.empty() || http.url[0] == '/') && !defaults_.url.empty())
            http.url = defaults_.url + http.url;
        if (reader_.errors() == before && !isAbsoluteUrl(http.url))
            reader_.report(code::badValue, member.value.position(), path,
                           http.url.empty() ? "names no URL" : "'" + http.url + "' is no URL",
                           "http://host[:port]/path, or /path where defaults.url says the rest");
        addDefaults(http.headers, defaults_.headers);
        return reader_.errors() == before ? std::optional<Request>(std::move(http)) : std::nullopt;
    }

    std::optional<Request> readGrpc(const std::string& path, const Member& member)
    {
        GrpcRequest grpc;
        const std::size_t before = reader_.errors();
        grpc.host = defaults_.url;
        reader_.object(path, member.value,
                       {{"host", into(grpc.host)}, {"call", into(grpc.call)}, {"metadata", headers(grpc.metadata)}},
                       "an object of host, call and metadata");
        if (reader_.errors() == before && (grpc.host.empty() || grpc.call.empty()))
            reader_.report(code::missing, member.value.position(), path,
                           std::string(grpc.host.empty() ? "host" : "call") + " is missing",
                           "host: HOST[:PORT] and call: SERVICE/METHOD");
        addDefaults(grpc.metadata, defaults_.headers);
        return reader_.errors() == before ? std::optional<Request>(std::move(grpc)) : std::nullopt;
    }

    std::optional<Request> readStream(const std::string& path, const Member& member)
    {
        StreamRequest stream;
        stream.kind = member.name == "tls" ? StreamKind::Tls : member.name == "tcp" ? StreamKind::Tcp : StreamKind::Udp;
        const std::string expected = stream.kind == StreamKind::Tls ? "SNI:PORT" : "\":PORT\"";
        const std::size_t before = reader_.errors();
        if (member.value.isObject())
            reader_.object(
                path, member.value,
                {{"to", into(stream.to)},
                 {"send", [&](const std::string& p, const Member& m) { stream.send = reader_.text(p, m.value); }}},
                "");
        else if (auto text = reader_.text(path, member.value, expected + ", or an object of to and send"))
            stream.to = text->find(':') == std::string::npos && stream.kind != StreamKind::Tls ? ':' + *text : *text;
        if (reader_.errors() == before && stream.to.empty())
            reader_.report(code::missing, member.value.position(), path, "to is missing", expected);
        return reader_.errors() == before ? std::optional<Request>(std::move(stream)) : std::nullopt;
    }

    FieldReader& reader_;
    Defaults defaults_;
    std::map<std::string, model::Position> names_;
};

} // namespace

std::vector<TestFile> readTestText(const std::string& path, std::string_view text,
                                   std::vector<model::Diagnostic>& problems)
{
    const auto file = std::make_shared<const std::string>(path);
    std::vector<TestFile> files;
    importers::ProblemList list(file, problems);
    text = importers::withoutBom(text);
    if (!importers::checkText(text, list))
        return files;
    std::vector<Value> values;
    for (const importers::TextDocument& document : importers::documentsOf(path, text))
        importers::readDocument(document, importers::ImportLimits(), values, list);
    const Value* headless = nullptr;
    for (const Value& value : values) {
        if (!isTestDocument(value)) {
            headless = !headless && value.find("tests") && !value.find("kind") ? &value : headless;
            continue;
        }
        FieldReader reader(file, problems);
        files.push_back(TestReader(reader).read(value));
    }
    if (files.empty() && list.errors() == 0) {
        FieldReader reader(file, problems);
        const model::Position at = headless ? headless->position() : model::Position();
        reader
            .report(code::noTests, at, "", headless ? "the tests have no header" : "holds no " + std::string(testKind))
            .remedy = "write apiVersion: " + std::string(testApiVersion) + " and kind: " + std::string(testKind) +
                      " above tests:";
    }
    return files;
}

} // namespace gatehouse::testing
