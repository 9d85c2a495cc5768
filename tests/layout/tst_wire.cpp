#include "ui/layout/serve.h"
#include "ui/layout/wire.h"

#include <QTest>

#include <thread>
#include <unistd.h>

using namespace gatehouse::layout;

namespace {

Input sample()
{
    Input input;
    input.direction = Direction::TopDown;
    input.clusters = {{120, 26}};
    Box gateway;
    gateway.width = 260, gateway.height = 120, gateway.cluster = 0;
    gateway.ports = {{56, 28}, {84, 28}};
    Box route;
    route.width = 200, route.height = 60, route.column = 1, route.spread = true;
    input.boxes = {gateway, route};
    input.edges = {{0, 1, 1, 40, 20, false}, {1, 0, -1, 0, 0, true}};
    return input;
}

Output sampleOutput()
{
    Output output;
    output.boxes = {{1, 2, 3, 4}, {5, 6, 7, 8}};
    output.curves = {{{{1, 1}, {2, 2}, {3, 3}, {4, 4}}, {2.5, 2.5}}, {}};
    output.clusters = {{0, 0, 9, 9}};
    output.width = 100, output.height = 50;
    return output;
}

bool same(const Output& a, const Output& b)
{
    bool same = a.boxes == b.boxes && a.clusters == b.clusters && a.width == b.width && a.height == b.height &&
                a.curves.size() == b.curves.size();
    for (std::size_t i = 0; same && i < a.curves.size(); ++i)
        same = a.curves[i].points == b.curves[i].points && a.curves[i].label == b.curves[i].label;
    return same;
}

/// What serve() answers to `bytes`, and its exit code.
std::pair<std::string, int> served(const std::string& bytes)
{
    int question[2], answer[2];
    if (pipe(question) != 0 || pipe(answer) != 0)
        qFatal("no pipes");
    int code = -1;
    std::thread server([&] {
        code = serve(question[0], answer[1]);
        close(question[0]);
        close(answer[1]);
    });
    if (::write(question[1], bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
        qFatal("the pipe takes no more");
    close(question[1]);
    std::string got;
    char buffer[4096];
    for (ssize_t n = 0; (n = ::read(answer[0], buffer, sizeof buffer)) > 0;)
        got.append(buffer, static_cast<std::size_t>(n));
    close(answer[0]);
    server.join();
    return {got, code};
}

} // namespace

class TstWire : public QObject {
    Q_OBJECT
private slots:
    void inputComesBackAsItWas()
    {
        const std::string bytes = encode(sample());
        const auto message = readMessage(bytes);
        QVERIFY(message && *message);
        QCOMPARE((*message)->size, bytes.size());
        QVERIFY((*message)->kind == MessageKind::Input);
        const auto input = decodeInput((*message)->body);
        QVERIFY(input);
        QVERIFY(*input == sample());
    }

    void outputComesBackAsItWas()
    {
        const std::string bytes = encode(sampleOutput());
        const auto message = readMessage(bytes);
        QVERIFY(message && *message);
        const auto output = decodeOutput((*message)->body);
        QVERIFY(output);
        QVERIFY(same(*output, sampleOutput()));
    }

    void messageIsNoneUntilItIsComplete()
    {
        const std::string bytes = encode(sample());
        for (std::size_t n = 0; n < bytes.size(); ++n) {
            const auto message = readMessage(std::string_view(bytes).substr(0, n));
            QVERIFY(message && !*message);
        }
    }

    void bodyThatIsCutOffIsRefused()
    {
        const std::string in = encode(sample()), out = encode(sampleOutput());
        const std::string_view inBody = (*readMessage(in))->body, outBody = (*readMessage(out))->body;
        for (std::size_t n = 0; n < inBody.size(); ++n)
            QVERIFY(!decodeInput(inBody.substr(0, n)));
        for (std::size_t n = 0; n < outBody.size(); ++n)
            QVERIFY(!decodeOutput(outBody.substr(0, n)));
        QVERIFY(!decodeInput(std::string(inBody) + "x"));
    }

    void wildCountsAreRefused()
    {
        QVERIFY(!decodeInput(std::string(1, '\0') + std::string(4, '\xff')));
        QVERIFY(!decodeOutput(std::string(64, '\xff')));
    }

    void otherBytesAreNoMessage() { QVERIFY(!readMessage("GET / HTTP/1.1\r\n\r\n")); }

    void servesOneAfterTheOther()
    {
        const std::string question = encode(sample());
        const auto [bytes, code] = served(question + question);
        QCOMPARE(code, 0);
        const auto first = readMessage(bytes);
        QVERIFY(first && *first);
        const auto output = decodeOutput((*first)->body);
        QVERIFY(output);
        QVERIFY(same(*output, *layOut(sample())));
        const auto second = readMessage(std::string_view(bytes).substr((*first)->size));
        QVERIFY(second && *second);
        QCOMPARE((*first)->size + (*second)->size, bytes.size());
    }

    void saysWhyThereIsNoLayout()
    {
        Input broken = sample();
        broken.edges[0].to = 77;
        const auto [bytes, code] = served(encode(broken));
        QCOMPARE(code, 0);
        const auto message = readMessage(bytes);
        QVERIFY(message && *message);
        QVERIFY((*message)->kind == MessageKind::Failure);
        QVERIFY(!(*message)->body.empty());
    }

    void endsWithAFaultOnNonsense()
    {
        QCOMPARE(served("this is no layout message").second, 1);
        QCOMPARE(served(encode(sample()).substr(0, 30)).second, 1);
    }
};

QTEST_APPLESS_MAIN(TstWire)
#include "tst_wire.moc"
