#pragma once

#include <QPixmapCache>
#include <QTransform>

#include <functional>

class QPainter;

namespace gatehouse::ui {

/// The pixels of one card, as the screen has them: texts and outlines cost far more to draw than to copy. They are made
/// when a card is drawn for the second time at the same scale, so that zooming and pictures that come and go pay for
/// none; what is copied cannot be told from what is drawn. Memory: that of QPixmapCache, whose limit roomForCards()
/// raises; what is not in view goes first. Thread: UI.
class CardPixels {
public:
    /// Copies what is kept, or has it drawn. `bounds`: of the item, in its coordinates. Only for painters of widgets:
    /// paper and pictures in a file want the lines.
    void paint(QPainter& painter, const QRectF& bounds, const std::function<void(QPainter&)>& draw);
    /// What is kept shows something else than what is to be seen now.
    void drop();

    static void roomForCards();

private:
    /// Scale, and where in a pixel it begins.
    struct Place {
        double scale = 0, dx = 0, dy = 0;
        bool operator==(const Place&) const = default;
    };

    QPixmapCache::Key key_;
    Place kept_, seen_;
};

} // namespace gatehouse::ui
