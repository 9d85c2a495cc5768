#include "ui/docks/probe_form.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr int headerLines = 2;

} // namespace

ProbeForm::ProbeForm(QWidget* parent) : QWidget(parent)
{
    kind_ = new QComboBox;
    kind_->setAccessibleName(tr("Protocol"));
    for (const auto& [kind, name] : {std::pair(ProbeKind::Http, "HTTP"),
                                     {ProbeKind::Grpc, "gRPC"},
                                     {ProbeKind::Tls, "TLS"},
                                     {ProbeKind::Tcp, "TCP"},
                                     {ProbeKind::Udp, "UDP"}})
        kind_->addItem(QLatin1String(name), static_cast<int>(kind));
    method_ = new QComboBox;
    method_->setAccessibleName(tr("Method"));
    method_->setEditable(true);
    method_->addItems({QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                       QStringLiteral("DELETE"), QStringLiteral("HEAD"), QStringLiteral("OPTIONS")});
    target_ = new QLineEdit;
    target_->setAccessibleName(tr("Target"));
    call_ = new QLineEdit;
    call_->setAccessibleName(tr("Service and method"));
    call_->setPlaceholderText(tr("package.Service/Method"));
    headers_ = new QPlainTextEdit;
    headers_->setObjectName(QStringLiteral("field"));
    headers_->setAccessibleName(tr("Headers"));
    headers_->setPlaceholderText(tr("Headers: Name: value, one a line"));
    wearFixedFont(headers_);
    headers_->setTabChangesFocus(true);
    headers_->setFixedHeight(QFontMetrics(fixedFont()).lineSpacing() * headerLines + 18);
    gateway_ = new QComboBox;
    gateway_->setAccessibleName(tr("Gateway"));
    gateway_->addItem(tr("any Gateway"), QString());
    gateway_->setSizeAdjustPolicy(QComboBox::AdjustToContents);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    lines_ = new QHBoxLayout;
    lines_->setSpacing(6);
    lines_->addWidget(kind_);
    lines_->addWidget(method_);
    lines_->addWidget(target_, 1);
    column->addLayout(lines_);
    column->addWidget(call_);
    column->addWidget(headers_);

    connect(kind_, &QComboBox::currentIndexChanged, this, &ProbeForm::fitToKind);
    connect(target_, &QLineEdit::returnPressed, this, &ProbeForm::submitted);
    connect(call_, &QLineEdit::returnPressed, this, &ProbeForm::submitted);
    fitToKind();
}

void ProbeForm::addBesideTarget(QWidget* widget)
{
    lines_->addWidget(widget);
}

void ProbeForm::setTheme(const Theme&)
{
    wearFixedFont(headers_);
}

void ProbeForm::fitToKind()
{
    const auto kind = static_cast<ProbeKind>(kind_->currentData().toInt());
    const bool requests = kind == ProbeKind::Http || kind == ProbeKind::Grpc;
    method_->setVisible(kind == ProbeKind::Http);
    call_->setVisible(kind == ProbeKind::Grpc);
    headers_->setVisible(requests);
    switch (kind) {
    case ProbeKind::Http:
        target_->setPlaceholderText(tr("http://shop.example.com/cart"));
        break;
    case ProbeKind::Grpc:
        target_->setPlaceholderText(tr("grpc.example.com:8080"));
        break;
    case ProbeKind::Tls:
        target_->setPlaceholderText(tr("app.example.com:443, the name that the client asks for"));
        break;
    case ProbeKind::Tcp:
    case ProbeKind::Udp:
        target_->setPlaceholderText(tr(":5432, or address and port"));
        break;
    }
}

void ProbeForm::setGateways(const QStringList& gateways)
{
    const QString chosen = gateway_->currentData().toString();
    gateway_->clear();
    gateway_->addItem(tr("any Gateway"), QString());
    for (const QString& name : gateways)
        gateway_->addItem(name, name);
    gateway_->setCurrentIndex(std::max(0, gateway_->findData(chosen)));
}

void ProbeForm::setRequest(const ProbeRequest& request)
{
    kind_->setCurrentIndex(kind_->findData(static_cast<int>(request.kind)));
    if (request.kind == ProbeKind::Http)
        method_->setCurrentText(request.method);
    target_->setText(request.target);
    call_->setText(request.call);
    headers_->setPlainText(headersText(request));
    gateway_->setCurrentIndex(std::max(0, gateway_->findData(request.gateway)));
}

ProbeRequest ProbeForm::request(QString* fault) const
{
    ProbeRequest request;
    request.kind = static_cast<ProbeKind>(kind_->currentData().toInt());
    request.target = target_->text().trimmed();
    request.gateway = gateway_->currentData().toString();
    QString why;
    if (request.target.isEmpty())
        why = tr("Say where the request goes to");
    if (request.kind == ProbeKind::Http)
        request.method = method_->currentText().trimmed();
    if (request.kind == ProbeKind::Grpc) {
        request.call = call_->text().trimmed();
        if (request.call.isEmpty() && why.isEmpty())
            why = tr("Say which service and method is called");
    }
    if (request.kind == ProbeKind::Http || request.kind == ProbeKind::Grpc) {
        ParsedHeaders parsed = parseHeaders(headers_->toPlainText());
        request.headers = std::move(parsed.headers);
        if (why.isEmpty())
            why = parsed.fault;
    }
    // What people type without a scheme is HTTP.
    if (request.kind == ProbeKind::Http && !request.target.isEmpty() && !request.target.contains(QLatin1String("://")))
        request.target.prepend(QLatin1String("http://"));
    if (fault)
        *fault = why;
    return request;
}

} // namespace gatehouse::ui
