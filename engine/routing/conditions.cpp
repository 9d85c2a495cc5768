#include "engine/routing/conditions.h"

#include "engine/routing/grpc.h"

#include <re2/re2.h>

namespace gatehouse::routing {
namespace {

int hexDigit(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// Reads a query component character by character, decoded: %HH and '+' for a space, as HTML forms write it
/// (application/x-www-form-urlencoded). A '%' that begins no escape stands for itself.
class Decoder {
public:
    explicit Decoder(std::string_view raw) noexcept : raw_(raw) {}

    bool next(char& c) noexcept
    {
        if (at_ == raw_.size())
            return false;
        c = raw_[at_++];
        if (c == '+') {
            c = ' ';
        } else if (c == '%' && at_ + 2 <= raw_.size()) {
            const int high = hexDigit(raw_[at_]), low = hexDigit(raw_[at_ + 1]);
            if (high >= 0 && low >= 0) {
                c = static_cast<char>(high * 16 + low);
                at_ += 2;
            }
        }
        return true;
    }

private:
    std::string_view raw_;
    std::size_t at_ = 0;
};

bool decodesTo(std::string_view raw, std::string_view wanted) noexcept
{
    Decoder decoder(raw);
    std::size_t i = 0;
    for (char c; decoder.next(c); ++i)
        if (i == wanted.size() || c != wanted[i])
            return false;
    return i == wanted.size();
}

/// Raw value of the first parameter whose decoded name is `name`; false when there is none.
bool findQueryParam(std::string_view query, std::string_view name, std::string_view& raw) noexcept
{
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (!pair.empty() && decodesTo(pair.substr(0, equals), name)) {
            raw = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
            return true;
        }
        if (end == std::string_view::npos)
            break;
        query.remove_prefix(end + 1);
    }
    return false;
}

bool fullMatch(const std::shared_ptr<const re2::RE2>& regex, std::string_view text) noexcept
{
    return regex && re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *regex);
}

/// Compares the joined fields of a name with `wanted`, without joining them.
bool joinedEquals(const HeaderFields& headers, std::string_view name, std::string_view wanted) noexcept
{
    bool first = true;
    for (const HeaderField& field : headers) {
        if (!equalsIgnoreCase(field.name, name))
            continue;
        if (!first) {
            if (!wanted.starts_with(','))
                return false;
            wanted.remove_prefix(1);
        }
        if (!wanted.starts_with(field.value))
            return false;
        wanted.remove_prefix(field.value.size());
        first = false;
    }
    return !first && wanted.empty();
}

bool meets(const ValueCondition& condition, const RequestHead& head) noexcept
{
    const std::size_t count = head.headers.count(condition.name);
    if (count == 0 && equalsIgnoreCase(condition.name, "host"))
        return condition.isRegex ? fullMatch(condition.regex, head.authority) : head.authority == condition.value;
    if (count == 0)
        return false;
    if (!condition.isRegex)
        return joinedEquals(head.headers, condition.name, condition.value);
    if (count == 1)
        return fullMatch(condition.regex, head.headers.find(condition.name)->value);
    std::string joined;
    return joinedHeader(head, condition.name, joined) && fullMatch(condition.regex, joined);
}

bool meetsQuery(const ValueCondition& condition, std::string_view query) noexcept
{
    std::string_view raw;
    if (!findQueryParam(query, condition.name, raw))
        return false;
    if (!condition.isRegex)
        return decodesTo(raw, condition.value);
    if (raw.find_first_of("%+") == std::string_view::npos)
        return fullMatch(condition.regex, raw);
    std::string decoded;
    return decodedQueryParam(query, condition.name, decoded) && fullMatch(condition.regex, decoded);
}

bool meetsText(const ValueCondition& condition, std::string_view text) noexcept
{
    return condition.isRegex ? fullMatch(condition.regex, text) : condition.value.empty() || condition.value == text;
}

Mismatch grpcMismatch(const GrpcConditions& conditions, const RequestHead& head) noexcept
{
    if (!isGrpcRequest(head))
        return {Mismatch::Kind::NotGrpc, 0};
    const GrpcCall call = grpcCall(head.path);
    if (!meetsText(conditions.service, call.service))
        return {Mismatch::Kind::GrpcService, 0};
    if (!meetsText(conditions.method, call.method))
        return {Mismatch::Kind::GrpcMethod, 0};
    return {};
}

} // namespace

bool isGrpcRequest(const RequestHead& head) noexcept
{
    return head.method == "POST" && !grpcContentType(head).empty() && grpcCall(head.path);
}

bool joinedHeader(const RequestHead& head, std::string_view name, std::string& value)
{
    value.clear();
    bool found = false;
    for (const HeaderField& field : head.headers) {
        if (!equalsIgnoreCase(field.name, name))
            continue;
        if (found)
            value += ',';
        value += field.value;
        found = true;
    }
    if (!found && equalsIgnoreCase(name, "host") && !head.authority.empty()) {
        value = head.authority;
        return true;
    }
    return found;
}

bool decodedQueryParam(std::string_view query, std::string_view name, std::string& value)
{
    value.clear();
    std::string_view raw;
    if (!findQueryParam(query, name, raw))
        return false;
    Decoder decoder(raw);
    for (char c; decoder.next(c);)
        value += c;
    return true;
}

Mismatch firstMismatch(const Conditions& conditions, const RequestHead& head) noexcept
{
    if (conditions.grpc)
        if (const Mismatch mismatch = grpcMismatch(*conditions.grpc, head))
            return mismatch;
    if (conditions.hasPathRegex && !fullMatch(conditions.pathRegex, head.path))
        return {Mismatch::Kind::Path, 0};
    if (!conditions.method.empty() && conditions.method != head.method)
        return {Mismatch::Kind::Method, 0};
    for (std::uint32_t i = 0; i < conditions.headers.size(); ++i)
        if (!meets(conditions.headers[i], head))
            return {Mismatch::Kind::Header, i};
    for (std::uint32_t i = 0; i < conditions.queryParams.size(); ++i)
        if (!meetsQuery(conditions.queryParams[i], head.query))
            return {Mismatch::Kind::QueryParam, i};
    return {};
}

} // namespace gatehouse::routing
