#include "ui/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <array>
#include <memory>
#include <vector>

namespace gatehouse::ui {
namespace {

constexpr std::array languages{"de", "en"};
/// Where update.py puts the texts of functions that belong to no class.
constexpr const char* sharedContext = "gatehouse";

/// Finds the texts of free functions as well, whatever context they ask in.
class Texts final : public QTranslator {
public:
    QString translate(const char* context, const char* text, const char* comment, int n) const override
    {
        const QString found = QTranslator::translate(context, text, comment, n);
        return found.isNull() ? QTranslator::translate(sharedContext, text, comment, n) : found;
    }
};

QString languageFor(const QString& wanted)
{
    QStringList asked{wanted};
    if (wanted.isEmpty())
        asked = QLocale::system().uiLanguages();
    for (const QString& tag : asked) {
        for (const char* language : languages) {
            if (tag.section(QLatin1Char('-'), 0, 0) == QLatin1String(language))
                return QLatin1String(language);
        }
    }
    return QStringLiteral("en");
}

} // namespace

QString useLanguage(const QString& wanted)
{
    static std::vector<std::unique_ptr<QTranslator>> installed;
    for (const auto& translator : installed)
        QCoreApplication::removeTranslator(translator.get());
    installed.clear();

    const QString language = languageFor(wanted);
    auto qt = std::make_unique<QTranslator>();
    if (qt->load(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(qt.get());
        installed.push_back(std::move(qt));
    }
    auto own = std::make_unique<Texts>();
    if (!own->load(QStringLiteral(":/gatehouse/translations/gatehouse_%1.qm").arg(language)))
        qFatal("the texts in %s are not among the resources", qPrintable(language));
    QCoreApplication::installTranslator(own.get());
    installed.push_back(std::move(own));
    return language;
}

} // namespace gatehouse::ui
