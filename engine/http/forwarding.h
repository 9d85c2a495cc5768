#pragma once

#include "engine/http/h1_head_scan.h"
#include "engine/routing/request_head.h"

#include <string>
#include <string_view>

/// What a gateway passes on of a message head and what it writes anew, the same for every wire format (RFC 9110 7.6).
/// Whatever filters put into a head, no byte of it may end a line or a part of one.
namespace gatehouse::engine::forwarding {

/// Which fields of a head go on: not those that belong to one connection (RFC 9110 7.6.1: Connection and what it names,
/// Keep-Alive, Proxy-Connection, TE, Transfer-Encoding, Upgrade), nor Content-Length, which is written from what is
/// really sent. Lifetime: of `headers`.
class EndToEnd {
public:
    explicit EndToEnd(const routing::HeaderFields& headers) noexcept;
    [[nodiscard]] bool keeps(const routing::HeaderField& field) const noexcept;

private:
    const routing::HeaderFields& headers_;
    bool named_; ///< Connection names fields, so that each has to be looked for there
};

/// The fields of a request that go to a backend: those of EndToEnd, without Host, which is the authority, and without
/// what is written anew behind them.
class RequestFields {
public:
    /// `clientAddress`, `forwardedProto` as in RequestForwarding.
    RequestFields(const routing::HeaderFields& headers, std::string_view clientAddress,
                  std::string_view forwardedProto) noexcept
        : endToEnd_(headers), dropsFor_(!clientAddress.empty()), dropsProto_(!forwardedProto.empty())
    {
    }
    [[nodiscard]] bool keeps(const routing::HeaderField& field) const noexcept;

private:
    EndToEnd endToEnd_;
    bool dropsFor_, dropsProto_;
};

/// Removes the fields that Connection names, and Connection itself if it named any (RFC 9110 7.6.1). To be done before
/// filters change the head: what a peer says of its own fields is not said of those that a route sets. The serializers
/// do the same for heads that no filter saw.
void removeConnectionNamed(routing::HeaderFields& headers);

/// A TE field asks for trailers (RFC 9110 10.1.4).
bool asksForTrailers(const routing::HeaderFields& headers) noexcept;

/// RFC 9110 6.5.1: whether a field may come so late. Those that frame or route a message, authenticate, or say how to
/// read its content, may not: a recipient that merged them into the head would be deceived.
bool allowedInTrailers(std::string_view name) noexcept;

/// Field content: control characters become spaces.
void appendText(std::string& out, std::string_view text);
/// Path or query: visible ASCII passes, the rest is percent-encoded; so is '?' in a path, which would start the query.
void appendTarget(std::string& out, std::string_view text, bool isPath);
/// Path and query of a request in origin-form; a rewrite may have left no path.
void appendOriginForm(std::string& out, const routing::RequestHead& head);
/// Drops bytes outside `wanted`: for a method or authority there is no way to encode them.
void appendOnly(std::string& out, std::string_view text, h1::CharClass wanted);
/// X-Forwarded-For: all that came so far in one list, and the client behind it.
void appendForwardedFor(std::string& out, const routing::HeaderFields& headers, std::string_view clientAddress);

} // namespace gatehouse::engine::forwarding
