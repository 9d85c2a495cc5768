#include "app/desktop/start_content.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTextStream>

namespace gatehouse::desktop {
namespace {

constexpr const char* sampleOfAll = "one-to-one"; ///< a folder of samples has it

/// The heading of a README and the first sentence below it.
ui::Sample describe(const QDir& folder)
{
    ui::Sample sample;
    sample.title = folder.dirName();
    sample.path = folder.absolutePath();
    QFile file(folder.filePath(QStringLiteral("README.md")));
    if (!file.open(QIODevice::ReadOnly))
        return sample;
    QTextStream lines(&file);
    QStringList paragraph;
    for (QString line; lines.readLineInto(&line);) {
        line = line.trimmed();
        if (line.startsWith(QLatin1String("# ")))
            sample.title = line.mid(2);
        else if (!line.isEmpty())
            paragraph << line;
        else if (!paragraph.isEmpty())
            break;
    }
    static const QRegularExpression sentence(QStringLiteral("^.*?\\.(?=\\s|$)"));
    const QString text = paragraph.join(QLatin1Char(' '));
    const auto first = sentence.match(text);
    sample.text = first.hasMatch() ? first.captured() : text;
    sample.text.remove(QLatin1Char('`'));
    return sample;
}

/// The first of these folders below `programFolder` that holds `witness`; empty for none.
QString firstWith(const QString& programFolder, const QStringList& places, const QString& witness)
{
    for (const QString& place : places) {
        const QDir folder(QDir(programFolder).filePath(place));
        if (folder.exists(witness))
            return folder.canonicalPath();
    }
    return {};
}

} // namespace

ui::StartContent findStartContent(const QString& programFolder)
{
    ui::StartContent content;
    const QString samples =
        firstWith(programFolder, {QStringLiteral("../share/gatehouse/samples"), QStringLiteral("../../../samples")},
                  QLatin1String(sampleOfAll));
    if (!samples.isEmpty()) {
        const QDir folder(samples);
        for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
            content.samples.push_back(describe(QDir(folder.filePath(name))));
    }
    const QString readme = QStringLiteral("README.md");
    const QString documents =
        firstWith(programFolder, {QStringLiteral("../share/doc/gatehouse"), QStringLiteral("../../..")}, readme);
    if (!documents.isEmpty())
        content.documentation = QDir(documents).filePath(readme);
    return content;
}

} // namespace gatehouse::desktop
