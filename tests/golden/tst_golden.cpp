// Golden cases: <feature>/<case>.in.yaml is imported, resolved and planned, and what comes out is compared with the
// files beside it: .status.yaml (the status of every object), .notes.txt (what resolve() has to say) and .dot (the
// topology). A case has the files that it wants to pin; at least one. GATEHOUSE_UPDATE_GOLDEN=1 rewrites those that
// exist, and writes .status.yaml where a case has none.

#include <QtTest>

#include "engine/routing/bind_plan.h"
#include "importers/importer.h"
#include "importers/writers.h"
#include "model/graph/status.h"
#include "model/topology/topology.h"

using namespace gatehouse;

namespace {

const QString root = QStringLiteral(GATEHOUSE_SOURCE_DIR) + "/tests/golden";

QString read(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll());
}

bool write(const QString& path, const std::string& text)
{
    QFile file(path);
    const QByteArray bytes = QByteArray::fromStdString(text);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size();
}

/// What one case comes to.
struct Outcome {
    std::string status, notes, dot;
};

Outcome evaluate(const std::string& name, const std::string& manifests)
{
    importers::ManifestImporter importer;
    const importers::ImportResult imported = importer.importTexts({{name, manifests}});
    Outcome outcome;
    for (const model::Diagnostic& problem : imported.diagnostics)
        outcome.notes += model::toString(problem) + '\n';
    const model::Graph graph = model::resolve(imported.resources);
    for (const model::Diagnostic& note : graph.notes)
        outcome.notes += model::toString(note) + '\n';
    // A machine on which every port may be bound, so that the golden files say what the manifests say.
    const routing::HostFacts facts{true, 0};
    const routing::BindPlan plan = routing::planBinds(graph, {}, facts);
    const model::Programming programming = routing::expectedProgramming(graph, plan);
    const model::StatusClock clock{model::Timestamp(std::chrono::seconds(1'700'000'000))};
    model::Value objects = model::Value::array();
    for (auto& [key, status] : model::statuses(graph, programming, clock)) {
        model::Value& object = objects.push(model::Value::object());
        object.set("object", model::toString(key));
        object.set("status", *status);
    }
    outcome.status = importers::toYaml(objects);
    outcome.dot = model::toDot(model::project(graph, &programming));
    return outcome;
}

} // namespace

class TstGolden : public QObject {
    Q_OBJECT

private slots:
    void golden_data()
    {
        QTest::addColumn<QString>("stem"); // path without ".in.yaml"
        QStringList inputs;
        QDirIterator it(root, {"*.in.yaml"}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            inputs << it.next();
        inputs.sort();
        QVERIFY(!inputs.isEmpty());
        for (const QString& input : inputs) {
            const QString stem = input.chopped(int(strlen(".in.yaml")));
            QTest::newRow(qPrintable(stem.mid(root.size() + 1))) << stem;
        }
    }

    void golden()
    {
        QFETCH(QString, stem);
        const QString name = stem.mid(root.size() + 1) + ".in.yaml";
        const Outcome outcome = evaluate(name.toStdString(), read(stem + ".in.yaml").toStdString());
        const std::pair<QString, std::string> files[] = {
            {".status.yaml", outcome.status}, {".notes.txt", outcome.notes}, {".dot", outcome.dot}};
        const bool update = qEnvironmentVariableIntValue("GATEHOUSE_UPDATE_GOLDEN") == 1;
        bool any = false;
        for (const auto& [suffix, text] : files) {
            const QString path = stem + suffix;
            const bool exists = QFile::exists(path);
            if (update && (exists || suffix == ".status.yaml"))
                QVERIFY2(write(path, text), qPrintable(path));
            if (!exists && !update)
                continue;
            any = true;
            if (QFile::exists(path))
                QCOMPARE(QString::fromStdString(text), read(path));
        }
        QVERIFY2(any, "no golden file: run with GATEHOUSE_UPDATE_GOLDEN=1, and read what it wrote");
    }

    // An outcome is a function of the input: same bytes again, also from another importer.
    void sameInputSameBytes_data() { golden_data(); }

    void sameInputSameBytes()
    {
        QFETCH(QString, stem);
        const std::string text = read(stem + ".in.yaml").toStdString();
        const Outcome a = evaluate("in.yaml", text), b = evaluate("in.yaml", text);
        QCOMPARE(a.status, b.status);
        QCOMPARE(a.notes, b.notes);
        QCOMPARE(a.dot, b.dot);
    }
};

QTEST_APPLESS_MAIN(TstGolden)
#include "tst_golden.moc"
