#include "engine/http/h2_frame_guard.h"

#include <QTest>

#include <string>

using gatehouse::engine::H2FrameGuard;
using Verdict = H2FrameGuard::Verdict;

Q_DECLARE_METATYPE(std::string)
Q_DECLARE_METATYPE(H2FrameGuard::Verdict)

namespace {

const std::string preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

std::string frame(int type, int flags, std::uint32_t stream, const std::string& payload = {})
{
    std::string out;
    for (const int shift : {16, 8, 0})
        out += static_cast<char>(payload.size() >> shift);
    out += static_cast<char>(type);
    out += static_cast<char>(flags);
    for (const int shift : {24, 16, 8, 0})
        out += static_cast<char>(stream >> shift);
    return out + payload;
}

std::string headers(std::uint32_t stream, bool ends = false)
{
    return frame(1, ends ? 5 : 4, stream, "block");
}
std::string data(std::uint32_t stream, bool ends = false)
{
    return frame(0, ends ? 1 : 0, stream, "octets");
}
std::string reset(std::uint32_t stream)
{
    return frame(3, 0, stream, std::string(4, '\0'));
}

} // namespace

class TstH2FrameGuard : public QObject {
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void forgetsTheOldest();
};

void TstH2FrameGuard::judges_data()
{
    QTest::addColumn<std::string>("fine");
    QTest::addColumn<std::string>("wrong");
    QTest::addColumn<Verdict>("verdict");
    const auto fine = [](const char* claim, const std::string& bytes) {
        QTest::newRow(claim) << bytes << std::string() << Verdict::Fine;
    };
    const auto wrong = [](const char* claim, const std::string& before, const std::string& frame, Verdict verdict) {
        QTest::newRow(claim) << before << frame << verdict;
    };
    fine("9113 8.1: head, body, trailers", headers(1) + data(1) + headers(1, true));
    fine("9113 5.1.1: streams in order", headers(1, true) + headers(3, true) + headers(0x7FFFFFFF, true));
    fine("9113 5.1: data behind our reset, which we are not told of",
         headers(1) + data(1) + headers(3, true) + data(1));
    fine("9113 5.1: RST_STREAM and WINDOW_UPDATE behind the end",
         headers(1, true) + frame(8, 0, 1, std::string(4, '\1')) + reset(1) + reset(1) + frame(2, 0, 1, "prior"));
    fine("9113 6.7: the flag of an answer to PING ends no stream", headers(1) + frame(6, 1, 0, "8 octets") + data(1));
    fine("9113 6.2: another peer's streams are nghttp2's to judge", headers(2) + data(2) + data(0));
    fine("9113 6.4: a reset of a stream that is not open yet is no end of it", reset(5) + headers(5) + data(5, true));
    wrong("9113 5.1: data behind the end", headers(1) + data(1, true), data(1), Verdict::StreamClosed);
    wrong("9113 5.1: data behind a head that was the end", headers(1, true), data(1), Verdict::StreamClosed);
    wrong("9113 5.1: data behind the client's reset", headers(1) + reset(1), data(1), Verdict::StreamClosed);
    wrong("9113 5.1: a head behind the end", headers(1, true) + headers(3, true), headers(1), Verdict::StreamClosed);
    wrong("9113 5.1: trailers behind the end", headers(1) + data(1, true), headers(1, true), Verdict::StreamClosed);
    wrong("9113 5.1.1: a stream below one that is open", headers(5, true), headers(3, true), Verdict::ProtocolError);
    wrong("9113 5.1.1: the lowest of a gap", headers(3) + headers(9), headers(5), Verdict::ProtocolError);
    wrong("9113 5.1.1: the highest of a gap", headers(3) + headers(9), headers(7), Verdict::ProtocolError);
}

/// Whole, cut at every byte, and byte by byte: all before the wrong frame passes, nothing behind it.
void TstH2FrameGuard::judges()
{
    QFETCH(std::string, fine);
    QFETCH(std::string, wrong);
    QFETCH(Verdict, verdict);
    const std::string before = preface + fine;
    const std::string all = before + wrong + (wrong.empty() ? "" : headers(99));
    for (std::size_t cut = 0; cut < all.size(); ++cut) {
        H2FrameGuard guard;
        const std::string_view bytes = all;
        const std::size_t passed = guard.pass(bytes.substr(0, cut)) + guard.pass(bytes.substr(cut));
        QCOMPARE(guard.verdict(), verdict);
        // A head that was cut has passed in part.
        QVERIFY(passed >= before.size() && passed < before.size() + 9);
    }
    H2FrameGuard guard;
    for (const char c : all)
        guard.pass({&c, 1});
    QCOMPARE(guard.verdict(), verdict);
    QCOMPARE(guard.pass("more"), verdict == Verdict::Fine ? std::size_t(4) : std::size_t(0));
}

void TstH2FrameGuard::forgetsTheOldest()
{
    H2FrameGuard guard;
    guard.pass(preface);
    for (std::uint32_t id = 1; id < 2 * 100; id += 2)
        guard.pass(headers(id, true));
    guard.pass(data(1));
    QCOMPARE(guard.verdict(), Verdict::Fine);
    guard.pass(data(101));
    QCOMPARE(guard.verdict(), Verdict::StreamClosed);
}

QTEST_APPLESS_MAIN(TstH2FrameGuard)
#include "tst_h2_frame_guard.moc"
