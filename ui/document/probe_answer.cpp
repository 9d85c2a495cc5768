#include "ui/document/probe_answer.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>
#include <QStringDecoder>

#include <algorithm>

namespace gatehouse::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("answer", text);
}

struct StatusName {
    int status;
    const char* words;
};

/// IANA, "Hypertext Transfer Protocol (HTTP) Status Code Registry". Protocol words, not translated.
constexpr StatusName statusNames[] = {
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {425, "Too Early"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
};

/// Text that can be shown: UTF-8 without control characters other than space. What is cut in the middle of a character
/// still is text.
std::optional<QString> asText(const QByteArray& bytes, bool cut)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    for (int shorter = 0; shorter <= (cut ? 3 : 0) && shorter <= bytes.size(); ++shorter) {
        const QString text = decoder(bytes.first(bytes.size() - shorter));
        if (decoder.hasError()) {
            decoder.resetState();
            continue;
        }
        const bool plain = std::all_of(text.begin(), text.end(), [](QChar c) {
            return c.unicode() >= 32 ? c.unicode() != 127
                                     : c == QLatin1Char('\n') || c == QLatin1Char('\r') || c == QLatin1Char('\t');
        });
        return plain ? std::optional(text) : std::nullopt;
    }
    return std::nullopt;
}

/// "00000000  47 61 74 65 ...  Gate..." a line.
QString hexText(const QByteArray& bytes)
{
    constexpr qsizetype wide = 16;
    QString text;
    for (qsizetype at = 0; at < bytes.size(); at += wide) {
        const QByteArray row = bytes.mid(at, wide);
        QString shown;
        for (const char c : row)
            shown += c >= 32 && c < 127 ? QLatin1Char(c) : QLatin1Char('.');
        text += QStringLiteral("%1  %2  %3\n")
                    .arg(at, 8, 16, QLatin1Char('0'))
                    .arg(QString::fromLatin1(row.toHex(' ')), -(static_cast<int>(wide) * 3 - 1))
                    .arg(shown);
    }
    return text;
}

/// JSON that is known to be right, with a line a member. QJsonDocument would sort the members and round the numbers.
QString indented(const QString& json)
{
    QString text;
    int depth = 0;
    bool quoted = false;
    const auto breakLine = [&] { text += QLatin1Char('\n') + QString(depth * 2, QLatin1Char(' ')); };
    for (qsizetype i = 0; i < json.size(); ++i) {
        const QChar c = json[i];
        if (quoted) {
            text += c;
            if (c == QLatin1Char('\\') && i + 1 < json.size())
                text += json[++i];
            quoted = c != QLatin1Char('"');
            continue;
        }
        if (c.isSpace())
            continue;
        const bool closes = c == QLatin1Char('}') || c == QLatin1Char(']');
        if (closes) {
            --depth;
            if (!text.endsWith(QLatin1Char('{')) && !text.endsWith(QLatin1Char('[')))
                breakLine();
        } else if (text.endsWith(QLatin1Char('{')) || text.endsWith(QLatin1Char('['))) {
            breakLine();
        }
        text += c;
        quoted = c == QLatin1Char('"');
        if (c == QLatin1Char('{') || c == QLatin1Char('['))
            ++depth;
        else if (c == QLatin1Char(','))
            breakLine();
        else if (c == QLatin1Char(':'))
            text += QLatin1Char(' ');
    }
    return text;
}

QString sizeText(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

} // namespace

BodyText bodyText(const ProbeAnswer& answer, qsizetype most)
{
    BodyText shown;
    if (answer.body.isEmpty()) {
        shown.note = tr("no body");
        return shown;
    }
    const QByteArray bytes = answer.body.left(most);
    const bool cut = answer.bodySize > static_cast<std::uint64_t>(bytes.size());
    QString how = tr("text");
    const char first = bytes.trimmed().isEmpty() ? '\0' : bytes.trimmed().front();
    const QJsonDocument json =
        !cut && (first == '{' || first == '[') ? QJsonDocument::fromJson(bytes) : QJsonDocument();
    if (!json.isNull()) {
        shown.text = indented(QString::fromUtf8(bytes));
        how = tr("JSON");
    } else if (const auto text = asText(bytes, cut)) {
        shown.text = *text;
    } else {
        shown.text = hexText(bytes);
        how = tr("bytes");
    }
    shown.note = cut ? tr("%1, the first %2 of %3")
                           .arg(how, sizeText(static_cast<std::uint64_t>(bytes.size())), sizeText(answer.bodySize))
                     : QStringLiteral("%1, %2").arg(how, sizeText(answer.bodySize));
    return shown;
}

QString timesText(const ProbeAnswer& answer)
{
    const QLocale locale;
    QStringList parts;
    if (answer.connectMs)
        parts << tr("connected after %1 ms").arg(locale.toString(*answer.connectMs, 'f', 1));
    if (answer.firstByteMs)
        parts << tr("first byte after %1 ms").arg(locale.toString(*answer.firstByteMs, 'f', 1));
    if (answer.totalMs)
        parts << tr("%1 ms in all").arg(locale.toString(*answer.totalMs, 'f', 1));
    return parts.join(QStringLiteral(" \u00b7 "));
}

QString statusWords(int status)
{
    for (const StatusName& row : statusNames) {
        if (row.status == status)
            return QLatin1String(row.words);
    }
    return {};
}

} // namespace gatehouse::ui
