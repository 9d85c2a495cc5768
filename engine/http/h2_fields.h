#pragma once

#include "engine/http/exchange.h"
#include "engine/http/h1_codec.h"
#include "engine/routing/match.h"

#include <cstdint>
#include <string_view>
#include <vector>

#include <nghttp2/nghttp2.h>

/// Message heads in HTTP/2's form (RFC 9113 8). What goes on and what is written anew says forwarding.h.
namespace gatehouse::engine {

/// Fields as nghttp2 takes them; views, which nghttp2 copies when a head is submitted.
class H2Fields {
public:
    /// `text` takes what has to be written anew; `pairs` is storage that is used again. Both live until the head is
    /// submitted.
    H2Fields(routing::TextArena& text, std::vector<nghttp2_nv>& pairs) : text_(text), pairs_(pairs) { pairs_.clear(); }

    void addRequest(const routing::RequestHead& head, const RequestForwarding& how, std::string_view scheme);
    void addResponse(const ResponseHead& head, const routing::HeaderFields& headers);
    /// Names in lower case (RFC 9113 8.2.1). Fields with an impossible name are left out.
    void add(std::string_view name, std::string_view value);
    [[nodiscard]] const nghttp2_nv* data() const noexcept { return pairs_.data(); }
    [[nodiscard]] std::size_t size() const noexcept { return pairs_.size(); }

private:
    void addNumber(std::string_view name, std::uint64_t value);
    void addOriginForm(const routing::RequestHead& head);

    routing::TextArena& text_;
    std::vector<nghttp2_nv>& pairs_;
};

/// Fields of one head, or of trailers, as they come in; in storage of their own.
class H2IncomingFields {
public:
    /// False when the list is longer than the limits: nothing more is kept of it, and tooLarge() says so.
    bool add(std::string_view name, std::string_view value, const HeadLimits& limits);
    void clear() noexcept;
    [[nodiscard]] bool tooLarge() const noexcept { return tooLarge_; }
    /// The status is none (RFC 9110 15). Of the rest nghttp2 has seen to it.
    [[nodiscard]] bool malformed() const noexcept { return malformed_; }
    [[nodiscard]] routing::HeaderFields& fields() noexcept { return fields_; }
    [[nodiscard]] const routing::HeaderFields& fields() const noexcept { return fields_; }
    /// Content-Length, which nghttp2 has checked against the bytes that come; false without one.
    [[nodiscard]] bool contentLength(std::uint64_t& length) const noexcept;
    /// Of a pseudo-header field, "" if it did not come.
    [[nodiscard]] std::string_view method() const noexcept { return method_; }
    [[nodiscard]] std::string_view authority() const noexcept { return authority_; }
    [[nodiscard]] std::string_view path() const noexcept { return path_; }
    [[nodiscard]] std::string_view protocol() const noexcept { return protocol_; }
    [[nodiscard]] std::uint16_t status() const noexcept { return status_; }
    /// Cookie crumbs become one field again, as protocols before HTTP/2 want it (RFC 9113 8.2.3).
    void joinCookies();
    [[nodiscard]] routing::TextArena& text() noexcept { return text_; }

private:
    void addPseudo(std::string_view name, std::string_view value);

    routing::TextArena text_;
    routing::HeaderFields fields_;
    std::string_view method_, authority_, path_, protocol_;
    std::size_t bytes_ = 0;
    unsigned cookies_ = 0;
    std::uint16_t status_ = 0;
    bool tooLarge_ = false;
    bool malformed_ = false;
};

nghttp2_nv headerPair(std::string_view name, std::string_view value) noexcept;
/// `name` in lower case: itself, or a copy in `text`.
std::string_view lowerName(routing::TextArena& text, std::string_view name);

} // namespace gatehouse::engine
