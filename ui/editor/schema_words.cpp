#include "ui/editor/schema_words.h"

#include <QCoreApplication>
#include <QStringList>

namespace gatehouse::ui {

namespace {

/// Scope of the translations of this file.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(SchemaWords)
};

QString text(std::string_view words)
{
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QString range(std::optional<std::int64_t> least, std::optional<std::int64_t> most)
{
    if (least && most)
        return Words::tr("a whole number from %1 to %2").arg(*least).arg(*most);
    if (least)
        return Words::tr("a whole number from %1 on").arg(*least);
    if (most)
        return Words::tr("a whole number up to %1").arg(*most);
    return Words::tr("a whole number");
}

QString stringWords(const model::SchemaNode& node)
{
    switch (node.format) {
    case model::Format::Hostname:
        return Words::tr("a hostname, which may begin with *.");
    case model::Format::PreciseHostname:
        return Words::tr("a hostname without a wildcard");
    case model::Format::Duration:
        return Words::tr("a duration such as 10s, 500ms or 1h30m");
    case model::Format::Base64:
        return Words::tr("text in base64");
    case model::Format::DateTime:
        return Words::tr("a time such as 2026-01-31T12:00:00Z");
    default:
        return Words::tr("text");
    }
}

/// A default of one value; what is more than that is told by its parts.
QString valueText(const model::Value& value)
{
    if (const std::string* string = value.asString())
        return string->empty() ? Words::tr("empty") : QString::fromStdString(*string);
    if (const auto number = value.asInt())
        return QString::number(*number);
    if (const auto flag = value.asBool())
        return *flag ? QStringLiteral("true") : QStringLiteral("false");
    return {};
}

QString lengthWords(const model::SchemaNode& node)
{
    const auto most = node.maxLength ? QString::number(*node.maxLength) : QString();
    switch (node.type) {
    case model::SchemaType::String:
        return node.maxLength ? Words::tr("at most %1 characters").arg(most) : QString();
    case model::SchemaType::List:
        if (node.minLength && node.maxLength)
            return Words::tr("%1 to %2 entries").arg(*node.minLength).arg(most);
        return node.maxLength ? Words::tr("at most %1 entries").arg(most) : QString();
    case model::SchemaType::Map:
        return node.maxLength ? Words::tr("at most %1 members").arg(most) : QString();
    default:
        return {};
    }
}

/// What holds for a field beside its type.
QStringList facts(const model::SchemaField& field)
{
    QStringList all;
    if (field.required)
        all << Words::tr("required");
    if (const QString value = field.defaultValue ? valueText(*field.defaultValue) : QString(); !value.isEmpty())
        all << Words::tr("%1 by default").arg(value);
    if (const QString length = field.node ? lengthWords(*field.node) : QString(); !length.isEmpty())
        all << length;
    if (field.immutable)
        all << Words::tr("cannot be changed later");
    if (field.experimental)
        all << Words::tr("experimental");
    return all;
}

} // namespace

QString typeWords(const model::SchemaNode& node)
{
    if (!node.enumValues.empty()) {
        QStringList values;
        for (const std::string_view value : node.enumValues)
            values << text(value);
        return Words::tr("one of %1").arg(values.join(QStringLiteral(", ")));
    }
    switch (node.type) {
    case model::SchemaType::Object:
        return Words::tr("an object");
    case model::SchemaType::Map:
        return Words::tr("names and values");
    case model::SchemaType::List:
        return node.items && node.items->type == model::SchemaType::Object ? Words::tr("a list of objects")
                                                                           : Words::tr("a list");
    case model::SchemaType::String:
        return stringWords(node);
    case model::SchemaType::Integer:
        return range(node.minimum, node.maximum);
    case model::SchemaType::Number:
        return Words::tr("a number");
    case model::SchemaType::Boolean:
        return Words::tr("true or false");
    case model::SchemaType::IntOrString:
        return Words::tr("a number or a name");
    case model::SchemaType::Any:
        return Words::tr("anything");
    }
    return {};
}

QString fieldLine(const model::SchemaField& field)
{
    QStringList parts;
    if (field.node)
        parts << typeWords(*field.node);
    parts << facts(field);
    return text(field.doc) + QStringLiteral(" (") + parts.join(QStringLiteral("; ")) + QLatin1Char(')');
}

QString fieldHelp(const SchemaPlace& place)
{
    if (!place.field)
        return {};
    QStringList parts;
    if (place.field->node)
        parts << typeWords(*place.field->node);
    parts << facts(*place.field);
    return QStringLiteral("<b>%1</b><br>%2<br><i>%3</i>")
        .arg(place.path.empty() ? text(place.field->name).toHtmlEscaped()
                                : QString::fromStdString(place.path).toHtmlEscaped(),
             text(place.field->doc).toHtmlEscaped(), parts.join(QStringLiteral(" \u00b7 ")).toHtmlEscaped());
}

} // namespace gatehouse::ui
