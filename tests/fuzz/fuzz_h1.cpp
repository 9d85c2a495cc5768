#include "../engine/http/h1_dump.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

/// Fuzzes the HTTP/1 codec. The first byte picks what the rest is, the second how it is cut; whatever the bytes are, a
/// parse in pieces must agree with a parse of the whole, and a head that we wrote must read back as the head that we
/// had.
using namespace gatehouse::engine;
using namespace gatehouse::engine::h1test;
using gatehouse::routing::HeaderField;
using gatehouse::routing::HeaderFields;

namespace {

void require(bool holds, const char* what, const std::string& a, const std::string& b)
{
    if (holds)
        return;
    std::fprintf(stderr, "%s\n--- one\n%s\n--- other\n%s\n", what, a.c_str(), b.c_str());
    std::abort();
}

void requireEqual(const char* what, const std::string& a, const std::string& b)
{
    require(a == b, what, a, b);
}

/// Ascending cuts, spread by a small generator so that one byte of input gives many shapes.
std::vector<std::size_t> cutsFrom(std::uint8_t seed, std::size_t size)
{
    if (seed == 0)
        return everyByte(size);
    std::vector<std::size_t> cuts;
    std::uint32_t state = seed * 2654435761u;
    for (std::size_t at = 0; at < size;) {
        state = state * 1664525u + 1013904223u;
        at += 1 + (state >> 24) % (1 + seed % 61);
        if (at < size)
            cuts.push_back(at);
    }
    return cuts;
}

/// An undecided parse may differ in nothing but that more pieces could still decide it: a fault behind the last line
/// end is reported at the next one. So whatever was left open must stay open or fail, never the other way round.
void requireAgreement(const char* what, const std::string& whole, const std::string& cut)
{
    if (cut == "need more" && whole.starts_with("failed"))
        return;
    requireEqual(what, whole, cut);
}

HeaderFields without(const HeaderFields& fields, const std::vector<std::string_view>& names)
{
    HeaderFields left;
    for (const HeaderField& field : fields) {
        const auto isField = [&](std::string_view name) {
            return gatehouse::routing::equalsIgnoreCase(field.name, name);
        };
        if (std::none_of(names.begin(), names.end(), isField))
            left.add(field.name, field.value);
    }
    return left;
}

const std::vector<std::string_view> rewritten = {"host", "connection",        "keep-alive", "proxy-connection",
                                                 "te",   "transfer-encoding", "upgrade",    "content-length"};

/// Fields that Connection names are dropped by rule; such heads say nothing about the rest.
bool connectionNamesFields(const HeaderFields& fields)
{
    return fields.count("connection") != 0;
}

void fuzzRequest(std::string_view bytes, const std::vector<std::size_t>& cuts)
{
    for (const HeadLimits& limits : {HeadLimits{}, HeadLimits{64, 3}})
        requireAgreement("a request in pieces", parseRequest(bytes, {}, limits), parseRequest(bytes, cuts, limits));

    H1RequestParser parser;
    if (parser.parse(bytes, {}) != ParseState::Done)
        return;
    const H1Request& request = parser.request();
    if (request.head.method == "CONNECT")
        return; // never forwarded
    std::string out;
    serializeRequest(out, request.head, {request.body, request.contentLength, {}, {}, {}});
    H1RequestParser again;
    const bool noAuthority = request.head.authority.empty(); // HTTP/1.0 without Host
    const ParseState state = again.parse(out, {128 * 1024, 512});
    require(noAuthority ? state == ParseState::Failed : state == ParseState::Done, "what we wrote is refused", out,
            std::string(again.failure().message));
    if (noAuthority)
        return;
    const H1Request& read = again.request();
    require(again.headBytes() == out.size(), "we wrote more than one head", out, "");
    require(read.head.method == request.head.method && read.head.path == request.head.path &&
                read.head.query == request.head.query && read.head.authority == request.head.authority &&
                read.body == request.body && read.contentLength == request.contentLength,
            "what we wrote means something else", dump(request), dump(read));
    if (!connectionNamesFields(request.head.headers))
        requireEqual("fields differ", dump(without(request.head.headers, rewritten)),
                     dump(without(read.head.headers, rewritten)));
}

void fuzzResponse(std::string_view bytes, const std::vector<std::size_t>& cuts, bool headRequest)
{
    for (const HeadLimits& limits : {HeadLimits{}, HeadLimits{64, 3}})
        requireAgreement("a response in pieces", parseResponse(bytes, {}, headRequest, limits),
                         parseResponse(bytes, cuts, headRequest, limits));

    H1ResponseParser parser;
    if (parser.parse(bytes, {}, headRequest) != ParseState::Done)
        return;
    const H1Response& response = parser.response();
    std::string out;
    serializeResponse(out, response.status, response.reason, response.headers,
                      {response.body, response.contentLength, response.hasContentLength, 1, response.keepAlive, {}});
    H1ResponseParser again;
    require(again.parse(out, {128 * 1024, 512}, headRequest) == ParseState::Done, "what we wrote is refused", out,
            std::string(again.failure().message));
    const H1Response& read = again.response();
    require(again.headBytes() == out.size(), "we wrote more than one head", out, "");
    require(read.status == response.status && read.body == response.body &&
                read.contentLength == response.contentLength && read.hasContentLength == response.hasContentLength,
            "what we wrote means something else", dump(response), dump(read));
    if (!connectionNamesFields(response.headers))
        requireEqual("fields differ", dump(without(response.headers, rewritten)),
                     dump(without(read.headers, rewritten)));
}

/// Payload and trailers, written again as chunks, must decode to the same.
void fuzzBody(std::string_view bytes, const std::vector<std::size_t>& cuts, BodyKind kind)
{
    const std::string whole = decodeBody(bytes, {}, kind, bytes.size() / 2);
    requireEqual("a body in pieces", whole, decodeBody(bytes, cuts, kind, bytes.size() / 2));

    BodyDecoder decoder;
    decoder.start(kind, bytes.size() / 2);
    std::string payload, out;
    BodyDecoder::Piece piece;
    ParseState state = ParseState::NeedMore;
    std::string_view rest = bytes;
    while (state == ParseState::NeedMore) {
        state = decoder.decode(rest, piece);
        payload += piece.data;
        serializeChunk(out, piece.data);
        rest.remove_prefix(piece.consumed);
        if (piece.consumed == 0 && state == ParseState::NeedMore)
            break;
    }
    if (state == ParseState::Failed)
        return;
    serializeLastChunk(out, &decoder.trailers());
    requireEqual("what we wrote decodes to something else",
                 "done used " + std::to_string(out.size()) + ' ' + quoted(payload) + dump(decoder.trailers()),
                 decodeBody(out, {}, BodyKind::Chunked));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::vector<std::size_t> cuts = cutsFrom(data[1], bytes.size());
    switch (data[0] % 6) {
    case 0:
        fuzzRequest(bytes, cuts);
        break;
    case 1:
        fuzzResponse(bytes, cuts, false);
        break;
    case 2:
        fuzzResponse(bytes, cuts, true);
        break;
    case 3:
        fuzzBody(bytes, cuts, BodyKind::Chunked);
        break;
    case 4:
        fuzzBody(bytes, cuts, BodyKind::Length);
        break;
    default:
        fuzzBody(bytes, cuts, BodyKind::UntilClose);
        break;
    }
    return 0;
}
