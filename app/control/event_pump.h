#pragma once

#include "engine/engine.h"
#include "model/observe/access_event.h"

#include <functional>
#include <memory>
#include <semaphore>
#include <stop_token>
#include <thread>
#include <vector>

namespace gatehouse::control {

/// Moves finished events from one engine to a consumer, on a thread of its own: sleeps until a worker's ring fills,
/// then takes what is there. Lifetime: destroy it before the engine; the destructor hands over what is left.
class EventPump {
public:
    using Consumer = std::function<void(std::vector<model::AccessEvent>)>;

    /// Must be made before the engine's first apply(). Thread: control.
    EventPump(engine::Engine& engine, Consumer consumer);
    ~EventPump();
    EventPump(const EventPump&) = delete;
    EventPump& operator=(const EventPump&) = delete;

private:
    void run();
    bool take();

    engine::Engine& engine_;
    Consumer consumer_;
    std::counting_semaphore<> filled_{0};
    std::binary_semaphore ended_{0};
    std::thread thread_;
};

} // namespace gatehouse::control
