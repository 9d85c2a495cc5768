#pragma once

#include <QTest>
#include <QTreeView>

namespace gatehouse::test {

/// Keys and clicks on a row of a tree, as a person gives them. Thread: UI.

/// A key that is a shortcut of the tree's: it has to have the focus.
inline void press(QTreeView* tree, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    tree->window()->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(tree->window()));
    tree->setFocus();
    QVERIFY(tree->hasFocus());
    QTest::keyClick(tree, key, modifiers);
}

inline void click(QTreeView* tree, const QModelIndex& at)
{
    tree->scrollTo(at);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(at).center());
}

} // namespace gatehouse::test
