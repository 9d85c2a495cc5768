#include "engine/echo/dns_echo.h"

#include "engine/echo/echo_json.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gatehouse::engine {

namespace {

// RFC 1035 section 4.1.1, RFC 3596.
constexpr std::size_t headerBytes = 12;
constexpr std::size_t mostNameBytes = 255, mostLabelBytes = 63, mostStringBytes = 255;
enum Type : std::uint16_t { A = 1, TXT = 16, AAAA = 28, ANY = 255 };
enum Class : std::uint16_t { IN = 1, AnyClass = 255 };
enum Rcode : std::uint8_t { NoError = 0, FormErr = 1, NotImp = 4 };
constexpr unsigned isAnswer = 0x8000, isAuthoritative = 0x0400, isCut = 0x0200, recursionDesired = 0x0100;

std::uint16_t numberAt(std::string_view bytes, std::size_t at) noexcept
{
    return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) << 8 |
                                      static_cast<unsigned char>(bytes[at + 1]));
}

void append16(std::string& out, std::uint32_t value)
{
    out.push_back(static_cast<char>(value >> 8 & 0xff));
    out.push_back(static_cast<char>(value & 0xff));
}

void append32(std::string& out, std::uint32_t value)
{
    append16(out, value >> 16);
    append16(out, value);
}

struct Question {
    std::string_view wire; ///< as it stands in the query
    std::string name;
    std::uint16_t type = 0, class_ = 0;
};

/// The only question of a query; nullopt when it is malformed. Names in questions are never compressed: there is
/// nothing before them to point to.
std::optional<Question> readQuestion(std::string_view query)
{
    Question question;
    std::size_t at = headerBytes;
    for (;;) {
        if (at >= query.size())
            return std::nullopt;
        const auto length = static_cast<unsigned char>(query[at]);
        if (length > mostLabelBytes || at + 1 + length > query.size() || at + 1 + length - headerBytes > mostNameBytes)
            return std::nullopt;
        ++at;
        if (length == 0)
            break;
        question.name.append(query.substr(at, length)).push_back('.');
        at += length;
    }
    if (at + 4 > query.size())
        return std::nullopt;
    if (question.name.empty())
        question.name = ".";
    question.wire = query.substr(headerBytes, at + 4 - headerBytes);
    question.type = numberAt(query, at);
    question.class_ = numberAt(query, at + 2);
    return question;
}

void appendRecord(std::string& out, Type type, std::string_view data)
{
    append16(out, 0xc000 | headerBytes); // the name stands in the question
    append16(out, type);
    append16(out, IN);
    append32(out, 0); // who answers may be another one at the next query
    append16(out, static_cast<std::uint32_t>(data.size()));
    out.append(data);
}

std::string whoAnswers(const routing::EchoIdentity& identity)
{
    std::string out;
    for (const auto& [name, value] : {std::pair{"pod=", &identity.pod}, std::pair{"namespace=", &identity.namespace_},
                                      std::pair{"service=", &identity.service}}) {
        const std::string text = (name + *value).substr(0, mostStringBytes);
        out.push_back(static_cast<char>(text.size()));
        out.append(text);
    }
    return out;
}

/// Records that answer a question, and how many.
std::pair<std::string, std::uint16_t> recordsFor(const routing::EchoIdentity& identity, const Question& question)
{
    std::string out;
    std::uint16_t count = 0;
    if (question.class_ != IN && question.class_ != AnyClass)
        return {out, count};
    const auto add = [&](Type type, std::string_view data) {
        if (question.type != type && question.type != ANY)
            return;
        appendRecord(out, type, data);
        ++count;
    };
    static constexpr char loopback4[] = {127, 0, 0, 1};
    static constexpr char loopback6[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    add(A, {loopback4, sizeof loopback4});
    add(AAAA, {loopback6, sizeof loopback6});
    add(TXT, whoAnswers(identity));
    return {out, count};
}

std::string header(std::string_view query, unsigned flags, Rcode rcode)
{
    const unsigned kept = numberAt(query, 2) & (0x7800u | recursionDesired); // the operation as it was asked
    std::string out(query.substr(0, 2));
    append16(out, isAnswer | kept | flags | rcode);
    return out;
}

} // namespace

std::optional<DnsAnswer> answerDns(const routing::EchoIdentity& identity, std::string_view query, std::size_t most)
{
    if (query.size() < headerBytes || (numberAt(query, 2) & isAnswer) != 0)
        return std::nullopt;
    DnsAnswer answer;
    const bool isQuery = (numberAt(query, 2) & 0x7800) == 0;
    const std::optional<Question> question = isQuery && numberAt(query, 4) == 1 ? readQuestion(query) : std::nullopt;
    if (!question) {
        answer.message = header(query, 0, isQuery ? FormErr : NotImp) + std::string(8, '\0');
        return answer;
    }
    auto [records, count] = recordsFor(identity, *question);
    const bool cut = headerBytes + question->wire.size() + records.size() > most;
    answer.message = header(query, isAuthoritative | (cut ? isCut : 0), NoError);
    append16(answer.message, 1);
    append16(answer.message, cut ? 0 : count);
    append32(answer.message, 0); // no authorities, nothing additional: whoever sent EDNS learns that it is not known
    answer.message.append(question->wire);
    if (!cut)
        answer.message.append(records);
    answer.name = question->name;
    answer.type = question->type;
    return answer;
}

bool DnsStream::receive(std::string_view bytes, std::string& out)
{
    unread_.append(bytes);
    while (unread_.size() >= 2 && unread_.size() >= 2u + numberAt(unread_, 0)) {
        const std::size_t length = numberAt(unread_, 0);
        const auto answer = answerDns(identity_, std::string_view(unread_).substr(2, length), mostDnsOverTcp);
        if (!answer)
            return false;
        if (answered_)
            answered_(*answer);
        append16(out, static_cast<std::uint32_t>(answer->message.size()));
        out.append(answer->message);
        unread_.erase(0, 2 + length);
    }
    return true;
}

namespace {
/// "A", "AAAA", "TXT", ..., else "TYPE65".
std::string typeName(std::uint16_t type)
{
    static constexpr std::pair<std::uint16_t, const char*> names[] = {
        {A, "A"},     {2, "NS"},      {5, "CNAME"}, {6, "SOA"},   {12, "PTR"},   {15, "MX"},
        {TXT, "TXT"}, {AAAA, "AAAA"}, {33, "SRV"},  {64, "SVCB"}, {65, "HTTPS"}, {ANY, "ANY"}};
    const auto known =
        std::find_if(std::begin(names), std::end(names), [&](const auto& each) { return each.first == type; });
    return known == std::end(names) ? "TYPE" + std::to_string(type) : known->second;
}
} // namespace

std::string dnsLogLine(const DnsAnswer& answer, std::string_view client)
{
    if (answer.name.empty())
        return "Refusing a DNS message of " + std::string(client);
    return "Answering DNS query " + typeName(answer.type) + " \"" + printable(answer.name) + "\" of " +
           std::string(client);
}

} // namespace gatehouse::engine
