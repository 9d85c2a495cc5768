#include "ui/inspector/inspector.h"

#include "ui/icons.h"
#include "ui/inspector/summary_page.h"

#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

#include <utility>

namespace gatehouse::ui {

Inspector::Inspector(QWidget* parent) : QStackedWidget(parent)
{
    setAccessibleName(tr("Inspector"));
    auto* nothing = new QWidget;
    nothing->setObjectName(QStringLiteral("dockBody"));
    auto* column = new QVBoxLayout(nothing);
    column->setContentsMargins(28, 28, 28, 28);
    column->setSpacing(12);
    column->addStretch(2);
    emptyIcon_ = new QLabel;
    emptyIcon_->setAlignment(Qt::AlignCenter);
    column->addWidget(emptyIcon_);
    empty_ = new QLabel(tr("Select an object to see its state, its connections and its YAML."));
    empty_->setObjectName(QStringLiteral("muted"));
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    column->addWidget(empty_);
    column->addStretch(3);
    addWidget(nothing);

    tabs_ = new QTabWidget;
    tabs_->setDocumentMode(true);
    scroll_ = new QScrollArea;
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setAccessibleName(tr("Summary"));
    tabs_->addTab(scroll_, tr("Summary"));
    yaml_ = new YamlView;
    tabs_->addTab(yaml_, tr("YAML"));
    addWidget(tabs_);
}

void Inspector::setTheme(const Theme& theme)
{
    theme_ = theme;
    yaml_->setTheme(theme);
    emptyIcon_->setPixmap(icon(QStringLiteral("focus"), theme.borderStrong).pixmap(QSize(44, 44), devicePixelRatioF()));
    rebuild();
}

void Inspector::show(const TopologyIndex& index, const std::optional<model::ObjectKey>& key,
                     const std::vector<Problem>& problems)
{
    const bool same = key == key_;
    index_ = index;
    key_ = key;
    problems_ = problems;
    if (!same) {
        details_.reset();
        wantedLine_.reset();
    }
    rebuild();
    if (key_)
        emit detailsRequested(*key_);
}

void Inspector::setProblems(const std::vector<Problem>& problems)
{
    problems_ = problems;
    rebuild();
}

std::map<int, QString> Inspector::problemLines() const
{
    std::map<int, QString> lines;
    for (const Problem& problem : problems_) {
        if (problem.key != key_ || !problem.location.position.known())
            continue;
        QString& text = lines[static_cast<int>(problem.location.position.line)];
        text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + problem.text;
        if (!problem.remedy.isEmpty())
            text += QStringLiteral("\n\u2192 ") + problem.remedy;
    }
    return lines;
}

void Inspector::setDetails(const model::ObjectKey& key, const ObjectDetails& details)
{
    if (key != key_)
        return; // another object was selected in the meantime
    details_ = details;
    rebuild();
}

void Inspector::setCoverage(std::shared_ptr<const TestCoverage> coverage)
{
    coverage_ = std::move(coverage);
    rebuild();
}

void Inspector::showLine(int fileLine)
{
    tabs_->setCurrentWidget(yaml_);
    wantedLine_ = fileLine;
    if (details_)
        showYaml();
}

void Inspector::showYaml()
{
    yaml_->setText(details_ ? details_->yaml : QString(), details_ ? details_->firstLine : 1, problemLines());
    if (details_ && wantedLine_) {
        yaml_->showLine(*wantedLine_);
        wantedLine_.reset();
    }
}

/// A state, its problems and the details of the object come one after the other: the page is made once, when the event
/// loop comes round.
void Inspector::rebuild()
{
    setCurrentIndex(key_ ? 1 : 0);
    if (!key_)
        return;
    showYaml();
    if (!std::exchange(stale_, true))
        QMetaObject::invokeMethod(this, &Inspector::makePage, Qt::QueuedConnection);
}

void Inspector::makePage()
{
    if (!std::exchange(stale_, false) || !key_)
        return;
    const auto node = index_.find(*key_);
    const int scrolled = scroll_->verticalScrollBar()->value();
    const RouteCoverage* covered = nullptr;
    if (coverage_ && coverage_->routes.contains(*key_))
        covered = &coverage_->routes.at(*key_);
    auto* page =
        new SummaryPage({*key_, index_, node, theme_, details_ ? &*details_ : nullptr, problems_, covered, context_});
    connect(page, &SummaryPage::linkActivated, this, &Inspector::linkActivated, Qt::QueuedConnection);
    connect(page, &SummaryPage::codeActivated, this, &Inspector::codeActivated, Qt::QueuedConnection);
    connect(page, &SummaryPage::lineActivated, this, &Inspector::showLine, Qt::QueuedConnection);
    scroll_->setWidget(page); // deletes the one before
    scroll_->verticalScrollBar()->setValue(scrolled);
}

model::SourceLocation Inspector::source() const
{
    // What is drawn is newer than the details, which come after it.
    const model::TopologyNode* node = key_ ? index_.node(*key_) : nullptr;
    if (node && node->source.known())
        return node->source;
    return details_ ? details_->source : model::SourceLocation();
}

QString Inspector::summaryText()
{
    makePage();
    QStringList texts;
    if (scroll_->widget()) {
        for (const QLabel* label : scroll_->widget()->findChildren<QLabel*>())
            texts << label->text();
    }
    return texts.join(QLatin1Char('\n')).remove(zeroWidthSpace);
}

} // namespace gatehouse::ui
