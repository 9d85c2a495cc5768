#include "ui/docks/probe_form.h"

#include "ui/dialogs/path_dialog.h"
#include "ui/docks/dock.h"
#include "ui/icons.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr int fewestLines = 2;
constexpr int mostTimeoutMs = 600'000;

QComboBox* box(const QString& name)
{
    auto* made = new QComboBox;
    made->setAccessibleName(name);
    return made;
}

QPlainTextEdit* edit(const QString& name)
{
    auto* made = new QPlainTextEdit;
    made->setObjectName(QStringLiteral("field"));
    made->setAccessibleName(name);
    made->setFont(fixedFont());
    made->setTabChangesFocus(true);
    made->setMinimumHeight(QFontMetrics(fixedFont()).lineSpacing() * fewestLines + 18);
    return made;
}

} // namespace

ProbeForm::ProbeForm(QWidget* parent) : QWidget(parent)
{
    makeFields();
    makeLayout();
    connect(kind_, &QComboBox::currentIndexChanged, this, &ProbeForm::fitToKind);
    connect(target_, &QLineEdit::textChanged, this, &ProbeForm::fitToKind);
    connect(target_, &QLineEdit::returnPressed, this, &ProbeForm::submitted);
    connect(call_, &QLineEdit::returnPressed, this, &ProbeForm::submitted);
    connect(hex_, &QCheckBox::toggled, this, &ProbeForm::fitToKind);
    connect(methods_, &QToolButton::clicked, this, &ProbeForm::methodsWanted);
    connect(this, &ProbeForm::methodsWanted, this, [this] { askedFrom_ = window()->focusWidget(); });
    connect(browse_, &QToolButton::clicked, this, &ProbeForm::chooseProto);
    connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &ProbeForm::startWithTemplate);
    for (QLineEdit* line : {target_, call_, proto_})
        connect(line, &QLineEdit::textChanged, this, &ProbeForm::changed);
    for (QPlainTextEdit* text : {headers_, body_})
        connect(text, &QPlainTextEdit::textChanged, this, &ProbeForm::changed);
    for (QWidget* field : findChildren<QWidget*>())
        field->installEventFilter(this);
    fitToKind();
}

void ProbeForm::makeFields()
{
    kind_ = box(tr("Protocol"));
    for (const auto& [kind, name] : {std::pair(ProbeKind::Http, "HTTP"),
                                     {ProbeKind::Grpc, "gRPC"},
                                     {ProbeKind::Tls, "TLS"},
                                     {ProbeKind::Tcp, "TCP"},
                                     {ProbeKind::Udp, "UDP"}})
        kind_->addItem(QLatin1String(name), static_cast<int>(kind));
    method_ = box(tr("Method"));
    method_->setEditable(true);
    method_->addItems({QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                       QStringLiteral("DELETE"), QStringLiteral("HEAD"), QStringLiteral("OPTIONS")});
    target_ = new QLineEdit;
    target_->setAccessibleName(tr("Target"));
    call_ = new QLineEdit;
    call_->setAccessibleName(tr("Service and method"));
    call_->setPlaceholderText(tr("package.Service/Method"));
    offered_ = new QStandardItemModel(this);
    completer_ = new QCompleter(offered_, this);
    completer_->setFilterMode(Qt::MatchContains);
    completer_->setCaseSensitivity(Qt::CaseInsensitive);
    call_->setCompleter(completer_);
    methods_ = makeToolButton(tr("Methods"), tr("Ask the target, or read the .proto, for its services and methods"));
    proto_ = new QLineEdit;
    proto_->setAccessibleName(tr("Description of the services"));
    proto_->setPlaceholderText(tr(".proto or descriptor set; empty: server reflection"));
    proto_->setClearButtonEnabled(true);
    browse_ = new QToolButton;
    browse_->setToolTip(tr("Choose a .proto or a descriptor set"));
    browse_->setAccessibleName(browse_->toolTip());
    headers_ = edit(tr("Headers"));
    headers_->setPlaceholderText(tr("Headers: Name: value, one a line"));
    body_ = edit(tr("Body"));
    gateway_ = box(tr("Gateway"));
    gateway_->addItem(tr("any Gateway"), QString());
    gateway_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    version_ = box(tr("Version of HTTP"));
    version_->addItem(QStringLiteral("HTTP/1.1"), false);
    version_->addItem(QStringLiteral("HTTP/2"), true);
    trust_ = box(tr("Whom to trust"));
    trust_->addItem(tr("Any certificate"), static_cast<int>(ProbeTrust::Anybody));
    trust_->addItem(tr("Trust the local CA"), static_cast<int>(ProbeTrust::LocalCa));
    trust_->addItem(tr("Trust as the system does"), static_cast<int>(ProbeTrust::System));
    hex_ = new QCheckBox(tr("Hexadecimal"));
    hex_->setToolTip(tr("What is sent is written as hexadecimal digits"));
    timeout_ = new QSpinBox;
    timeout_->setAccessibleName(tr("Timeout"));
    timeout_->setToolTip(tr("How long an answer may take"));
    timeout_->setRange(100, mostTimeoutMs);
    timeout_->setSingleStep(1'000);
    timeout_->setSuffix(tr(" ms"));
    timeout_->setValue(ProbeRequest().timeoutMs);
}

void ProbeForm::makeLayout()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    lines_ = new QHBoxLayout;
    lines_->setSpacing(6);
    lines_->addWidget(kind_);
    lines_->addWidget(method_);
    lines_->addWidget(target_, 1);
    column->addLayout(lines_);
    auto* call = new QHBoxLayout;
    call->setSpacing(6);
    call->addWidget(call_, 3);
    call->addWidget(methods_);
    column->addLayout(call);
    auto* proto = new QHBoxLayout;
    proto->setSpacing(6);
    proto->addWidget(proto_, 1);
    proto->addWidget(browse_);
    column->addLayout(proto);
    auto* texts = new QHBoxLayout;
    texts->setSpacing(6);
    texts->addWidget(headers_, 1);
    texts->addWidget(body_, 1);
    column->addLayout(texts, 1);
    auto* options = new QHBoxLayout;
    options->setSpacing(6);
    for (QWidget* option :
         {static_cast<QWidget*>(gateway_), static_cast<QWidget*>(version_), static_cast<QWidget*>(trust_),
          static_cast<QWidget*>(hex_), static_cast<QWidget*>(timeout_)})
        options->addWidget(option);
    options->addStretch(1);
    column->addLayout(options);
}

void ProbeForm::addBesideTarget(QWidget* widget)
{
    lines_->addWidget(widget);
}

void ProbeForm::setTheme(const Theme& theme)
{
    wearFixedFont(headers_);
    wearFixedFont(body_);
    methods_->setIcon(icon(QStringLiteral("reload"), theme.muted));
    browse_->setIcon(icon(QStringLiteral("open"), theme.muted));
}

bool ProbeForm::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(object, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool sends = (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
                       (key->modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier;
    if (!sends)
        return QWidget::eventFilter(object, event);
    event->accept(); // here it is no shortcut of the window's
    if (event->type() == QEvent::KeyPress)
        emit sendSubmitted();
    return true;
}

ProbeKind ProbeForm::kindNow() const
{
    return static_cast<ProbeKind>(kind_->currentData().toInt());
}

void ProbeForm::fitToKind()
{
    const ProbeKind kind = kindNow();
    const bool grpc = kind == ProbeKind::Grpc;
    const bool requests = kind == ProbeKind::Http || grpc;
    method_->setVisible(kind == ProbeKind::Http);
    version_->setVisible(kind == ProbeKind::Http);
    for (QWidget* field : {static_cast<QWidget*>(call_), static_cast<QWidget*>(methods_), static_cast<QWidget*>(proto_),
                           static_cast<QWidget*>(browse_)})
        field->setVisible(grpc);
    headers_->setVisible(requests);
    hex_->setVisible(!requests);
    trust_->setVisible(speaksTls(target()));
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
    fitBodyText(kind);
}

void ProbeForm::fitBodyText(ProbeKind kind)
{
    if (kind == ProbeKind::Http)
        body_->setPlaceholderText(tr("Body"));
    else if (kind == ProbeKind::Grpc)
        body_->setPlaceholderText(tr("Message, as JSON"));
    else
        body_->setPlaceholderText(hex_->isChecked() ? tr("Bytes to send: 54 45 53 54 0a") : tr("Text to send"));
}

void ProbeForm::chooseProto()
{
    PathWish wish{PathWish::Kind::File, tr("Choose a description of gRPC services"),
                  tr("Protocol buffers (*.proto *.pb *.binpb *.protoset *.desc);;All files (*)")};
    wish.name = proto_->text();
    askForPaths(wish, this, [this](const QStringList& files) {
        proto_->setText(files.first());
        emit methodsWanted();
    });
}

void ProbeForm::setMethods(const std::vector<ProbeMethod>& methods)
{
    known_ = methods;
    offered_->clear();
    for (const ProbeMethod& method : methods) {
        auto* item = new QStandardItem(method.name);
        if (method.streams)
            item->setToolTip(tr("streams; one message is sent"));
        offered_->appendRow(item);
    }
    // Whoever went elsewhere while the server was asked types there.
    if (methods.empty() || !call_->isVisible() || window()->focusWidget() != askedFrom_)
        return;
    call_->setFocus(Qt::OtherFocusReason);
    // A call that is known already hides nothing of the others.
    const bool exact = std::any_of(methods.begin(), methods.end(),
                                   [this](const ProbeMethod& method) { return method.name == call_->text(); });
    completer_->setCompletionPrefix(exact ? QString() : call_->text());
    completer_->complete();
}

void ProbeForm::startWithTemplate(const QString& method)
{
    if (!body_->toPlainText().trimmed().isEmpty())
        return; // what somebody wrote is not written over
    const auto found =
        std::find_if(known_.begin(), known_.end(), [&](const ProbeMethod& each) { return each.name == method; });
    if (found == known_.end())
        return;
    ProbeAnswer form;
    form.body = found->message.toUtf8();
    form.bodySize = static_cast<std::uint64_t>(form.body.size());
    body_->setPlainText(bodyText(form).text);
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
    body_->setPlainText(request.body);
    hex_->setChecked(request.hex);
    proto_->setText(request.protoFile);
    version_->setCurrentIndex(request.http2 ? 1 : 0);
    trust_->setCurrentIndex(std::max(0, trust_->findData(static_cast<int>(request.trust))));
    timeout_->setValue(request.timeoutMs);
}

ProbeRequest ProbeForm::target(QString* fault) const
{
    ProbeRequest request;
    request.kind = kindNow();
    request.target = target_->text().trimmed();
    request.gateway = gateway_->currentData().toString();
    request.timeoutMs = timeout_->value();
    // What people type without a scheme is HTTP.
    if (request.kind == ProbeKind::Http && !request.target.isEmpty() && !request.target.contains(QLatin1String("://")))
        request.target.prepend(QLatin1String("http://"));
    if (request.kind == ProbeKind::Grpc) {
        request.call = call_->text().trimmed();
        request.protoFile = proto_->text().trimmed();
    }
    if (speaksTls(request))
        request.trust = static_cast<ProbeTrust>(trust_->currentData().toInt());
    if (fault)
        *fault = request.target.isEmpty() ? tr("Say where the request goes to") : QString();
    return request;
}

ProbeRequest ProbeForm::request(QString* fault) const
{
    QString why;
    ProbeRequest request = target(&why);
    const bool streams = request.kind != ProbeKind::Http && request.kind != ProbeKind::Grpc;
    if (request.kind == ProbeKind::Http) {
        request.method = method_->currentText().trimmed();
        request.http2 = version_->currentData().toBool();
    }
    if (request.kind == ProbeKind::Grpc && request.call.isEmpty() && why.isEmpty())
        why = tr("Say which service and method is called");
    request.body = body_->toPlainText();
    request.hex = streams && hex_->isChecked();
    if (request.hex && why.isEmpty())
        why = parseHex(request.body).fault;
    if (!streams) {
        ParsedHeaders parsed = parseHeaders(headers_->toPlainText());
        request.headers = std::move(parsed.headers);
        if (why.isEmpty())
            why = parsed.fault;
    }
    if (fault)
        *fault = why;
    return request;
}

} // namespace gatehouse::ui
