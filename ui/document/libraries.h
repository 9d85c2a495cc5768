#pragma once

#include <QString>

#include <vector>

namespace gatehouse::ui {

/// A library that the program is made with.
struct LibraryNote {
    QString name, version, licence;
    bool operator==(const LibraryNote&) const = default;
};

} // namespace gatehouse::ui
