#include "ui/topology/layout_runner.h"

namespace gatehouse::ui {

LayoutRunner::LayoutRunner(QObject* parent) : QObject(parent)
{
    thread_.setObjectName(QStringLiteral("layout"));
    worker_.moveToThread(&thread_);
    thread_.start();
}

LayoutRunner::~LayoutRunner()
{
    thread_.quit();
    thread_.wait();
}

std::uint64_t LayoutRunner::request(layout::Input input)
{
    const std::uint64_t generation = ++newest_;
    if (running_)
        waiting_ = std::move(input); // replaces an older one that nobody wants any more
    else
        start(generation, std::move(input));
    return generation;
}

void LayoutRunner::start(std::uint64_t generation, layout::Input input)
{
    running_ = true;
    QMetaObject::invokeMethod(&worker_, [this, generation, input = std::move(input)] {
        auto result = layout::layOut(input);
        std::shared_ptr<const layout::Output> output;
        QString why;
        if (result)
            output = std::make_shared<const layout::Output>(*std::move(result));
        else
            why = QString::fromStdString(result.error());
        QMetaObject::invokeMethod(this, [this, generation, output, why] { done(generation, output, why); });
    });
}

void LayoutRunner::done(std::uint64_t generation, std::shared_ptr<const layout::Output> output, const QString& why)
{
    running_ = false;
    if (waiting_) {
        layout::Input next = *std::move(waiting_);
        waiting_.reset();
        start(newest_, std::move(next));
        return; // a newer one was asked for: this result is stale
    }
    if (output)
        emit finished(generation, std::move(output));
    else
        emit failed(generation, why);
}

} // namespace gatehouse::ui
