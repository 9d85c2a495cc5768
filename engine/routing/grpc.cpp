#include "engine/routing/grpc.h"

namespace gatehouse::routing {

bool isGrpcContentType(std::string_view contentType) noexcept
{
    constexpr std::string_view grpc = "application/grpc";
    if (!equalsIgnoreCase(contentType.substr(0, grpc.size()), grpc))
        return false;
    contentType.remove_prefix(grpc.size());
    return contentType.empty() || contentType[0] == '+' || contentType[0] == ';' || contentType[0] == ' ' ||
           contentType[0] == '\t';
}

std::string_view grpcContentType(const RequestHead& head) noexcept
{
    const HeaderField* const field = head.headers.find("content-type");
    return field && isGrpcContentType(field->value) ? field->value : std::string_view();
}

GrpcCall grpcCall(std::string_view path) noexcept
{
    const std::size_t slash = path.rfind('/');
    if (!path.starts_with('/') || slash < 2 || slash + 1 == path.size())
        return {};
    return {path.substr(1, slash - 1), path.substr(slash + 1)};
}

std::optional<std::chrono::nanoseconds> grpcTimeout(const RequestHead& head) noexcept
{
    using namespace std::chrono;
    const HeaderField* const field = head.headers.find("grpc-timeout");
    if (!field || field->value.size() < 2 || field->value.size() > 9) // at most eight digits, and a unit
        return std::nullopt;
    std::int64_t count = 0;
    for (const char c : field->value.substr(0, field->value.size() - 1)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        count = count * 10 + (c - '0');
    }
    constexpr std::int64_t longestHours = 24 * 365;
    switch (field->value.back()) {
    case 'n':
        return nanoseconds(count);
    case 'u':
        return microseconds(count);
    case 'm':
        return milliseconds(count);
    case 'S':
        return seconds(count);
    case 'M':
        return count <= longestHours * 60 ? std::optional<nanoseconds>(minutes(count)) : std::nullopt;
    case 'H':
        return count <= longestHours ? std::optional<nanoseconds>(hours(count)) : std::nullopt;
    default:
        return std::nullopt;
    }
}

std::string_view toString(GrpcStatus status) noexcept
{
    constexpr std::string_view names[] = {
        "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
        "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
        "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
        "DATA_LOSS", "UNAUTHENTICATED"};
    const auto code = static_cast<std::size_t>(status);
    return code < std::size(names) ? names[code] : std::string_view();
}

GrpcStatus grpcStatusOf(std::uint16_t status) noexcept
{
    switch (status) {
    case 400:
        return GrpcStatus::Internal;
    case 401:
        return GrpcStatus::Unauthenticated;
    case 403:
        return GrpcStatus::PermissionDenied;
    case 404: // gRPC's own table for foreign proxies says the same
    case 405:
    case 501:
        return GrpcStatus::Unimplemented;
    case 408: // the client stopped sending: the call cannot go on
        return GrpcStatus::Cancelled;
    case 413:
    case 414:
    case 431:
        return GrpcStatus::ResourceExhausted;
    case 504:
        return GrpcStatus::DeadlineExceeded;
    case 421:
    case 429:
    case 500: // no backend that could be asked
    case 502:
    case 503:
        return GrpcStatus::Unavailable;
    default:
        return GrpcStatus::Unknown;
    }
}

void appendGrpcMessage(std::string& out, std::string_view text)
{
    constexpr char digits[] = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n' || c == '\r')
            out.push_back(' ');
        else if (byte >= 0x20 && byte <= 0x7e && c != '%')
            out.push_back(c);
        else
            out.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
}

} // namespace gatehouse::routing
