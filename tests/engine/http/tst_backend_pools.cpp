#include <QTest>

#include "engine/http/backend_h2_session.h"
#include "engine/http/backend_pool.h"
#include "engine/http/buffer_pool.h"
#include "engine/runtime/deadlines.h"

#include <boost/asio/io_context.hpp>

using namespace gatehouse::engine;

namespace {

asio::ip::tcp::endpoint at(const char* address, std::uint16_t port)
{
    return {asio::ip::make_address(address), port};
}

EndpointAddress named(std::vector<asio::ip::tcp::endpoint> addresses)
{
    EndpointAddress address;
    address.text = "backend.test:80";
    address.endpoint = addresses.front();
    address.others.assign(addresses.begin() + 1, addresses.end());
    return address;
}

struct Pools {
    asio::io_context io;
    Deadlines deadlines;
    BufferPool buffers{4096};
    BackendPools pools{PoolParts{io, deadlines, buffers, {}}};
};

} // namespace

class TstBackendPools : public QObject {
    Q_OBJECT
private slots:
    void nameThatMovedHasAnotherPool()
    {
        Pools p;
        const auto first = p.pools.find(named({at("127.0.0.1", 80)}));
        QVERIFY(p.pools.find(named({at("127.0.0.1", 80)})) == first);
        const auto moved = p.pools.find(named({at("127.0.0.2", 80)}));
        QVERIFY(moved != first);
        QVERIFY(moved->address().endpoint == at("127.0.0.2", 80));
    }

    void refusedAddressGivesWayToTheNext()
    {
        Pools p;
        const auto one = at("127.0.0.1", 80), two = at("::1", 80);
        const auto pool = p.pools.find(named({one, two}));
        pool->turnFrom(one);
        QVERIFY(pool->address().endpoint == two);
        pool->turnFrom(one); // of a connection that was begun before
        QVERIFY(pool->address().endpoint == two);
        QVERIFY2(p.pools.find(named({one, two})) == pool, "what it learned is kept over a reload");
        pool->turnFrom(two);
        QVERIFY(pool->address().endpoint == one);
    }

    void onlyAddressStays()
    {
        Pools p;
        const auto pool = p.pools.find(named({at("127.0.0.1", 80)}));
        pool->turnFrom(at("127.0.0.1", 80));
        QVERIFY(pool->address().endpoint == at("127.0.0.1", 80));
    }
};

QTEST_APPLESS_MAIN(TstBackendPools)
#include "tst_backend_pools.moc"
