#include "ui/editor/notice.h"

#include "ui/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace gatehouse::ui {

Notice::Notice(Tone tone, QWidget* parent)
    : QFrame(parent), tone_(tone), line_(new QHBoxLayout(this)), icon_(new QLabel), text_(new QLabel)
{
    setObjectName(tone == Tone::Draft ? QStringLiteral("draftBar") : QStringLiteral("notice"));
    line_->setContentsMargins(12, 6, 8, 6);
    line_->setSpacing(8);
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::PlainText);
    line_->addWidget(icon_);
    line_->addWidget(text_, 1);
    hide();
}

void Notice::setTheme(const Theme& theme)
{
    theme_ = theme;
    const bool draft = tone_ == Tone::Draft;
    icon_->setPixmap(
        icon(draft ? QStringLiteral("edit") : QStringLiteral("warning"), draft ? theme.accent : theme.warning)
            .pixmap(QSize(16, 16), devicePixelRatioF()));
}

void Notice::tell(const QString& text, std::vector<Choice> choices)
{
    for (QPushButton* button : buttons_) {
        button->hide();
        button->deleteLater(); // it may be the one that was clicked
    }
    buttons_.clear();
    for (Choice& choice : choices) {
        auto* button = new QPushButton(choice.text);
        button->setObjectName(QStringLiteral("small"));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, std::move(choice.act));
        line_->addWidget(button);
        buttons_.push_back(button);
    }
    setText(text);
    show();
}

void Notice::setText(const QString& text, const QString& toolTip)
{
    text_->setText(text);
    text_->setToolTip(toolTip);
    setAccessibleName(text);
}

QString Notice::text() const
{
    return text_->text();
}

} // namespace gatehouse::ui
