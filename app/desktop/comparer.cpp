#include "app/desktop/comparer.h"

#include "app/control/compare/git_source.h"
#include "app/desktop/comparison.h"
#include "app/desktop/details.h"
#include "ui/docks/compare_dock.h"

#include <QFileInfo>

namespace gatehouse::desktop {

Comparer::Comparer(ui::MainWindow& window, Controller& controller) : window_(window), controller_(controller)
{
    pool_.setMaxThreadCount(1);
    connect(&window_.compare(), &ui::CompareDock::compareRequested, this, [this](const QString& base) {
        // A revision's PATH is seen from what is open, wherever the program was started.
        const auto& paths = controller_.config().paths;
        const QFileInfo open(QString::fromStdString(paths.empty() ? std::string() : paths.front()));
        compareWith(base, open.isDir() ? open.absoluteFilePath() : open.absolutePath());
    });
    connect(&window_.compare(), &ui::CompareDock::stopRequested, this, &Comparer::stop);
    connect(&window_, &ui::MainWindow::baseDetailsRequested, this, &Comparer::describeInBase);
    connect(&window_, &ui::MainWindow::reloadRequested, this, &Comparer::readBase);
    connect(&controller_, &Controller::opened, this, &Comparer::stop);
    connect(&controller_, &Controller::closed, this, &Comparer::stop);
    connect(&controller_, &Controller::stateChanged, this, &Comparer::compare);
}

Comparer::~Comparer()
{
    ++question_; // what has not begun does not
    pool_.waitForDone();
}

void Comparer::compareWith(const QString& base, const QString& directory)
{
    base_ = base;
    directory_ = directory.toStdString();
    set_.reset();
    watch_.reset();
    window_.compare().setBase(base);
    window_.compare().bringToFront();
    if (controller_.config().paths.empty() && !controller_.config().cluster) {
        ui::Comparison nothing;
        nothing.base = base;
        nothing.fault = tr("No manifests are open");
        window_.compare().setComparison(std::make_shared<const ui::Comparison>(std::move(nothing)));
        base_.clear();
        return;
    }
    window_.compare().setBusy(true);
    if (control::isGitSource(base.toStdString())) {
        compare();
        return;
    }
    watch_ = std::make_unique<PathWatch>(std::vector<std::string>{base.toStdString()});
    connect(watch_.get(), &PathWatch::ready, this, &Comparer::readBase);
    connect(watch_.get(), &PathWatch::changed, this, &Comparer::readBase);
}

void Comparer::stop()
{
    ++question_;
    base_.clear();
    set_.reset();
    watch_.reset();
    window_.compare().clear();
}

void Comparer::readBase()
{
    set_.reset();
    compare();
}

void Comparer::compare()
{
    const auto& state = controller_.state();
    if (base_.isEmpty() || !state)
        return;
    window_.compare().setBusy(true);
    const std::uint64_t number = ++question_;
    pool_.start([this, number, base = base_, directory = directory_, set = set_, import = state->import,
                 config = control::comparingConfig(controller_.config())]() mutable {
        if (number != question_)
            return;
        if (!set)
            set = std::make_shared<const control::ComparedSet>(
                control::readComparedSet(base.toStdString(), config, nullptr, directory));
        config.projectTopology = false;
        const auto comparison = compareSets(base, *set, *control::deriveState(std::move(import), config));
        QMetaObject::invokeMethod(this, [this, number, set, comparison] {
            if (number == question_)
                answer(set, comparison);
        });
    });
}

void Comparer::answer(const SetPtr& set, const ui::Comparison& comparison)
{
    set_ = set;
    window_.compare().setBusy(false);
    window_.compare().setComparison(std::make_shared<const ui::Comparison>(comparison));
    emit compared();
}

void Comparer::describeInBase(const model::ObjectKey& key)
{
    if (!set_ || !set_->state)
        return;
    pool_.start([this, key, state = set_->state] {
        auto details = describe(Insight(state), key);
        QMetaObject::invokeMethod(this,
                                  [this, key, details = std::move(details)] { window_.setDetails(key, details); });
    });
}

} // namespace gatehouse::desktop
