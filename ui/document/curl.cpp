#include "ui/document/curl.h"

#include <QCoreApplication>
#include <QUrl>
#include <QUrlQuery>

#include <array>

namespace gatehouse::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("curl", text);
}

/// Splits a command into words by the rules of a POSIX shell, without expansions. Nothing: a quote is not closed.
std::optional<QStringList> shellWords(const QString& command)
{
    QStringList words;
    QString word;
    bool inWord = false;
    for (qsizetype i = 0; i < command.size(); ++i) {
        const QChar c = command[i];
        if (c == QLatin1Char('\'')) {
            const auto end = command.indexOf(QLatin1Char('\''), i + 1);
            if (end < 0)
                return std::nullopt;
            word += command.mid(i + 1, end - i - 1);
            inWord = true;
            i = end;
        } else if (c == QLatin1Char('"')) {
            inWord = true;
            for (++i;; ++i) {
                if (i >= command.size())
                    return std::nullopt;
                if (command[i] == QLatin1Char('"'))
                    break;
                const bool escapes = command[i] == QLatin1Char('\\') && i + 1 < command.size() &&
                                     QStringLiteral("\\\"$`\n").contains(command[i + 1]);
                if (escapes)
                    ++i;
                if (!(escapes && command[i] == QLatin1Char('\n')))
                    word += command[i];
            }
        } else if (c == QLatin1Char('\\') && i + 1 < command.size()) {
            ++i;
            if (command[i] == QLatin1Char('\r') && i + 1 < command.size() && command[i + 1] == QLatin1Char('\n'))
                ++i;
            if (command[i] != QLatin1Char('\n')) { // else the line goes on
                word += command[i];
                inWord = true;
            }
        } else if (c.isSpace()) {
            if (inWord)
                words << std::exchange(word, QString());
            inWord = false;
        } else {
            word += c;
            inWord = true;
        }
    }
    if (inWord)
        words << word;
    return words;
}

enum class Meaning {
    Method,
    Header,
    Url,
    Data,
    Raw,
    Encoded,
    Json,
    Head,
    Get,
    Http2,
    User,
    Agent,
    Referer,
    Cookie,
    Resolve,
    MaxTime,
    LocalCa,
    Skip,
    SkipOne
};

struct Option {
    const char* name;
    Meaning meaning;
};

/// What curl calls its options. SkipOne: without an argument. Those that are not here are refused by name.
constexpr Option options[] = {
    {"-X", Meaning::Method},
    {"--request", Meaning::Method},
    {"-H", Meaning::Header},
    {"--header", Meaning::Header},
    {"--url", Meaning::Url},
    {"-d", Meaning::Data},
    {"--data", Meaning::Data},
    {"--data-raw", Meaning::Raw},
    {"--data-ascii", Meaning::Data},
    {"--data-binary", Meaning::Data},
    {"--data-urlencode", Meaning::Encoded},
    {"--json", Meaning::Json},
    {"-I", Meaning::Head},
    {"--head", Meaning::Head},
    {"-G", Meaning::Get},
    {"--get", Meaning::Get},
    {"-u", Meaning::User},
    {"--user", Meaning::User},
    {"-A", Meaning::Agent},
    {"--user-agent", Meaning::Agent},
    {"-e", Meaning::Referer},
    {"--referer", Meaning::Referer},
    {"-b", Meaning::Cookie},
    {"--cookie", Meaning::Cookie},
    {"--resolve", Meaning::Resolve},
    {"-o", Meaning::Skip},
    {"--output", Meaning::Skip},
    {"-w", Meaning::Skip},
    {"--write-out", Meaning::Skip},
    {"-m", Meaning::MaxTime},
    {"--max-time", Meaning::MaxTime},
    {"--connect-timeout", Meaning::Skip},
    {"--cacert", Meaning::LocalCa},
    {"--cert", Meaning::Skip},
    {"-E", Meaning::Skip},
    {"--key", Meaning::Skip},
    {"--retry", Meaning::Skip},
    {"-c", Meaning::Skip},
    {"--cookie-jar", Meaning::Skip},
    {"-D", Meaning::Skip},
    {"--dump-header", Meaning::Skip},
    {"--max-redirs", Meaning::Skip},
    {"--interface", Meaning::Skip},
    {"-s", Meaning::SkipOne},
    {"--silent", Meaning::SkipOne},
    {"-S", Meaning::SkipOne},
    {"--show-error", Meaning::SkipOne},
    {"-k", Meaning::SkipOne},
    {"--insecure", Meaning::SkipOne},
    {"-v", Meaning::SkipOne},
    {"--verbose", Meaning::SkipOne},
    {"-i", Meaning::SkipOne},
    {"--include", Meaning::SkipOne},
    {"-L", Meaning::SkipOne},
    {"--location", Meaning::SkipOne},
    {"-f", Meaning::SkipOne},
    {"--fail", Meaning::SkipOne},
    {"-g", Meaning::SkipOne},
    {"--globoff", Meaning::SkipOne},
    {"-N", Meaning::SkipOne},
    {"--no-buffer", Meaning::SkipOne},
    {"-O", Meaning::SkipOne},
    {"--remote-name", Meaning::SkipOne},
    {"-4", Meaning::SkipOne},
    {"-6", Meaning::SkipOne},
    {"--compressed", Meaning::SkipOne},
    {"--http1.0", Meaning::SkipOne},
    {"--http1.1", Meaning::SkipOne},
    {"--http2", Meaning::Http2},
    {"--http2-prior-knowledge", Meaning::Http2},
    {"--path-as-is", Meaning::SkipOne},
    {"--tlsv1.2", Meaning::SkipOne},
    {"--tlsv1.3", Meaning::SkipOne},
    {"-#", Meaning::SkipOne},
    {"--progress-bar", Meaning::SkipOne},
    {"--no-progress-meter", Meaning::SkipOne},
};

const Option* findOption(const QString& name)
{
    for (const Option& option : options) {
        if (name == QLatin1String(option.name))
            return &option;
    }
    return nullptr;
}

bool takesArgument(Meaning meaning)
{
    return meaning != Meaning::Head && meaning != Meaning::Get && meaning != Meaning::Http2 &&
           meaning != Meaning::SkipOne;
}

/// What the options said, before it becomes a request.
class Reader {
public:
    /// Reads all words behind "curl"; the error is a sentence.
    std::optional<QString> read(const QStringList& words)
    {
        for (qsizetype i = 0; i < words.size(); ++i) {
            QString word = words[i];
            if (!word.startsWith(QLatin1Char('-')) || word == QLatin1String("-")) {
                if (!url_.isEmpty())
                    return tr("there are two URLs: %1 and %2").arg(url_, word);
                url_ = word;
                continue;
            }
            // -sSL is -s -S -L, and -XPOST is -X POST; --url=x is --url x in newer curls.
            QString attached;
            bool hasAttached = false;
            if (!word.startsWith(QLatin1String("--")) && word.size() > 2) {
                const Option* first = findOption(word.left(2));
                if (first && takesArgument(first->meaning)) {
                    attached = word.mid(2);
                    hasAttached = true;
                    word = word.left(2);
                } else if (first) {
                    QStringList apart = words;
                    apart[i] = QLatin1Char('-') + word.mid(2);
                    apply(first->meaning, {});
                    return read(apart.mid(i));
                }
            }
            const Option* option = findOption(word);
            if (!option)
                return tr("curl's option %1 is not understood").arg(word);
            if (!takesArgument(option->meaning)) {
                apply(option->meaning, {});
                continue;
            }
            if (!hasAttached && i + 1 >= words.size())
                return tr("curl's option %1 needs an argument").arg(word);
            if (auto fault = apply(option->meaning, hasAttached ? attached : words[++i]))
                return fault;
        }
        return std::nullopt;
    }

    model::Result<ProbeRequest, QString> request() &&
    {
        if (url_.isEmpty())
            return model::Unexpected{tr("there is no URL")};
        if (!url_.contains(QLatin1String("://")))
            url_.prepend(QLatin1String("http://"));
        QUrl url(url_, QUrl::TolerantMode);
        if (url.host().isEmpty())
            return model::Unexpected{tr("'%1' is no URL").arg(url_)};
        if (get_ && !data_.isEmpty()) {
            const QString more = data_.join(QLatin1Char('&'));
            url.setQuery(url.hasQuery() ? url.query(QUrl::FullyEncoded) + QLatin1Char('&') + more : more);
        }
        ProbeRequest request;
        request.method = !method_.isEmpty()          ? method_
                         : head_                     ? QStringLiteral("HEAD")
                         : !data_.isEmpty() && !get_ ? QStringLiteral("POST")
                                                     : QStringLiteral("GET");
        request.headers = std::move(headers_);
        if (!data_.isEmpty() && !get_)
            addMissing(request, QStringLiteral("Content-Type"),
                       json_ ? QStringLiteral("application/json")
                             : QStringLiteral("application/x-www-form-urlencoded"));
        if (json_)
            addMissing(request, QStringLiteral("Accept"), QStringLiteral("application/json"));
        if (!get_)
            request.body = data_.join(json_ ? QString() : QStringLiteral("&")); // curl joins JSON without a sign
        request.http2 = http2_;
        if (localCa_ && url.scheme() == QLatin1String("https"))
            request.trust = ProbeTrust::LocalCa;
        if (timeoutMs_ > 0)
            request.timeoutMs = timeoutMs_;
        resolve(url, request);
        request.target = url.toString(QUrl::FullyEncoded);
        return request;
    }

private:
    static bool has(const ProbeRequest& request, const QString& name)
    {
        for (const auto& header : request.headers) {
            if (header.first.compare(name, Qt::CaseInsensitive) == 0)
                return true;
        }
        return false;
    }

    static void addMissing(ProbeRequest& request, const QString& name, const QString& value)
    {
        if (!has(request, name))
            request.headers.emplace_back(name, value);
    }

    /// --resolve HOST:PORT:ADDRESS: the address is where to connect, the name becomes the Host header.
    void resolve(QUrl& url, ProbeRequest& request) const
    {
        const int port = url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
        const QString prefix = QStringLiteral("%1:%2:").arg(url.host()).arg(port);
        for (const QString& entry : resolves_) {
            if (!entry.startsWith(prefix, Qt::CaseInsensitive))
                continue;
            addMissing(request, QStringLiteral("Host"),
                       url.port() < 0 ? url.host() : QStringLiteral("%1:%2").arg(url.host()).arg(url.port()));
            QString address = entry.mid(prefix.size()).section(QLatin1Char(','), 0, 0);
            if (address.startsWith(QLatin1Char('[')) && address.endsWith(QLatin1Char(']')))
                address = address.mid(1, address.size() - 2);
            url.setHost(address);
            url.setPort(port);
            return;
        }
    }

    std::optional<QString> addHeader(const QString& line)
    {
        const ParsedHeaders parsed = parseHeaders(line);
        if (!parsed.fault.isEmpty())
            return parsed.fault;
        headers_.insert(headers_.end(), parsed.headers.begin(), parsed.headers.end());
        return std::nullopt;
    }

    /// "content", "=content" and "name=content" (curl(1), --data-urlencode).
    std::optional<QString> addEncoded(const QString& argument)
    {
        const auto equals = argument.indexOf(QLatin1Char('='));
        const auto at = argument.indexOf(QLatin1Char('@'));
        if (at >= 0 && equals < 0)
            return tr("a body from a file is not read: %1").arg(argument);
        const QString name = argument.left(std::max<qsizetype>(equals, 0));
        const QString content = QString::fromLatin1(QUrl::toPercentEncoding(argument.mid(equals + 1)));
        data_ << (name.isEmpty() ? content : name + QLatin1Char('=') + content);
        return std::nullopt;
    }

    std::optional<QString> apply(Meaning meaning, const QString& argument)
    {
        switch (meaning) {
        case Meaning::Method:
            method_ = argument;
            break;
        case Meaning::Header:
            return addHeader(argument);
        case Meaning::Url:
            url_ = argument;
            break;
        case Meaning::Json:
            json_ = true;
            [[fallthrough]];
        case Meaning::Data:
            if (argument.startsWith(QLatin1Char('@')))
                return tr("a body from a file is not read: %1").arg(argument);
            data_ << argument;
            break;
        case Meaning::Raw:
            data_ << argument;
            break;
        case Meaning::Encoded:
            return addEncoded(argument);
        case Meaning::Http2:
            http2_ = true;
            break;
        case Meaning::MaxTime:
            timeoutMs_ = qRound(argument.toDouble() * 1000);
            break;
        case Meaning::LocalCa:
            localCa_ = true;
            break;
        case Meaning::Head:
            head_ = true;
            break;
        case Meaning::Get:
            get_ = true;
            break;
        case Meaning::User:
            headers_.emplace_back(QStringLiteral("Authorization"),
                                  QStringLiteral("Basic ") + QString::fromLatin1(argument.toUtf8().toBase64()));
            break;
        case Meaning::Agent:
            headers_.emplace_back(QStringLiteral("User-Agent"), argument);
            break;
        case Meaning::Referer:
            headers_.emplace_back(QStringLiteral("Referer"), argument);
            break;
        case Meaning::Cookie:
            if (!argument.contains(QLatin1Char('=')))
                return tr("cookies of a file are not read: %1").arg(argument);
            headers_.emplace_back(QStringLiteral("Cookie"), argument);
            break;
        case Meaning::Resolve:
            resolves_ << argument;
            break;
        case Meaning::Skip:
        case Meaning::SkipOne:
            break;
        }
        return std::nullopt;
    }

    QString url_, method_;
    std::vector<std::pair<QString, QString>> headers_;
    QStringList data_, resolves_;
    bool head_ = false, get_ = false, json_ = false, http2_ = false, localCa_ = false;
    int timeoutMs_ = 0;
};

/// "127.0.0.1:8080" and "[::1]:8080" as host and port.
std::pair<QString, int> splitAddress(const QString& address)
{
    const auto colon = address.lastIndexOf(QLatin1Char(':'));
    QString host = address.left(colon);
    if (host.startsWith(QLatin1Char('[')))
        host = host.mid(1, host.size() - 2);
    return {host, address.mid(colon + 1).toInt()};
}

QString curlCommand(const ProbeRequest& request, const QString& address)
{
    QUrl url(request.target, QUrl::TolerantMode);
    QStringList words{QStringLiteral("curl"), QStringLiteral("-i")};
    if (request.method == QLatin1String("HEAD"))
        words << QStringLiteral("--head");
    else if (request.method != QLatin1String("GET"))
        words << QStringLiteral("-X") << request.method;
    if (!address.isEmpty()) {
        const auto [host, port] = splitAddress(address);
        url.setPort(port);
        if (url.host() != host)
            words << QStringLiteral("--resolve")
                  << QStringLiteral("%1:%2:%3")
                         .arg(url.host())
                         .arg(port)
                         .arg(host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(host) : host);
    }
    for (const auto& [name, value] : request.headers)
        words << QStringLiteral("-H") << name + QStringLiteral(": ") + value;
    if (!request.body.isEmpty())
        words << QStringLiteral("--data-raw") << request.body;
    const bool tls = speaksTls(request);
    if (request.http2)
        words << (tls ? QStringLiteral("--http2") : QStringLiteral("--http2-prior-knowledge"));
    if (tls && request.trust == ProbeTrust::Anybody)
        words << QStringLiteral("-k");
    if (request.timeoutMs != ProbeRequest().timeoutMs)
        words << QStringLiteral("--max-time") << QString::number(request.timeoutMs / 1000.0);
    words << url.toString(QUrl::FullyEncoded);
    QStringList quoted;
    for (const QString& word : words)
        quoted << shellQuoted(word);
    return quoted.join(QLatin1Char(' '));
}

QString grpcurlCommand(const ProbeRequest& request, const QString& address)
{
    QString host = request.target;
    const bool tls = host.startsWith(QLatin1String("https://"));
    host.remove(QStringLiteral("http://")).remove(QStringLiteral("https://"));
    QStringList words{QStringLiteral("grpcurl"), tls ? QStringLiteral("-insecure") : QStringLiteral("-plaintext")};
    if (!address.isEmpty())
        words << QStringLiteral("-authority") << host;
    for (const auto& [name, value] : request.headers)
        words << QStringLiteral("-H") << name + QStringLiteral(": ") + value;
    if (!request.protoFile.isEmpty())
        words << (request.protoFile.endsWith(QLatin1String(".proto")) ? QStringLiteral("-proto")
                                                                      : QStringLiteral("-protoset"))
              << request.protoFile;
    if (!request.body.trimmed().isEmpty())
        words << QStringLiteral("-d") << request.body;
    words << (address.isEmpty() ? host : address);
    words << (request.call.startsWith(QLatin1Char('/')) ? request.call.mid(1) : request.call);
    QStringList quoted;
    for (const QString& word : words)
        quoted << shellQuoted(word);
    return quoted.join(QLatin1Char(' '));
}

} // namespace

QString shellQuoted(const QString& word)
{
    const QString plain = QStringLiteral("-_./:=@%+,[]");
    bool needs = word.isEmpty();
    for (const QChar c : word)
        needs = needs || !((c.unicode() < 128 && c.isLetterOrNumber()) || plain.contains(c));
    if (word.contains(QLatin1Char('[')) && !needs)
        needs = true; // a pattern to some shells
    if (!needs)
        return word;
    QString inner = word;
    inner.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return QLatin1Char('\'') + inner + QLatin1Char('\'');
}

model::Result<ProbeRequest, QString> parseCurl(const QString& command)
{
    auto words = shellWords(command);
    if (!words)
        return model::Unexpected{tr("a quote is not closed")};
    if (!words->isEmpty() && words->first() == QLatin1String("$"))
        words->removeFirst(); // the prompt, copied along
    if (words->isEmpty() || words->first().section(QLatin1Char('/'), -1) != QLatin1String("curl"))
        return model::Unexpected{tr("this is no curl command; it begins with 'curl'")};
    Reader reader;
    if (const auto fault = reader.read(words->mid(1)))
        return model::Unexpected{*fault};
    return std::move(reader).request();
}

QString toCommand(const ProbeRequest& request, const QString& address)
{
    switch (request.kind) {
    case ProbeKind::Http:
        return curlCommand(request, address);
    case ProbeKind::Grpc:
        return grpcurlCommand(request, address);
    case ProbeKind::Tls:
    case ProbeKind::Tcp:
    case ProbeKind::Udp:
        return {};
    }
    return {};
}

} // namespace gatehouse::ui
