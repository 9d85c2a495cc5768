#include "app/cli/output/table.h"

#include <QtTest>

#include <sstream>

using namespace gatehouse::cli;

namespace {

std::string printed(const Table& table, bool colour = false)
{
    std::ostringstream out;
    table.print(out, colour);
    return out.str();
}

} // namespace

class TstTable : public QObject {
    Q_OBJECT

private slots:
    void columnsAlign();
    void noSpaceAtTheEnd();
    void widthsCountCodePoints();
    void colourDoesNotShiftColumns();
};

void TstTable::columnsAlign()
{
    Table table({"NAME", "AGE"});
    table.add({"a", "1d"});
    table.add({"longer", "<unknown>"});
    QCOMPARE(printed(table), std::string("NAME     AGE\n"
                                         "a        1d\n"
                                         "longer   <unknown>\n"));
}

void TstTable::noSpaceAtTheEnd()
{
    Table table({"A", "B", "C"});
    table.add({"1", "", ""});
    table.add({"", "", "3"});
    QCOMPARE(printed(table), std::string("A   B   C\n"
                                         "1\n"
                                         "        3\n"));
}

void TstTable::widthsCountCodePoints()
{
    Table table({"NAME", "X"});
    table.add({"\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f\xc3\xa4", "1"});
    table.add({"plain", "2"});
    QCOMPARE(printed(table), std::string("NAME    X\n"
                                         "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f\xc3\xa4   1\n"
                                         "plain   2\n"));
}

void TstTable::colourDoesNotShiftColumns()
{
    Table table({"A", "B"});
    table.add({Cell("no", Tint::Red), "x"});
    QCOMPARE(printed(table), std::string("A    B\nno   x\n"));
    QCOMPARE(printed(table, true), std::string("A    B\n\033[31mno\033[0m   x\n"));
}

QTEST_APPLESS_MAIN(TstTable)
#include "tst_table.moc"
