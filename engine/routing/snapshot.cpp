#include "engine/routing/snapshot.h"

#include <algorithm>

namespace gatehouse::routing {

const PortTable* Snapshot::find(const BindKey& key) const noexcept
{
    const auto it = std::lower_bound(ports.begin(), ports.end(), key,
                                     [](const PortTable& table, const BindKey& wanted) { return table.key < wanted; });
    return it != ports.end() && it->key == key ? &*it : nullptr;
}

} // namespace gatehouse::routing
