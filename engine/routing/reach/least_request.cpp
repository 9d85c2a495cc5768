#include "engine/routing/reach/least_request.h"

#include "engine/routing/grpc.h"
#include "engine/routing/reach/expression_samples.h"
#include "model/base/ascii.h"

#include <algorithm>
#include <array>
#include <re2/re2.h>
#include <set>

namespace gatehouse::routing {
namespace {

using Texts = std::vector<std::string>;
using Wishes = std::vector<const ValueCondition*>;

constexpr std::size_t mostPaths = 48, mostValues = 6;

void addOnce(Texts& texts, std::string text)
{
    if (std::find(texts.begin(), texts.end(), text) == texts.end())
        texts.push_back(std::move(text));
}

bool matches(const std::shared_ptr<const re2::RE2>& regex, std::string_view text)
{
    return regex && re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *regex);
}

bool grants(const ValueCondition& wish, std::string_view text)
{
    return wish.isRegex ? matches(wish.regex, text) : wish.value == text;
}

/// One header or query parameter with what is wanted of it, and the values that grant all of it.
struct Field {
    std::string name;
    Wishes wishes;
    Texts values;
};

/// Collects what the matches of a question want, then makes requests of it.
class Composer {
public:
    Composer(const LeastQuestion& question, const FreshNames& fresh) : question_(question), fresh_(fresh) {}

    LeastRequests run()
    {
        if (collect() && chooseHost() && chooseMethod() && chooseValues() && choosePaths())
            compose();
        return std::move(result_);
    }

private:
    /// False: the wishes contradict each other.
    bool collect()
    {
        for (const MatchPlace& match : question_.matches) {
            if (!intersect(hostname_, match.hostname(), hostname_))
                return false;
            const Conditions* const conditions = match.conditions();
            if (!conditions)
                continue;
            grpc_ = grpc_ || conditions->grpc;
            if (!conditions->method.empty()) {
                if (!method_.empty() && method_ != conditions->method)
                    return false;
                method_ = conditions->method;
            }
            for (const ValueCondition& header : conditions->headers)
                wish(headers_, model::lowered(header.name), header);
            for (const ValueCondition& param : conditions->queryParams)
                wish(params_, param.name, param);
        }
        return intersect(hostname_, question_.within, hostname_);
    }

    static void wish(std::vector<Field>& fields, const std::string& name, const ValueCondition& condition)
    {
        auto field = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == name; });
        if (field == fields.end())
            field = fields.insert(fields.end(), Field{name, {}, {}});
        field->wishes.push_back(&condition);
    }

    bool chooseHost()
    {
        if (!hostname_)
            request_.authority = fresh_.label + '.' + fresh_.domain;
        else
            request_.authority =
                hostname_->isWildcard() ? fresh_.label + std::string(hostname_->suffix()) : hostname_->text();
        // A wish for the Host header is one for the authority, which is all that matching sees of it.
        const auto host =
            std::find_if(headers_.begin(), headers_.end(), [](const Field& f) { return f.name == "host"; });
        if (host == headers_.end())
            return true;
        result_.exact = false;
        if (!fillValues(*host))
            return false;
        request_.authority = host->values.front();
        headers_.erase(host);
        return !hostname_ || hostname_->matches(LowerHost(hostOf(request_.authority)).view());
    }

    bool chooseMethod()
    {
        if (!grpc_)
            methods_ = method_.empty() ? Texts{"GET", fresh_.method} : Texts{method_};
        else if (method_.empty() || method_ == "POST")
            methods_ = {"POST"};
        if (methods_.size() == 2 && methods_[0] == methods_[1])
            methods_.pop_back();
        if (grpc_) {
            static const ValueCondition none;
            wish(headers_, "content-type", none); // see fillValues()
        }
        return !methods_.empty();
    }

    bool chooseValues()
    {
        return std::all_of(headers_.begin(), headers_.end(), [&](Field& field) { return fillValues(field); }) &&
               std::all_of(params_.begin(), params_.end(), [&](Field& field) { return fillValues(field); });
    }

    /// The values that grant every wish for a field; false when there is none.
    bool fillValues(Field& field)
    {
        const bool grpcType = std::any_of(field.wishes.begin(), field.wishes.end(), isGrpcWish);
        std::erase_if(field.wishes, isGrpcWish);
        Texts texts;
        for (const ValueCondition* wish : field.wishes)
            if (!wish->isRegex)
                texts = {wish->value};
        if (texts.empty()) {
            if (grpcType)
                texts.push_back("application/grpc");
            for (const ValueCondition* wish : field.wishes)
                for (std::string& sample : expressionSamples(wish->value))
                    addOnce(texts, std::move(sample));
            result_.exact = result_.exact && field.wishes.empty();
        }
        for (std::string& text : texts)
            if (field.values.size() < mostValues && (!grpcType || isGrpcContentType(text)) &&
                std::all_of(field.wishes.begin(), field.wishes.end(),
                            [&](const ValueCondition* wish) { return grants(*wish, text); }))
                field.values.push_back(std::move(text));
        return !field.values.empty();
    }
    /// Every real condition has a name.
    static bool isGrpcWish(const ValueCondition* wish) { return wish->name.empty(); }

    bool choosePaths()
    {
        Texts forms;
        Texts services{fresh_.label}, methods{fresh_.label};
        for (const MatchPlace& match : question_.matches)
            if (const Conditions* const conditions = match.conditions(); conditions && conditions->grpc) {
                callTexts(conditions->grpc->service, services);
                callTexts(conditions->grpc->method, methods);
            }
        for (const MatchPlace& match : question_.matches)
            pathForms(match.pattern(), forms);
        // Expressions last: what the others ask for fills their gaps.
        Texts fillers = forms;
        fillers.push_back('/' + fresh_.label);
        for (const MatchPlace& match : question_.matches)
            if (match.pattern().type == model::PathMatchType::RegularExpression) {
                result_.exact = false;
                for (std::string& sample : expressionSamples(match.pattern().value, fillers))
                    addOnce(forms, std::move(sample));
                addOnce(forms, '/' + fresh_.label);
            }
        if (grpc_)
            for (const std::string& service : services)
                for (const std::string& method : methods)
                    addOnce(forms, '/' + service + '/' + method);
        std::stable_sort(forms.begin(), forms.end(),
                         [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
        for (std::string& form : forms)
            if (paths_.size() < mostPaths && form.starts_with('/') && isMetBy(form))
                paths_.push_back(std::move(form));
        return !paths_.empty();
    }

    void callTexts(const ValueCondition& condition, Texts& texts)
    {
        if (!condition.isRegex) {
            if (!condition.value.empty())
                addOnce(texts, condition.value);
            return;
        }
        result_.exact = false;
        for (std::string& sample : expressionSamples(condition.value, {fresh_.label}))
            if (texts.size() < mostValues && sample.find('/') == std::string::npos)
                addOnce(texts, std::move(sample));
    }

    void pathForms(const PathPattern& pattern, Texts& forms) const
    {
        if (pattern.type == model::PathMatchType::RegularExpression)
            return;
        const std::string value(pattern.value);
        if (pattern.type == model::PathMatchType::Exact) {
            addOnce(forms, value.empty() ? "/" : value);
            return;
        }
        const std::string elements(prefixElements(pattern.value));
        addOnce(forms, elements.empty() ? "/" : elements);
        addOnce(forms, elements + '/' + fresh_.label);
        if (grpc_)
            addOnce(forms, elements + '/' + fresh_.label + '/' + fresh_.label);
    }

    [[nodiscard]] bool isMetBy(std::string_view path) const
    {
        return std::all_of(question_.matches.begin(), question_.matches.end(),
                           [&](const MatchPlace& match) { return covers(match, path); });
    }

    static bool covers(const MatchPlace& match, std::string_view path)
    {
        const PathPattern& pattern = match.pattern();
        const Conditions* const conditions = match.conditions();
        if (conditions && conditions->grpc) {
            const GrpcCall call = grpcCall(path);
            const auto meets = [](const ValueCondition& wish, std::string_view text) {
                return (!wish.isRegex && wish.value.empty()) || grants(wish, text);
            };
            return call && meets(conditions->grpc->service, call.service) &&
                   meets(conditions->grpc->method, call.method);
        }
        switch (pattern.type) {
        case model::PathMatchType::Exact:
            return pattern.value == path || (pattern.value.empty() && path == "/");
        case model::PathMatchType::RegularExpression:
            return conditions && matches(conditions->pathRegex, path);
        case model::PathMatchType::PathPrefix:
            break;
        }
        const std::string_view elements = prefixElements(pattern.value);
        return path.starts_with(elements) && (path.size() == elements.size() || path[elements.size()] == '/');
    }

    void compose()
    {
        request_.scheme = question_.scheme;
        request_.gateway = question_.gateway;
        for (const std::string& path : paths_)
            for (const std::string& method : methods_)
                put(path, method, nullptr, 0);
        // Other samples of what only expressions say, one after the other.
        for (std::vector<Field>* fields : {&headers_, &params_})
            for (const Field& field : *fields)
                for (std::size_t value = 1; value < field.values.size(); ++value)
                    put(paths_.back(), methods_.back(), &field, value);
        // Promised: what meets least comes last.
        if (result_.exact)
            return;
        put(paths_.back(), methods_.back(), nullptr, 0);
    }

    void put(const std::string& path, const std::string& method, const Field* varied, std::size_t value)
    {
        ExplainRequest request = request_;
        request.path = path;
        request.method = method;
        for (const Field& field : headers_)
            request.headers.emplace_back(field.name, field.values[&field == varied ? value : 0]);
        for (const Field& field : params_)
            request.query += (request.query.empty() ? "" : "&") + queryEncoded(field.name) + '=' +
                             queryEncoded(field.values[&field == varied ? value : 0]);
        result_.requests.push_back(std::move(request));
    }

    const LeastQuestion& question_;
    const FreshNames& fresh_;
    LeastRequests result_;
    ExplainRequest request_;
    std::optional<model::Hostname> hostname_;
    bool grpc_ = false;
    std::string method_;
    Texts methods_, paths_;
    std::vector<Field> headers_, params_;
};

} // namespace

std::string queryEncoded(std::string_view text)
{
    static constexpr std::string_view hex = "0123456789ABCDEF", plain = "-._~/:@!$'()*,;";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (alphanumeric || plain.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        out += '%';
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
    return out;
}

LeastRequests leastRequests(const LeastQuestion& question, const FreshNames& fresh)
{
    return Composer(question, fresh).run();
}

bool intersect(const std::optional<model::Hostname>& a, const std::optional<model::Hostname>& b,
               std::optional<model::Hostname>& common)
{
    const auto covers = [](const std::optional<model::Hostname>& wide, const std::optional<model::Hostname>& narrow) {
        if (!wide || !narrow)
            return !wide;
        if (!narrow->isWildcard())
            return wide->matches(narrow->text()) || wide->text() == narrow->text();
        return wide->isWildcard() && narrow->suffix().ends_with(wide->suffix());
    };
    if (covers(a, b)) {
        const std::optional<model::Hostname> narrow = b; // `common` may be one of the two
        common = narrow;
        return true;
    }
    if (covers(b, a)) {
        const std::optional<model::Hostname> narrow = a;
        common = narrow;
        return true;
    }
    return false;
}

FreshNames freshNames(const std::vector<const Snapshot*>& snapshots)
{
    static constexpr std::array methods = {"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"};
    std::string texts;
    std::set<std::string_view> asked;
    for (const Snapshot* snapshot : snapshots)
        for (const PortTable& port : snapshot->ports)
            for (const ListenerTable& listener : port.listeners) {
                texts += '\n' + (listener.hostname ? listener.hostname->text() : "");
                for (const auto& table : listener.hosts->shards) {
                    for (const auto& hostname : table->hostnames)
                        texts += '\n' + (hostname ? hostname->text() : "");
                    for (const PathPattern& pattern : table->patterns)
                        texts.append("\n").append(pattern.value);
                    for (const Conditions& conditions : table->conditions) {
                        asked.insert(conditions.method);
                        if (conditions.grpc)
                            texts += '\n' + conditions.grpc->service.value + '\n' + conditions.grpc->method.value;
                    }
                }
            }
    texts += '\n';
    FreshNames fresh;
    for (int i = 1; texts.find(fresh.label) != std::string::npos; ++i)
        fresh.label = "any" + std::to_string(i);
    for (int i = 1; texts.find('.' + fresh.domain + '\n') != std::string::npos; ++i)
        fresh.domain = "example" + std::to_string(i);
    const auto free = std::find_if(methods.begin(), methods.end(), [&](const char* m) { return !asked.contains(m); });
    fresh.method = free == methods.end() ? "QUERY" : *free;
    return fresh;
}

} // namespace gatehouse::routing
