#pragma once

#include <QVariantAnimation>

#include <functional>
#include <vector>

namespace gatehouse::ui {

/// A short glide from an old picture to a new one. Thread: UI.
class Motion final : public QObject {
    Q_OBJECT
public:
    /// Draws its part of the picture at `progress`, from 0 to 1.
    using Step = std::function<void(double progress)>;

    explicit Motion(QObject* parent = nullptr);
    /// Runs the steps; what runs already jumps to its end first.
    void start(std::vector<Step> steps);
    /// Jumps to the end. Call before anything that a step refers to goes away.
    void finish();
    [[nodiscard]] bool running() const { return !steps_.empty(); }

private:
    void draw(double progress);

    QVariantAnimation clock_;
    std::vector<Step> steps_;
};

} // namespace gatehouse::ui
