#include "engine/http/ext_authz.h"

#include "engine/http/grpc_frame.h"
#include "engine/http/h1_head_scan.h"
#include "engine/http/protobuf.h"
#include "engine/http/utf8.h"

#include <algorithm>
#include <utility>

namespace gatehouse::engine {

namespace {

// Field numbers of envoy/service/auth/v3/attribute_context.proto and external_auth.proto.
namespace field {
constexpr std::uint32_t attributes = 1;
constexpr std::uint32_t source = 1, destination = 2, request = 4, tlsSession = 12; // AttributeContext
constexpr std::uint32_t address = 1, socketAddress = 1, socketHost = 2, socketPort = 3;
constexpr std::uint32_t time = 1, http = 2;
constexpr std::uint32_t method = 2, headers = 3, path = 4, host = 5, scheme = 6, size = 9, protocol = 10, body = 11,
                        rawBody = 12;
constexpr std::uint32_t status = 1, denied = 2, allowed = 3, failed = 5; // CheckResponse
} // namespace field

std::string utf8(std::string_view text)
{
    std::string made(text);
    if (!isUtf8(text))
        std::replace_if(
            made.begin(), made.end(), [](char c) { return (c & 0x80) != 0; }, '!');
    return made;
}

void addEntry(ProtobufWriter& out, std::string_view name, std::string_view value)
{
    ProtobufWriter entry;
    entry.text(1, name);
    entry.text(2, utf8(value));
    out.text(field::headers, entry.bytes());
}

std::string lowered(std::string_view text)
{
    std::string low(text);
    for (char& c : low)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + ('a' - 'A'));
    return low;
}

std::string target(const routing::RequestHead& head)
{
    std::string text(head.path);
    if (head.hasQuery)
        text.append("?").append(head.query);
    return text;
}

/// A map has each name once: what was sent in several fields is one list (RFC 9110 section 5.3).
void addHeaders(ProtobufWriter& out, const CheckQuestion& question)
{
    const bool all = question.allowedHeaders.empty();
    if (all) {
        addEntry(out, ":authority", question.head.authority);
        addEntry(out, ":method", question.head.method);
        addEntry(out, ":path", target(question.head));
        addEntry(out, ":scheme", question.head.scheme);
    }
    std::vector<std::pair<std::string, std::string>> joined;
    for (const routing::HeaderField& each : question.head.headers) {
        std::string name = lowered(each.name);
        const auto& wanted = question.allowedHeaders;
        if (!all && std::find(wanted.begin(), wanted.end(), name) == wanted.end())
            continue;
        const auto known = std::find_if(joined.begin(), joined.end(), [&](const auto& e) { return e.first == name; });
        if (known == joined.end())
            joined.emplace_back(std::move(name), each.value);
        else
            known->second.append(known->first == "cookie" ? "; " : ",").append(each.value);
    }
    for (const auto& [name, value] : joined)
        addEntry(out, name, value);
}

std::string httpRequest(const CheckQuestion& question)
{
    ProtobufWriter out;
    out.textIfAny(field::method, question.head.method);
    addHeaders(out, question);
    out.textIfAny(field::path, utf8(target(question.head)));
    out.textIfAny(field::host, utf8(question.head.authority));
    out.textIfAny(field::scheme, question.head.scheme);
    // -1 is "not known".
    out.integer(field::size, question.body ? question.body->size() : ~std::uint64_t{0});
    out.textIfAny(field::protocol, question.protocol);
    if (question.body)
        out.textIfAny(isUtf8(*question.body) ? field::body : field::rawBody, *question.body);
    return out.bytes();
}

std::string peer(std::string_view host, std::uint16_t port)
{
    ProtobufWriter socket, address, peer;
    socket.textIfAny(field::socketHost, host);
    socket.integer(field::socketPort, port);
    address.text(field::socketAddress, socket.bytes());
    peer.text(field::address, address.bytes());
    return peer.bytes();
}

std::string timestamp(std::chrono::system_clock::time_point time)
{
    using namespace std::chrono;
    const auto whole = floor<seconds>(time);
    ProtobufWriter out;
    out.integer(1, static_cast<std::uint64_t>(whole.time_since_epoch().count()));
    out.integer(2, static_cast<std::uint64_t>(duration_cast<nanoseconds>(time - whole).count()));
    return out.bytes();
}

// Answers.

/// Calls `take(field)` for each; false when the message is none.
template <class Take>
bool forEachField(std::string_view message, Take&& take)
{
    ProtobufReader reader(message);
    ProtobufField each;
    while (reader.next(each))
        take(each);
    return !reader.broken();
}

/// The last field of a number; "" without one, as proto3 reads it.
std::string_view textAt(std::string_view message, std::uint32_t number, bool& good)
{
    std::string_view text;
    good = forEachField(message,
                        [&](const ProtobufField& each) {
                            if (each.number == number && each.isText)
                                text = each.text;
                        }) &&
           good;
    return text;
}

std::uint64_t numberAt(std::string_view message, std::uint32_t number, bool& good)
{
    std::uint64_t value = 0;
    good = forEachField(message,
                        [&](const ProtobufField& each) {
                            if (each.number == number && !each.isText)
                                value = each.integer;
                        }) &&
           good;
    return value;
}

/// Reads the parts of a CheckResponse into a verdict.
class VerdictReader {
public:
    explicit VerdictReader(CheckVerdict& verdict) : verdict_(verdict) {}

    void read(std::string_view message)
    {
        bool good = true;
        std::string_view status, denied, allowed;
        bool hasDenial = false;
        good = forEachField(message, [&](const ProtobufField& each) {
            if (!each.isText)
                return;
            if (each.number == field::status)
                status = each.text;
            else if (each.number == field::allowed)
                allowed = each.text;
            else if (each.number == field::denied || each.number == field::failed) {
                denied = each.text;
                hasDenial = true;
            }
        });
        // google.rpc.Status: 0 is OK, and so is none at all.
        verdict_.allowed = numberAt(status, 1, good) == 0;
        if (verdict_.allowed)
            readAllowed(allowed);
        else if (hasDenial)
            readDenied(denied);
        if (!good)
            fail("it is no CheckResponse");
    }

private:
    void fail(std::string why)
    {
        if (verdict_.error.empty())
            verdict_.error = std::move(why);
    }

    void readAllowed(std::string_view message)
    {
        const bool good = forEachField(message, [&](const ProtobufField& each) {
            if (!each.isText)
                return;
            switch (each.number) {
            case 2:
                addRequestHeader(each.text);
                break;
            case 5:
                verdict_.removedHeaders.push_back(lowered(each.text));
                break;
            case 6:
                add(each.text, verdict_.answerHeaders);
                break;
            case 7:
            case 8:
                fail("it changes the query, which is not done here");
                break;
            default:
                break;
            }
        });
        if (!good)
            fail("its ok_response cannot be read");
    }

    void addRequestHeader(std::string_view option)
    {
        add(option, verdict_.headers);
        if (!verdict_.headers.empty() && verdict_.headers.back().name == "host")
            fail("it changes the host, which is not done here");
    }

    void readDenied(std::string_view message)
    {
        bool good = true;
        // type.v3.HttpStatus
        if (const std::uint64_t code = numberAt(textAt(message, 1, good), 1, good); code != 0) {
            if (code < 200 || code > 599)
                fail("it denies with HTTP status " + std::to_string(code));
            else
                verdict_.status = static_cast<std::uint16_t>(code);
        }
        good = forEachField(message,
                            [&](const ProtobufField& each) {
                                if (each.number == 2 && each.isText)
                                    add(each.text, verdict_.headers);
                            }) &&
               good;
        verdict_.body = textAt(message, 3, good);
        if (!good)
            fail("its denied_response cannot be read");
    }

    /// A HeaderValueOption.
    void add(std::string_view option, std::vector<HeaderChange>& to)
    {
        bool good = true, hasAppend = false;
        std::string_view header, append;
        std::uint64_t action = 0, keepsEmpty = 0;
        good = forEachField(option, [&](const ProtobufField& each) {
            if (each.number == 1 && each.isText)
                header = each.text;
            else if (each.number == 2 && each.isText)
                hasAppend = true, append = each.text;
            else if (each.number == 3 && !each.isText)
                action = each.integer;
            else if (each.number == 4 && !each.isText)
                keepsEmpty = each.integer;
        });
        HeaderChange change;
        change.name = lowered(textAt(header, 1, good));
        change.value = textAt(header, 2, good);
        if (const std::string_view raw = textAt(header, 3, good); !raw.empty())
            change.value = raw;
        change.action = actionOf(hasAppend, numberAt(append, 1, good) != 0, action);
        if (!good)
            return fail("a header of it cannot be read");
        if (change.name.empty() || !h1::isAll(change.name, h1::TokenChar))
            return fail("it names a header \"" + change.name + "\", which is not done here");
        const char* const end = change.value.data() + change.value.size();
        if (h1::skipText(change.value.data(), end) != end)
            return fail("the value of its header " + change.name + " has control characters");
        if (change.value.empty() && keepsEmpty == 0)
            return;
        to.push_back(std::move(change));
    }

    /// The older `append` wins where it is given; where nothing is, a header is overwritten.
    static HeaderChange::Action actionOf(bool hasAppend, bool append, std::uint64_t action) noexcept
    {
        if (hasAppend)
            return append ? HeaderChange::Action::Add : HeaderChange::Action::Set;
        if (action == 1)
            return HeaderChange::Action::AddIfAbsent;
        return action == 3 ? HeaderChange::Action::SetIfPresent : HeaderChange::Action::Set;
    }

    CheckVerdict& verdict_;
};

} // namespace

std::string checkRequest(const CheckQuestion& question)
{
    ProtobufWriter request, attributes, message;
    request.text(field::time, timestamp(question.start));
    request.text(field::http, httpRequest(question));
    attributes.text(field::source, peer(question.clientAddress, 0));
    attributes.text(field::destination, peer(question.gateway.address, question.gateway.port));
    attributes.text(field::request, request.bytes());
    if (!question.serverName.empty()) {
        ProtobufWriter session;
        session.text(1, utf8(question.serverName));
        attributes.text(field::tlsSession, session.bytes());
    }
    message.text(field::attributes, attributes.bytes());
    std::string frame;
    appendGrpcFrame(frame, message.bytes());
    return frame;
}

void applyChanges(const std::vector<HeaderChange>& changes, routing::HeaderFields& headers, routing::TextArena& arena)
{
    for (const HeaderChange& change : changes) {
        const bool present = headers.find(change.name) != nullptr;
        switch (change.action) {
        case HeaderChange::Action::Set:
            headers.set(arena.store({change.name}), arena.store({change.value}));
            break;
        case HeaderChange::Action::Add:
            headers.add(arena.store({change.name}), arena.store({change.value}));
            break;
        case HeaderChange::Action::AddIfAbsent:
            if (!present)
                headers.add(arena.store({change.name}), arena.store({change.value}));
            break;
        case HeaderChange::Action::SetIfPresent:
            if (present)
                headers.set(arena.store({change.name}), arena.store({change.value}));
            break;
        }
    }
}

CheckVerdict readVerdict(std::string_view body)
{
    CheckVerdict verdict;
    const GrpcFrame frame = firstGrpcFrame(body);
    if (frame.state == GrpcFrame::State::Compressed)
        verdict.error = "it is compressed, which was not offered";
    else if (frame.state != GrpcFrame::State::Complete || frame.bytes != body.size())
        verdict.error = "it is not one message";
    else
        VerdictReader(verdict).read(frame.message);
    if (!verdict.error.empty())
        verdict.error = "its answer cannot be followed: " + verdict.error;
    return verdict;
}

} // namespace gatehouse::engine
