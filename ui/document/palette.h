#pragma once

#include "model/base/diagnostic.h"
#include "model/topology/topology.h"

#include <QString>
#include <QStringView>

#include <optional>
#include <vector>

namespace gatehouse::ui {

enum class PaletteGroup : std::uint8_t { Object, Action, Problem, Path };

/// Something that the command palette finds.
struct PaletteEntry {
    PaletteGroup group = PaletteGroup::Object;
    QString title, detail;                   ///< both are searched
    QString icon, shortcut;                  ///< "" for none
    std::optional<model::NodeKind> kind;     ///< objects: decides the icon's colour
    std::optional<model::Severity> severity; ///< problems: the same
    bool enabled = true;
    std::optional<model::ObjectKey> key; ///< objects, and problems that have one: what is jumped to
    int line = 0;                        ///< problems: the line of the file; 0: not known
    QString id;                          ///< actions: theirs; paths: the path
};

/// An entry that was found, and which characters of it the query matched.
struct PaletteHit {
    std::size_t entry = 0; ///< index
    std::vector<int> title, detail;
    int score = 0;
};

/// The best entries for what was typed, at most `most`, the best first; of equals the earlier entry. Nothing typed:
/// the first ones. ">" before the query asks for actions alone, "!" for problems alone. Pure.
std::vector<PaletteHit> findEntries(const std::vector<PaletteEntry>& entries, QStringView typed, std::size_t most);

/// Every object of a topology, every listener of its Gateways, every namespace, and the objects without a card. A
/// listener leads to its Gateway.
std::vector<PaletteEntry> paletteObjects(const model::Topology& topology, const std::vector<model::ObjectKey>& beside);

/// What screen readers say of an entry.
QString paletteSpeech(const PaletteEntry& entry);

} // namespace gatehouse::ui
