#include "app/desktop/file_text.h"

#include "app/control/atomic_file.h"
#include "importers/importer.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

#include <sys/stat.h>

namespace gatehouse::desktop {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FileText)
};

QString versionOf(const QByteArray& bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

constexpr const char* byteOrderMark = "\xEF\xBB\xBF";

bool beginsWithMark(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) && file.read(3) == byteOrderMark;
}

/// Where a link leads; writing beside the link would put a file in its place.
QString targetOf(const QString& file)
{
    const QString target = QFileInfo(file).canonicalFilePath();
    return target.isEmpty() ? file : target;
}

unsigned permissionsOf(const QString& file)
{
    struct stat found {};
    if (::stat(QFile::encodeName(file).constData(), &found) == 0)
        return found.st_mode & 07777u;
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666u & ~mask;
}

} // namespace

std::string toBytes(const QString& text)
{
    return text.toUtf8().toStdString();
}

ui::FileText readFileText(const QString& name)
{
    ui::FileText result;
    QFile file(name);
    const QFileInfo info(name);
    if (!info.exists()) {
        result.fault = Words::tr("There is no file %1.").arg(name);
        return result;
    }
    result.version = QStringLiteral("unread"); // it is there, whatever it is
    if (!info.isFile()) {
        result.fault = Words::tr("%1 is no file that can be edited.").arg(name);
        return result;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        result.fault = Words::tr("%1 cannot be read: %2").arg(name, file.errorString());
        return result;
    }
    const auto most = static_cast<qint64>(importers::ImportLimits().fileBytes);
    const QByteArray bytes = file.read(most + 1);
    result.version = versionOf(bytes);
    if (bytes.size() > most) {
        result.fault = Words::tr("%1 is larger than a manifest may be.").arg(name);
        return result;
    }
    QStringDecoder decoder(QStringConverter::Utf8); // leaves the byte order mark out
    result.text = decoder(bytes);
    if (decoder.hasError() || bytes.contains('\0')) {
        result.text.clear();
        result.fault = Words::tr("%1 is no UTF-8 text.").arg(name);
    }
    result.readOnly = !info.isWritable();
    return result;
}

ui::SaveResult saveFileText(const ui::SaveRequest& request)
{
    ui::SaveResult result;
    if (!request.overwrite) {
        result.disk = readFileText(request.file);
        if (result.disk.version != request.base) {
            result.changedElsewhere = true;
            return result;
        }
    }
    const QString target = targetOf(request.file);
    // Writing beside it and renaming would not ask.
    if (const QFileInfo info(target); info.exists() && !info.isWritable()) {
        result.fault = Words::tr("%1 may not be written.").arg(request.file);
        return result;
    }
    const std::string bytes = (beginsWithMark(target) ? byteOrderMark : "") + toBytes(request.text);
    const std::string error =
        control::writeFileAtomically(QFile::encodeName(target).toStdString(), bytes, permissionsOf(target));
    if (!error.empty()) {
        result.fault = QString::fromStdString(error);
        return result;
    }
    result.disk = {};
    result.disk.text = request.text;
    result.disk.version = versionOf(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return result;
}

} // namespace gatehouse::desktop
