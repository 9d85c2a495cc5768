#pragma once

#include <QString>

#include <cstdint>

namespace gatehouse::ui {

/// What became of something between two sets of manifests.
enum class ChangeMark : std::uint8_t { None, Added, Removed, Changed, Rerouted };

/// "added", "removed", "changed", "re-routed".
QString words(ChangeMark mark);
QString iconName(ChangeMark mark);

} // namespace gatehouse::ui
