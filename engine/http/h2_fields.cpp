#include "engine/http/h2_fields.h"

#include "engine/http/forwarding.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace gatehouse::engine {

namespace {

/// What a field counts beside its bytes (RFC 9113 6.5.2).
constexpr std::size_t fieldOverhead = 32;

/// `text` without bytes outside `wanted`; see forwarding::appendOnly.
std::string_view only(routing::TextArena& arena, std::string_view text, h1::CharClass wanted)
{
    if (h1::isAll(text, wanted))
        return text;
    std::string kept;
    forwarding::appendOnly(kept, text, wanted);
    return arena.store({kept});
}

bool isUpper(char c) noexcept
{
    return c >= 'A' && c <= 'Z';
}

} // namespace

nghttp2_nv headerPair(std::string_view name, std::string_view value) noexcept
{
    // nghttp2 takes pointers to bytes that it does not change.
    const auto bytes = [](std::string_view text) {
        return const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(text.data()));
    };
    return {bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE};
}

std::string_view lowerName(routing::TextArena& text, std::string_view name)
{
    if (std::none_of(name.begin(), name.end(), isUpper))
        return name;
    std::string lower(name);
    for (char& c : lower)
        c = isUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
    return text.store({lower});
}

void H2Fields::add(std::string_view name, std::string_view value)
{
    if (name.empty() || !h1::isAll(name, h1::TokenChar))
        return;
    if (h1::skipText(value.data(), value.data() + value.size()) != value.data() + value.size()) {
        std::string clean;
        forwarding::appendText(clean, value);
        value = text_.store({clean});
    }
    pairs_.push_back(headerPair(lowerName(text_, name), value));
}

void H2Fields::addNumber(std::string_view name, std::uint64_t value)
{
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    pairs_.push_back(headerPair(name, text_.store({std::string_view(digits, static_cast<std::size_t>(end - digits))})));
}

void H2Fields::addOriginForm(const routing::RequestHead& head)
{
    std::string_view target = head.path;
    // As it came, mostly; a filter may have made something else of it.
    const bool plain = target.starts_with('/') && h1::isAll(target, h1::TargetChar) &&
                       target.find('?') == std::string_view::npos && h1::isAll(head.query, h1::TargetChar);
    if (!plain) {
        std::string made;
        forwarding::appendOriginForm(made, head);
        target = text_.store({made});
    } else if (head.hasQuery) {
        target = text_.store({head.path, "?", head.query});
    }
    pairs_.push_back(headerPair(":path", target));
}

void H2Fields::addRequest(const routing::RequestHead& head, const RequestForwarding& how, std::string_view scheme)
{
    pairs_.push_back(headerPair(":method", only(text_, head.method, h1::TokenChar)));
    pairs_.push_back(headerPair(":scheme", scheme));
    pairs_.push_back(headerPair(":authority", only(text_, head.authority, h1::TargetChar)));
    addOriginForm(head);

    const forwarding::RequestFields fields(head.headers, how.clientAddress, how.forwardedProto);
    for (const routing::HeaderField& field : head.headers)
        if (fields.keeps(field))
            add(field.name, field.value);
    if (forwarding::asksForTrailers(head.headers))
        pairs_.push_back(headerPair("te", "trailers"));
    if (!how.clientAddress.empty()) {
        std::string_view all = how.clientAddress;
        if (head.headers.find("x-forwarded-for")) {
            std::string list;
            forwarding::appendForwardedFor(list, head.headers, how.clientAddress);
            all = text_.store({list});
        }
        pairs_.push_back(headerPair("x-forwarded-for", all));
    }
    if (!how.forwardedProto.empty())
        pairs_.push_back(headerPair("x-forwarded-proto", how.forwardedProto));
    if (how.body == BodyKind::Length)
        addNumber("content-length", how.contentLength);
}

void H2Fields::addResponse(const ResponseHead& head, const routing::HeaderFields& headers)
{
    addNumber(":status", head.status);
    const forwarding::EndToEnd fields(headers);
    for (const routing::HeaderField& field : headers)
        if (fields.keeps(field))
            add(field.name, field.value);
    const bool neverFramed = head.status < 200 || head.status == 204;
    const BodyFraming& framing = head.framing;
    if (!neverFramed &&
        (framing.kind == BodyKind::Length || (framing.kind == BodyKind::None && framing.hasContentLength)))
        addNumber("content-length", framing.contentLength);
}

bool H2IncomingFields::add(std::string_view name, std::string_view value, const HeadLimits& limits)
{
    bytes_ += name.size() + value.size() + fieldOverhead;
    tooLarge_ = tooLarge_ || bytes_ > limits.bytes || fields_.size() >= limits.fields;
    if (tooLarge_)
        return false;
    if (name.starts_with(':')) {
        addPseudo(name, value);
        return true;
    }
    cookies_ += name == "cookie";
    fields_.add(text_.store({name}), text_.store({value}));
    return true;
}

void H2IncomingFields::addPseudo(std::string_view name, std::string_view value)
{
    // nghttp2 has seen to it that none comes twice, too late, or where it does not belong.
    if (name == ":method")
        method_ = text_.store({value});
    else if (name == ":authority")
        authority_ = text_.store({value});
    else if (name == ":path")
        path_ = text_.store({value});
    else if (name == ":protocol")
        protocol_ = text_.store({value});
    else if (name == ":status") // three digits, says nghttp2
        malformed_ = malformed_ ||
                     std::from_chars(value.data(), value.data() + value.size(), status_).ec != std::errc{} ||
                     status_ < 100;
}

void H2IncomingFields::clear() noexcept
{
    text_.clear();
    fields_.clear();
    method_ = authority_ = path_ = protocol_ = {};
    bytes_ = 0;
    cookies_ = 0;
    status_ = 0;
    tooLarge_ = malformed_ = false;
}

bool H2IncomingFields::contentLength(std::uint64_t& length) const noexcept
{
    const routing::HeaderField* field = fields_.find("content-length");
    if (!field)
        return false;
    const char* const end = field->value.data() + field->value.size();
    const auto [stop, error] = std::from_chars(field->value.data(), end, length);
    return error == std::errc{} && stop == end;
}

void H2IncomingFields::joinCookies()
{
    if (cookies_ < 2)
        return;
    std::string joined;
    for (const routing::HeaderField& field : fields_) {
        if (field.name == "cookie")
            joined.append(joined.empty() ? "" : "; ").append(field.value);
    }
    fields_.set("cookie", text_.store({joined}));
}

} // namespace gatehouse::engine
