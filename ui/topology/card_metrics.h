#pragma once

#include "model/topology/topology.h"
#include "ui/document/local_target.h"
#include "ui/layout/layout.h"
#include "ui/topology/canvas_style.h"
#include "ui/topology/shown_graph.h"

#include <QSizeF>

#include <vector>

namespace gatehouse::ui {

/// Lengths that measuring and painting of cards share, in scene pixels.
namespace card {
inline constexpr double padding = 12;
inline constexpr double headerHeight = 56; ///< icon tile, title and subtitle
inline constexpr double portHeight = 44;   ///< two lines of text
inline constexpr double statusHeight = 26; ///< the line that says what is wrong
inline constexpr double targetHeight = 22; ///< the line that says where a backend is on this machine
inline constexpr double tile = 30;         ///< the square behind a kind's icon
inline constexpr double radius = 10;
inline constexpr double healthSize = 16;
inline constexpr double lock = 17; ///< the lock of a listener with TLS, with its gap
} // namespace card

struct CardGeometry {
    QSizeF size;
    std::vector<layout::PortRow> ports; ///< the rows of a Gateway's listeners
    bool hasStatusLine = false;         ///< room for the health text below everything else

    bool operator==(const CardGeometry&) const = default;
};

/// What a card shows besides its node. Null: nothing of the kind.
struct CardExtras {
    const ShownGroup* group = nullptr;
    const LocalTarget* target = nullptr;
};

/// How large a node is drawn. Depends on texts and fonts only: equal nodes are equally large wherever they are.
CardGeometry measureCard(const model::TopologyNode& node, const CardExtras& extras, const CanvasFonts& fonts);

/// Whether the kind's name stands on the card: its icon stands for several kinds.
bool hasKindBadge(model::NodeKind kind);
/// ":80" or, where the port had to move, ":80 → :8080".
QString portText(const model::TopologyPort& port);
/// The word beside a health icon.
QString healthWord(model::Health health);
/// "TLS ends here, with a development certificate"; "" without TLS.
QString tlsText(const model::TopologyPort& port);
/// What a listener serves: its hostname or "any host".
QString hostnameText(const model::TopologyPort& port);
/// The same with what its row says besides: how TLS is served where the protocol does not tell, and whose it is.
QString servesText(const model::TopologyPort& port);

} // namespace gatehouse::ui
