#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace gatehouse::ui {

/// A folder of manifests that comes with the program.
struct Sample {
    QString title, text; ///< its heading, and its first sentence
    QString path;
    bool operator==(const Sample&) const = default;
};

/// What the start page offers besides opening files. The application finds it; the window knows no files.
struct StartContent {
    std::vector<Sample> samples;
    QString documentation; ///< a file to read; "" for none
};

} // namespace gatehouse::ui
