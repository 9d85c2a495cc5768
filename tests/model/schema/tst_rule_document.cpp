#include "rule_rows.h"

#include "model/schema/rules.h"

#include <algorithm>

using namespace gatehouse::model;

namespace {

const QString path = QStringLiteral(GATEHOUSE_SOURCE_DIR) + "/model/schema/RULES.md";

/// A manifest in one cell: long ones, which are long by repeating themselves, are cut in the middle.
std::string cellOf(const std::string& text)
{
    constexpr std::size_t longest = 700, kept = 250;
    std::string shown =
        text.size() <= longest ? text : text.substr(0, kept) + " ... " + text.substr(text.size() - kept);
    std::string cell;
    for (const char c : shown)
        cell += c == '|' ? std::string("\\|") : std::string(1, c);
    return '`' + cell + '`';
}

/// What `gatehouse check` prints behind file, severity and object.
std::string messagesOf(const std::vector<Diagnostic>& problems)
{
    std::string text;
    for (const Diagnostic& problem : problems) {
        if (problem.severity != Severity::Error)
            continue;
        Diagnostic shown = problem;
        shown.location = {};
        shown.object.reset();
        const std::string line = toString(shown);
        std::string cell;
        for (const char c : line.substr(line.find(' ') + 1))
            cell += c == '|' ? std::string("\\|") : c == '*' ? std::string("\\*") : std::string(1, c);
        text += (text.empty() ? "" : "<br>") + cell;
    }
    return text;
}

std::vector<Diagnostic> problemsOf(const test::RuleRow& row, bool rules)
{
    Value object = objectWith(QString::fromStdString(row.broken));
    const KindSchema& kind = kindOf(QString::fromStdString(row.kind));
    std::vector<Diagnostic> problems;
    validate(kind, object, {}, problems);
    if (rules)
        validateRules(kind, object, {}, problems);
    return problems;
}

std::string tableOf(std::vector<test::RuleRow> rows, bool rules)
{
    std::string text = "| Rule | What breaks it | Kind | `spec` that breaks it | Message |\n|---|---|---|---|---|\n";
    std::stable_sort(rows.begin(), rows.end(), [](const test::RuleRow& a, const test::RuleRow& b) {
        return a.faults.front().left(6) < b.faults.front().left(6);
    });
    for (const test::RuleRow& row : rows)
        text += "| " + row.rule + " | " + row.claim + " | " + row.kind + " | " + cellOf(row.broken) + " | " +
                messagesOf(problemsOf(row, rules)) + " |\n";
    return text;
}

std::string document()
{
    return "# The rules of the CRDs\n\n"
           "Made by `tests/model/schema/tst_rule_document.cpp` from the rows of `rule_rows.h`, which the tests also "
           "run;\n"
           "`GATEHOUSE_UPDATE_GOLDEN=1` writes it anew. Each row is a manifest that the CRDs v1.6.1 (experimental "
           "channel) refuse,\nand what `gatehouse check` prints of it. `gatehouse check --explain CODE` tells more of "
           "a "
           "code.\n\n"
           "## Rules between fields\n\n" +
           tableOf(test::ruleRows(), true) + "\n## Rules that the schema holds\n\n" +
           tableOf(test::schemaRows(), false) +
           "\nTwo rules need more than one look at an object: that a GatewayClass keeps its controllerName is checked "
           "where objects\nare changed (the Kubernetes API endpoint), and what a status may hold is nobody's to write "
           "in a manifest.\n";
}

} // namespace

class TstRuleDocument : public QObject {
    Q_OBJECT

private slots:
    void everyRowIsRefused()
    {
        for (const test::RuleRow& row : test::ruleRows())
            QVERIFY2(hasErrors(problemsOf(row, true)), row.claim.c_str());
        for (const test::RuleRow& row : test::schemaRows())
            QVERIFY2(hasErrors(problemsOf(row, false)), row.claim.c_str());
    }

    void theTableIsTrue()
    {
        const QByteArray wanted = QByteArray::fromStdString(document());
        QFile file(path);
        if (qEnvironmentVariableIntValue("GATEHOUSE_UPDATE_GOLDEN") == 1) {
            QVERIFY2(file.open(QIODevice::WriteOnly | QIODevice::Truncate), qPrintable(path));
            QCOMPARE(file.write(wanted), qint64(wanted.size()));
            return;
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
        const QByteArray there = file.readAll();
        QVERIFY2(there == wanted, "model/schema/RULES.md is stale: run with GATEHOUSE_UPDATE_GOLDEN=1");
    }
};

QTEST_APPLESS_MAIN(TstRuleDocument)
#include "tst_rule_document.moc"
