#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/control/draft_builder.h"
#endif

#include <QtTest>

#include <fstream>
#include <mutex>

using namespace gatehouse;

namespace {

constexpr const char* gateway = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: t}
spec:
  gatewayClassName: c
  listeners: [{name: http, protocol: HTTP, port: 80}]
)";

constexpr const char* route = R"(apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: t}
spec:
  parentRefs: [{name: gw}]
  rules: [{backendRefs: [{name: s, port: 80}]}]
)";

struct Files {
    QTemporaryDir folder;
    control::Config config;
    importers::ManifestImporter importer;

    Files()
    {
        config.host = routing::HostFacts{true, 1024};
        config.paths = {folder.path().toStdString()};
        write("gateway.yaml", gateway);
        write("route.yaml", route);
    }
    std::string path(const char* name) { return folder.filePath(QLatin1String(name)).toStdString(); }
    void write(const char* name, const std::string& text) { std::ofstream(path(name)) << text; }
    std::shared_ptr<const control::State> saved() { return control::buildState(importer, config); }
};

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    return text.replace(text.find(what), what.size(), with);
}

/// What the observers told last, for the thread that waits.
struct Told {
    std::mutex mutex;
    std::vector<std::pair<std::uint64_t, std::shared_ptr<const control::State>>> built;
    std::vector<std::pair<std::uint64_t, std::shared_ptr<const control::SetDiff>>> compared;

    control::DraftBuilder::Observers observers()
    {
        return {
            [this](std::uint64_t number, std::shared_ptr<const control::State> state) {
                const std::lock_guard lock(mutex);
                built.emplace_back(number, std::move(state));
            },
            [this](std::uint64_t number, const control::State&, const control::State&, const control::SetDiff& diff) {
                const std::lock_guard lock(mutex);
                compared.emplace_back(number, std::make_shared<const control::SetDiff>(diff));
            }};
    }
    std::shared_ptr<const control::State> draft(std::uint64_t number)
    {
        const std::lock_guard lock(mutex);
        for (const auto& [of, state] : built)
            if (of == number)
                return state;
        return nullptr;
    }
    std::shared_ptr<const control::SetDiff> diff(std::uint64_t number)
    {
        const std::lock_guard lock(mutex);
        for (const auto& [of, diff] : compared)
            if (of == number)
                return diff;
        return nullptr;
    }
};

} // namespace

class TstDraftBuilder : public QObject {
    Q_OBJECT
private slots:
    void unsavedTextCountsForItsFile()
    {
        Files files;
        const auto saved = files.saved();
        QCOMPARE(saved->graph->routes.size(), std::size_t{1});
        const auto draft =
            control::buildDraft(files.importer, files.config,
                                {{files.path("route.yaml"), replaced(route, "name: r", "name: other")}}, *saved);
        QVERIFY(control::isUsable(draft->import));
        QCOMPARE(draft->graph->routes[0].resource->name(), std::string("other"));
        // Nothing is written, and what is saved is as it was.
        QCOMPARE(files.saved()->graph->routes[0].resource->name(), std::string("r"));
    }

    void draftIsWhatSavingItWouldGive()
    {
        Files files;
        const std::string text = replaced(gateway, "port: 80", "port: 8080");
        const auto draft =
            control::buildDraft(files.importer, files.config, {{files.path("gateway.yaml"), text}}, *files.saved());
        files.write("gateway.yaml", text);
        const auto after = files.saved();
        const control::SetDiff diff = control::compareStates(*after, *draft);
        QVERIFY(diff.empty());
        QCOMPARE(draft->import.files, after->import.files);
    }

    void deletedFileWithUnsavedTextIsThere()
    {
        Files files;
        const auto saved = files.saved();
        QFile::remove(QString::fromStdString(files.path("route.yaml")));
        const auto draft =
            control::buildDraft(files.importer, files.config, {{files.path("route.yaml"), route}}, *saved);
        QCOMPARE(draft->graph->routes.size(), std::size_t{1});
        QCOMPARE(draft->import.files.size(), std::size_t{2});
    }

    void problemsAreAtTheirPlaceInTheText()
    {
        Files files;
        const auto draft = control::buildDraft(
            files.importer, files.config,
            {{files.path("route.yaml"), "# one line more\n" + replaced(route, "rules", "rulez")}}, *files.saved());
        const auto found = std::find_if(draft->diagnostics.begin(), draft->diagnostics.end(), [](const auto& problem) {
            return problem.fieldPath.find("rulez") != std::string::npos ||
                   problem.message.find("rulez") != std::string::npos;
        });
        QVERIFY(found != draft->diagnostics.end());
        QCOMPARE(*found->location.file, files.path("route.yaml"));
        QCOMPARE(found->location.position.line, 7u);
    }

    void takenPortsAreStillTaken()
    {
        Files files;
        auto live = std::make_shared<control::State>(*files.saved());
        live->live = true;
        live->programming.listeners[0] = {false, "PortUnavailable", "taken by somebody", 0, false};
        const auto same = control::buildDraft(files.importer, files.config, {{files.path("route.yaml"), route}}, *live);
        QCOMPARE(same->programming.listeners[0].reason, std::string("PortUnavailable"));
        QVERIFY(control::compareStates(*live, *same).empty());
        const auto moved =
            control::buildDraft(files.importer, files.config,
                                {{files.path("gateway.yaml"), replaced(gateway, "port: 80", "port: 81")}}, *live);
        QVERIFY(moved->programming.listeners[0].programmed);
    }

    void newestQuestionIsAnswered()
    {
        Files files;
        const auto saved = files.saved();
        Told told;
        control::DraftBuilder builder(files.config, told.observers());
        for (std::uint64_t number = 1; number <= 20; ++number)
            builder.build(
                number,
                {{files.path("route.yaml"), replaced(route, "name: r,", "name: r" + std::to_string(number) + ',')}},
                saved);
        QTRY_VERIFY(told.diff(20) != nullptr);
        QCOMPARE(told.draft(20)->graph->routes[0].resource->name(), std::string("r20"));
        const std::lock_guard lock(told.mutex);
        QVERIFY2(told.built.size() < 20, "older questions that nobody waits for are left out");
    }

    void changesAreCounted()
    {
        Files files;
        Told told;
        control::DraftBuilder builder(files.config, told.observers());
        builder.build(1, {{files.path("route.yaml"), replaced(route, "name: gw", "name: nobody")}}, files.saved());
        QTRY_VERIFY(told.diff(1) != nullptr);
        const auto diff = told.diff(1);
        QCOMPARE(diff->resources.size(), std::size_t{1});
        QCOMPARE(diff->attachments.size(), std::size_t{1});
        QVERIFY(diff->attachments[0].kind == control::ChangeKind::Removed);
    }

    void whatHasErrorsIsNotCompared()
    {
        Files files;
        const auto saved = files.saved();
        Told told;
        control::DraftBuilder builder(files.config, told.observers());
        builder.build(1, {{files.path("route.yaml"), "a: [\n"}}, saved);
        QTRY_VERIFY(told.draft(1) != nullptr);
        QVERIFY(!control::isUsable(told.draft(1)->import));
        builder.build(2, {{files.path("route.yaml"), route}}, saved);
        QTRY_VERIFY(told.diff(2) != nullptr);
        QVERIFY(!told.diff(1));
        QVERIFY(told.diff(2)->empty());
    }

    void endsWhileItWorks()
    {
        Files files;
        const auto saved = files.saved();
        Told told;
        {
            control::DraftBuilder builder(files.config, told.observers());
            builder.build(1, {{files.path("route.yaml"), route}}, saved);
            builder.rest();
            builder.build(2, {{files.path("route.yaml"), route}}, saved);
        }
        QVERIFY(!told.diff(1));
    }
};

QTEST_GUILESS_MAIN(TstDraftBuilder)
#include "tst_draft_builder.moc"
