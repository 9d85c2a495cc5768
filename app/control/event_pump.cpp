#include "app/control/event_pump.h"

#include <atomic>
#include <chrono>

namespace gatehouse::control {

EventPump::EventPump(engine::Engine& engine, Consumer consumer) : engine_(engine), consumer_(std::move(consumer))
{
    engine_.onEvents([this] { filled_.release(); });
    thread_ = std::thread([this] { run(); });
}

EventPump::~EventPump()
{
    ended_.release();
    filled_.release();
    thread_.join();
}

bool EventPump::take()
{
    std::vector<model::AccessEvent> batch;
    engine_.takeEvents(batch);
    if (batch.empty())
        return false;
    consumer_(std::move(batch));
    return true;
}

void EventPump::run()
{
    // While the rings were not found empty the engine does not wake us, so that pausing between two takes turns a
    // wake-up for every request into one for every 5 ms of traffic; a lone request still shows at once.
    constexpr std::chrono::milliseconds gather{5};
    bool ended = false;
    while (!ended) {
        filled_.acquire();
        while (take() && !ended)
            ended = ended_.try_acquire_for(gather);
        ended = ended || ended_.try_acquire();
    }
    while (take()) {
    }
}

} // namespace gatehouse::control
