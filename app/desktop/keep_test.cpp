#include "app/desktop/keep_test.h"

#include "app/control/atomic_file.h"
#include "app/desktop/send_probe.h"
#include "app/testing/add_test.h"
#include "app/testing/case_value.h"
#include "app/testing/model_run.h"

#include <QCoreApplication>
#include <QFile>

#include <filesystem>

namespace gatehouse::desktop {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("probe", text);
}

/// A backend's own status: what the gateway answers, the tables know. An error of a backend is nothing that a test can
/// expect (TEST_FILES.md).
void expectStatus(model::Value& expect, const ui::ProbeTest& test)
{
    if (!test.answer || test.answer->end != ui::ProbeAnswer::End::Answered || expect.find("status") ||
        expect.find("grpcStatus") || expect.find("redirect"))
        return;
    const QString first = test.answer->outcome.section(QLatin1Char(' '), 0, 0);
    if (test.request.kind == ui::ProbeKind::Http) {
        if (const int status = first.toInt(); status > 0 && status < 400)
            expect.set("status", status);
    } else if (test.request.kind == ui::ProbeKind::Grpc && first == QLatin1String("OK")) {
        expect.set("grpcStatus", "OK");
    }
}

/// The file keeps its permissions, and a link goes on leading to it.
std::string replaceFile(const std::string& path, const std::string& text)
{
    namespace fs = std::filesystem;
    std::error_code none;
    const fs::path file = fs::weakly_canonical(path, none);
    const fs::file_status status = fs::status(file, none);
    const auto mode = fs::exists(status) ? static_cast<unsigned>(status.permissions()) : 0644u;
    fs::create_directories(file.parent_path(), none); // what fails, writing tells
    return control::writeFileAtomically(file.string(), text, mode);
}

} // namespace

ui::ProbeTestKept keepTest(const routing::Snapshot& snapshot, const ui::ProbeTest& test,
                           const std::vector<std::string>& manifests)
{
    ui::ProbeTestKept kept;
    auto made = testOf(test.request);
    if (!made) {
        kept.fault = QString::fromStdString(made.error());
        return kept;
    }
    testing::TestCase one = *std::move(made);
    if (!test.name.trimmed().isEmpty())
        one.name = test.name.trimmed().toStdString();
    const testing::Observation seen = testing::observeModel(snapshot, one);
    if (!seen.error.empty()) {
        kept.fault = QString::fromStdString(seen.error);
        return kept;
    }
    model::Value expect = testing::expectation(snapshot, seen);
    expectStatus(expect, test);

    QFile file(test.file);
    QByteArray before;
    if (file.exists()) {
        if (!file.open(QIODevice::ReadOnly)) {
            kept.fault = tr("%1 cannot be read: %2").arg(test.file, file.errorString());
            return kept;
        }
        before = file.readAll();
        file.close();
    }
    const std::string path = test.file.toStdString();
    const auto grown = testing::addTest(path, before.toStdString(), manifests, one, expect);
    if (!grown) {
        kept.fault = QString::fromStdString(grown.error());
        return kept;
    }
    if (const std::string error = replaceFile(path, grown->text); !error.empty()) {
        kept.fault = QString::fromStdString(error);
        return kept;
    }
    kept.place =
        tr("%1, line %2: \u201c%3\u201d").arg(test.file).arg(grown->line).arg(QString::fromStdString(grown->name));
    if (test.request.kind == ui::ProbeKind::Grpc && !test.request.body.trimmed().isEmpty())
        kept.note = tr("Tests call with an empty message; yours is not in the file.");
    return kept;
}

} // namespace gatehouse::desktop
