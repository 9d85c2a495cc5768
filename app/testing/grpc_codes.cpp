#include "app/testing/grpc_codes.h"

#include <array>
#include <charconv>

namespace gatehouse::testing {

namespace {

constexpr std::array<std::string_view, 17> names = {
    "OK",        "CANCELLED",       "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS",  "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",    "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED",
};

/// Letters alone, in upper case: "DeadlineExceeded" is how Go writes it.
std::string lettersOf(std::string_view text)
{
    std::string letters;
    for (const char c : text) {
        if (c >= 'a' && c <= 'z')
            letters += static_cast<char>(c - 'a' + 'A');
        else if (c != '_')
            letters += c;
    }
    return letters;
}

} // namespace

std::string_view grpcCodeName(int code) noexcept
{
    return code >= 0 && static_cast<std::size_t>(code) < names.size() ? names[static_cast<std::size_t>(code)]
                                                                      : std::string_view();
}

std::optional<std::string> readGrpcCode(std::string_view text)
{
    int number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) {
        const std::string_view name = grpcCodeName(number);
        return name.empty() ? std::nullopt : std::optional<std::string>(name);
    }
    const std::string letters = lettersOf(text);
    for (const std::string_view name : names)
        if (lettersOf(name) == letters)
            return std::string(name);
    return std::nullopt;
}

} // namespace gatehouse::testing
