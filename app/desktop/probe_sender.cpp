#include "app/desktop/probe_sender.h"

#include "app/control/local_ca_store.h"
#include "app/desktop/keep_test.h"
#include "app/desktop/send_probe.h"
#include "ui/docks/probe_dock.h"

namespace gatehouse::desktop {

ProbeSender::ProbeSender(ui::ProbeDock& dock, Sources sources) : dock_(dock), sources_(std::move(sources))
{
    if (sources_.caFile.empty())
        sources_.caFile = control::LocalCaStore(control::defaultCaDirectory()).certificatePath();
    connect(&dock_, &ui::ProbeDock::sendRequested, this, &ProbeSender::send);
    connect(&dock_, &ui::ProbeDock::sendCancelled, this, &ProbeSender::cancel);
    connect(&dock_, &ui::ProbeDock::methodsRequested, this, &ProbeSender::listMethods);
    connect(&dock_, &ui::ProbeDock::testRequested, this, &ProbeSender::keepTest);
}

ProbeSender::~ProbeSender()
{
    sending_.request_stop();
    listing_.request_stop();
    pool_.waitForDone();
}

void ProbeSender::cancel()
{
    sending_.request_stop();
}

void ProbeSender::send(const ui::ProbeQuestion& question)
{
    sending_.request_stop();
    sending_ = std::stop_source();
    const auto state = sources_.state();
    if (!state) {
        ui::ProbeAnswer nothing;
        nothing.end = ui::ProbeAnswer::End::Failed;
        nothing.fault = tr("No manifests are open");
        dock_.setAnswer(question.number, nothing);
        return;
    }
    pool_.start([this, question, state, stop = sending_.get_token(), caFile = sources_.caFile] {
        auto answer = sendProbe(*state, question.request, caFile, stop);
        QMetaObject::invokeMethod(this, [this, number = question.number, answer = std::move(answer)] {
            dock_.setAnswer(number, answer);
            emit answered();
        });
    });
}

void ProbeSender::listMethods(const ui::ProbeRequest& request)
{
    listing_.request_stop();
    listing_ = std::stop_source();
    const auto state = sources_.state();
    if (!state) {
        dock_.setMethods({tr("No manifests are open"), {}, {}});
        return;
    }
    pool_.start([this, number = ++list_, request, state, stop = listing_.get_token(), caFile = sources_.caFile] {
        auto methods = methodsOf(*state, request, caFile, stop);
        QMetaObject::invokeMethod(this, [this, number, methods = std::move(methods)] {
            if (number == list_)
                dock_.setMethods(methods);
        });
    });
}

void ProbeSender::keepTest(const ui::ProbeTest& test)
{
    const auto state = sources_.shown();
    if (!state) {
        dock_.setTestKept({tr("No manifests are open"), {}, {}});
        return;
    }
    pool_.start([this, test, state, manifests = sources_.manifests()] {
        auto kept = desktop::keepTest(*state->snapshot, test, manifests);
        QMetaObject::invokeMethod(this, [this, kept = std::move(kept)] { dock_.setTestKept(kept); });
    });
}

} // namespace gatehouse::desktop
