#include "engine/http/trace_context.h"

#include <algorithm>
#include <array>

namespace gatehouse::engine::trace {

namespace {

constexpr std::string_view traceparentName = "traceparent";
constexpr std::size_t length = 55; // 00-<32>-<16>-<2>

bool isHex(std::string_view text) noexcept
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isId(std::string_view text) noexcept
{
    return isHex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

using Hex = std::array<char, 16>;

Hex hexOf(std::uint64_t number) noexcept
{
    constexpr std::string_view digits = "0123456789abcdef";
    Hex text{};
    for (auto at = text.rbegin(); at != text.rend(); ++at, number >>= 4)
        *at = digits[number & 15];
    return text;
}

std::string_view view(const Hex& text) noexcept
{
    return {text.data(), text.size()};
}

} // namespace

std::optional<Parent> parse(std::string_view text) noexcept
{
    if (text.size() < length || text[2] != '-' || text[35] != '-' || text[52] != '-')
        return std::nullopt;
    const std::string_view version = text.substr(0, 2), flags = text.substr(53, 2);
    if (!isHex(version) || version == "ff" || !isHex(flags))
        return std::nullopt;
    // A later version may have more behind a dash.
    if (text.size() > length && (version == "00" || text[length] != '-'))
        return std::nullopt;
    const Parent parent{text.substr(3, 32), text.substr(36, 16),
                        ((flags[1] <= '9' ? flags[1] - '0' : flags[1] - 'a' + 10) & 1) != 0};
    return isId(parent.traceId) && isId(parent.parentId) ? std::optional(parent) : std::nullopt;
}

std::optional<Parent> parentOf(const routing::HeaderFields& headers) noexcept
{
    const routing::HeaderField* field = headers.find(traceparentName);
    if (!field || headers.count(traceparentName) > 1)
        return std::nullopt;
    return parse(field->value);
}

Ids::Ids()
{
    std::random_device entropy; // the kernel's generator
    std::seed_seq seed{entropy(), entropy(), entropy(), entropy(), entropy(), entropy(), entropy(), entropy()};
    random_.seed(seed);
}

std::uint64_t Ids::next() noexcept
{
    for (;;)
        if (const std::uint64_t id = random_(); id != 0)
            return id;
}

void enter(routing::HeaderFields& headers, routing::TextArena& arena, Ids& ids)
{
    const std::optional<Parent> parent = parentOf(headers);
    const Hex span = hexOf(ids.next());
    std::string_view value;
    if (parent) {
        value = arena.store({"00-", parent->traceId, "-", view(span), parent->sampled ? "-01" : "-00"});
    } else {
        const Hex high = hexOf(ids.next()), low = hexOf(ids.next());
        value = arena.store({"00-", view(high), view(low), "-", view(span), "-01"});
        headers.remove("tracestate");
    }
    headers.set(traceparentName, value);
}

} // namespace gatehouse::engine::trace
