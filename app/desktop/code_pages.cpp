#include "app/desktop/code_pages.h"

#include "app/control/codes/codes.h"

namespace gatehouse::desktop {

ui::CodePage codePage(const QString& code)
{
    ui::CodePage page;
    page.code = code;
    const control::CodeInfo* info = control::findCode(code.toStdString());
    if (!info)
        return page;
    page.known = true;
    page.severity = info->severity;
    page.title = QString::fromStdString(info->title);
    page.meaning = QString::fromStdString(info->meaning);
    if (info->kind == control::ExampleKind::Settings)
        page.example = QStringLiteral("gatehouse.yaml");
    page.wrong = QString::fromStdString(info->wrong);
    page.right = QString::fromStdString(info->right);
    page.suppression = QString::fromStdString(control::suppressionHelp(*info));
    return page;
}

} // namespace gatehouse::desktop
