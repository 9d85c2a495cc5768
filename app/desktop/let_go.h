#pragma once

#include <QThreadPool>

namespace gatehouse::desktop {

/// Lets go of shared values on another thread: the last of a State with thousands of objects takes as long to be given
/// back as a key may take. Thread: UI.
template <class... T>
void letGo(T... values)
{
    QThreadPool::globalInstance()->start([... kept = std::move(values)] {});
}

} // namespace gatehouse::desktop
