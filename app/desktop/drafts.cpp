#include "app/desktop/drafts.h"

#include "app/desktop/comparison.h"
#include "app/desktop/file_text.h"
#include "app/desktop/let_go.h"

#include <utility>

namespace gatehouse::desktop {

using namespace std::chrono_literals;

namespace {

/// More lines than that make no tooltip.
constexpr qsizetype mostLines = 20;
/// How long a draft waits for its marks: then it is shown without, and they come when they are there. In a set of usual
/// size they are there at once, and nothing flickers.
constexpr auto patience = 120ms;

QString text(const std::string& words)
{
    return QString::fromStdString(words);
}

ui::DraftChanges changesOf(const control::SetDiff& diff)
{
    ui::DraftChanges changes;
    QStringList& lines = changes.lines;
    for (const control::ResourceChange& each : diff.resources) {
        (each.kind == control::ChangeKind::Added     ? changes.added
         : each.kind == control::ChangeKind::Removed ? changes.removed
                                                     : changes.changed)++;
        lines << QStringLiteral("%1: %2").arg(text(model::toString(each.key)),
                                              text(std::string(control::toString(each.kind))));
    }
    for (const control::AttachmentChange& each : diff.attachments) {
        if (each.kind == control::ChangeKind::Changed)
            continue; // other hostnames: told by its requests
        (each.kind == control::ChangeKind::Added ? changes.attached : changes.detached)++;
        lines << (each.kind == control::ChangeKind::Added ? Drafts::tr("%1 attaches to %2")
                                                          : Drafts::tr("%1 is no longer attached to %2"))
                     .arg(text(each.route), text(each.listener));
    }
    for (const control::StatusChange& each : diff.statuses) {
        ++changes.conditions;
        lines << QStringLiteral("%1 %2: %3 \u2192 %4")
                     .arg(text(each.object), text(each.type),
                          each.before.empty() ? QStringLiteral("\u2013") : text(each.before),
                          each.after.empty() ? QStringLiteral("\u2013") : text(each.after));
    }
    for (const routing::BehaviourChange& each : diff.behaviour.changes)
        changes.rerouted += each.isDestination() ? 1 : 0;
    if (lines.size() > mostLines) {
        const auto more = lines.size() - mostLines;
        lines = lines.mid(0, mostLines);
        lines << Drafts::tr("and %1 more").arg(more);
    }
    return changes;
}

} // namespace

Drafts::Drafts(Preparations& preparations, QObject* parent) : QObject(parent), preparations_(preparations)
{
    patience_.setSingleShot(true);
    patience_.setInterval(patience);
    connect(&patience_, &QTimer::timeout, this, [this] { present(nullptr); });
}

void Drafts::begin(const control::Config& config)
{
    end();
    control::DraftBuilder::Observers observers;
    observers.built = [this](std::uint64_t number, std::shared_ptr<const control::State> draft) {
        (void)preparations_.of(*draft); // here, so that the UI thread need not
        QMetaObject::invokeMethod(this, [this, number, draft = std::move(draft)] { take(number, draft); });
    };
    observers.compared = [this](std::uint64_t number, const control::State& saved, const control::State& draft,
                                const control::SetDiff& diff) {
        ui::Comparison comparison = comparisonOf(diff);
        comparison.topology = saved.topology;
        auto marked = std::make_shared<const ui::ComparedTopology>(unite(*draft.topology, comparison));
        QMetaObject::invokeMethod(this, [this, number, changes = changesOf(diff), marked = std::move(marked)] {
            compare(number, changes, marked);
        });
    };
    builder_ = std::make_unique<control::DraftBuilder>(config, std::move(observers));
}

void Drafts::end()
{
    // A draft of many objects that is being worked out is not waited for here.
    if (builder_)
        retiring_.emplace_back([builder = std::move(builder_)]() mutable { builder.reset(); });
    saved_.reset();
    texts_.clear();
    clear();
}

bool Drafts::clear()
{
    ++number_; // what is still under way is nobody's
    if (builder_)
        builder_->rest();
    const bool was = shown_ != nullptr;
    patience_.stop();
    letGo(std::exchange(shown_, nullptr), std::exchange(built_, nullptr), std::exchange(marked_, nullptr));
    problems_.clear();
    changes_.reset();
    rejected_ = awaiting_ = false;
    tell();
    return was;
}

void Drafts::tell()
{
    if (texts_.empty() || !shown_) {
        emit told(std::nullopt);
        return;
    }
    ui::DraftInfo info;
    info.files = static_cast<int>(texts_.size());
    info.rejected = rejected_;
    info.changes = changes_;
    emit told(info);
}

void Drafts::setSaved(std::shared_ptr<const control::State> saved)
{
    letGo(std::exchange(saved_, std::move(saved)));
    awaiting_ = false;
    if (!texts_.empty())
        ask();
    else
        clear();
}

void Drafts::setTexts(const ui::UnsavedTexts& texts)
{
    texts_.clear();
    for (const auto& [file, unsaved] : texts)
        texts_[toBytes(file)] = toBytes(unsaved.text);
    if (!texts_.empty())
        ask();
    else if (awaiting_)
        tell();
    else if (clear())
        emit changed();
}

void Drafts::awaitSaved()
{
    awaiting_ = shown_ != nullptr;
}

void Drafts::ask()
{
    if (builder_ && saved_)
        builder_->build(++number_, texts_, saved_);
}

void Drafts::take(std::uint64_t number, std::shared_ptr<const control::State> draft)
{
    if (number != number_)
        return;
    rejected_ = !control::isUsable(draft->import);
    problems_ = draft->diagnostics;
    changes_.reset();
    if (!rejected_) {
        letGo(std::exchange(built_, std::move(draft)));
        patience_.start();
        return;
    }
    // A text that is half typed shows nothing new; where nothing good is saved, it is the best there is.
    if (!control::isUsable(saved_->import))
        built_ = std::move(draft);
    else if (!shown_ && !built_)
        built_ = saved_;
    present(built_ ? nullptr : marked_);
}

void Drafts::compare(std::uint64_t number, const ui::DraftChanges& changes, ComparedPtr marked)
{
    if (number != number_)
        return;
    changes_ = changes;
    present(std::move(marked));
}

/// Shows what was built last, or goes on with what is shown.
void Drafts::present(ComparedPtr marked)
{
    patience_.stop();
    if (built_)
        letGo(std::exchange(shown_, std::exchange(built_, nullptr)));
    letGo(std::exchange(marked_, std::move(marked)));
    tell();
    emit changed();
}

} // namespace gatehouse::desktop
