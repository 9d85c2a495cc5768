#include "app/grpc/schema.h"
#include "engine/echo/grpc_descriptors.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using grpc::Schema;

namespace {

constexpr const char* common = R"(syntax = "proto3";
package shop.common;
message Money { int64 units = 1; string currency = 2; }
)";

constexpr const char* cart = R"(syntax = "proto3";
package shop;
import "common/money.proto";
import "google/protobuf/timestamp.proto";
enum Size { SMALL = 0; LARGE = 1; }
message Item {
  string name = 1;
  int32 count = 2;
  shop.common.Money price = 3;
  repeated string tags = 4;
  Size size = 5;
  google.protobuf.Timestamp at = 6;
  map<string, string> notes = 7;
  oneof gift { bool wrapped = 8; string card = 9; }
  Item inner = 10;
}
message Receipt { double total = 1; bytes proof = 2; }
service Cart {
  rpc Add(Item) returns (Receipt);
  rpc Watch(Item) returns (stream Receipt);
}
)";

} // namespace

class TstGrpcSchema : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QVERIFY(folder_.isValid());
        QVERIFY(QDir(folder_.path()).mkpath(QStringLiteral("protos/common")));
        write(QStringLiteral("protos/common/money.proto"), common);
        write(QStringLiteral("protos/cart.proto"), cart);
        write(QStringLiteral("protos/broken.proto"), "syntax = \"proto3\";\nmessage A { string }\n");
        write(QStringLiteral("protos/alone.proto"), "syntax = \"proto3\";\nimport \"none.proto\";\n");
        write(QStringLiteral("noise.pb"), "this is no descriptor set");
    }

    void methodsAreListed()
    {
        const Schema schema = load("protos/cart.proto");
        const auto methods = schema.methods();
        QCOMPARE(methods.size(), 2u);
        QCOMPARE(methods[0].name, std::string("shop.Cart/Add"));
        QVERIFY(!methods[0].serverStreams && methods[1].serverStreams);
    }

    void templatesCanBeSent()
    {
        const Schema schema = load("protos/cart.proto");
        const std::string json = schema.templateOf("shop.Cart/Add");
        for (const char* const name : {"name", "count", "price", "tags", "size", "at", "notes", "wrapped", "inner"})
            QVERIFY2(json.find('"' + std::string(name) + '"') != std::string::npos, json.c_str());
        QVERIFY2(json.find("\"card\"") == std::string::npos, "of those that exclude each other, one");
        const auto bytes = schema.encode("shop.Cart/Add", json);
        QVERIFY2(bytes, bytes ? "" : bytes.error().c_str());
    }

    void messagesComeBack()
    {
        const Schema schema = load("protos/cart.proto");
        // Receipt {total: 1.5, proof: "ab"}: protobuf.dev, "Encoding".
        const std::string bytes("\x09\x00\x00\x00\x00\x00\x00\xf8\x3f\x12\x02"
                                "ab",
                                13);
        const auto json = schema.decode("/shop.Cart/Add", bytes);
        QVERIFY2(json, json ? "" : json.error().c_str());
        QVERIFY2(json->find("1.5") != std::string::npos && json->find("YWI=") != std::string::npos, json->c_str());
        QVERIFY(!schema.decode("shop.Cart/Add", "\x09"));
    }

    void encodes_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("fault");
        QTest::newRow("nothing") << " \n" << QByteArray() << "";
        QTest::newRow("a field") << R"({"name": "a"})"
                                 << QByteArray("\x0a\x01"
                                               "a")
                                 << "";
        QTest::newRow("a field that is not there") << R"({"nobody": 1})" << QByteArray() << "nobody";
        QTest::newRow("no JSON") << "{" << QByteArray() << "shop.Item";
    }

    void encodes()
    {
        QFETCH(QString, json);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, fault);
        const Schema schema = load("protos/cart.proto");
        const auto got = schema.encode("shop.Cart/Add", json.toStdString());
        QCOMPARE(got.has_value(), fault.isEmpty());
        if (got)
            QCOMPARE(QByteArray::fromStdString(*got), bytes);
        else
            QVERIFY2(got.error().find(fault.toStdString()) != std::string::npos, got.error().c_str());
    }

    void unknownMethodsAreTold()
    {
        const Schema schema = load("protos/cart.proto");
        QVERIFY(!schema.encode("shop.Cart/None", ""));
        QVERIFY(!schema.decode("shop.Cart/None", ""));
        QCOMPARE(schema.templateOf("shop.Cart/None"), std::string());
    }

    void faultyFilesAreTold_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("why");
        QTest::newRow("not there") << "protos/none.proto"
                                   << "no such file";
        QTest::newRow("a syntax error") << "protos/broken.proto"
                                        << "broken.proto:2:";
        QTest::newRow("an import that is not there") << "protos/alone.proto"
                                                     << "none.proto";
        QTest::newRow("no descriptor set") << "noise.pb"
                                           << "neither";
    }

    void faultyFilesAreTold()
    {
        QFETCH(QString, file);
        QFETCH(QString, why);
        const auto schema = Schema::ofFile(folder_.filePath(file).toStdString());
        QVERIFY(!schema);
        QVERIFY2(schema.error().find(why.toStdString()) != std::string::npos, schema.error().c_str());
    }

    void descriptorsAreRead()
    {
        std::vector<std::string> files;
        for (const engine::ProtoFile& file : engine::protoFiles())
            files.push_back(file.descriptor);
        const auto schema = Schema::ofDescriptors(files);
        QVERIFY2(schema, schema ? "" : schema.error().c_str());
        QVERIFY(schema->methods().size() > 3);
        QCOMPARE(Schema::nameOf(files.front()), engine::protoFiles().front().name);
        QVERIFY(!Schema::ofDescriptors({"\xff"}));
    }

private:
    void write(const QString& name, const char* text)
    {
        QFile file(folder_.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(text) > 0);
    }

    Schema load(const char* name)
    {
        auto schema = Schema::ofFile(folder_.filePath(QLatin1String(name)).toStdString());
        if (!schema)
            qFatal("%s", schema.error().c_str());
        return *std::move(schema);
    }

    QTemporaryDir folder_;
};

QTEST_APPLESS_MAIN(TstGrpcSchema)
#include "tst_grpc_schema.moc"
