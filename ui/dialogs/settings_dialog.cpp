#include "ui/dialogs/settings_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {

SettingsDialog::SettingsDialog(const Preferences& now, QWidget* parent)
    : QDialog(parent), now_(now), startedLanguage_(now.language), theme_(new QComboBox), language_(new QComboBox),
      direction_(new QComboBox), fontSize_(new QDoubleSpinBox), restart_(new QLabel)
{
    setWindowTitle(tr("Settings"));
    setObjectName(QStringLiteral("settings"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(14);
    column->addWidget(makeLooks());
    column->addWidget(makeCanvas());
    column->addWidget(makeFiles());
    column->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close | QDialogButtonBox::RestoreDefaults);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this, &SettingsDialog::resetAll);
    column->addWidget(buttons);
    buttons->button(QDialogButtonBox::Close)->setDefault(true); // of the dialog, which it has to stand in
    showNow();
}

QWidget* SettingsDialog::makeLooks()
{
    auto* box = new QGroupBox(tr("Appearance"));
    auto* form = new QFormLayout(box);
    theme_->addItem(tr("As the desktop"), static_cast<int>(ThemeChoice::System));
    theme_->addItem(tr("Light"), static_cast<int>(ThemeChoice::Light));
    theme_->addItem(tr("Dark"), static_cast<int>(ThemeChoice::Dark));
    theme_->addItem(tr("High contrast"), static_cast<int>(ThemeChoice::HighContrast));
    theme_->setObjectName(QStringLiteral("theme"));
    theme_->setAccessibleName(tr("Colours"));
    form->addRow(tr("&Colours:"), theme_);
    language_->addItem(tr("As the desktop"), QString());
    language_->addItem(QStringLiteral("English"), QStringLiteral("en"));
    language_->addItem(QStringLiteral("Deutsch"), QStringLiteral("de"));
    language_->setObjectName(QStringLiteral("language"));
    language_->setAccessibleName(tr("Language"));
    form->addRow(tr("&Language:"), language_);
    restart_->setText(tr("The language changes when Gatehouse is started the next time."));
    restart_->setObjectName(QStringLiteral("muted"));
    restart_->setWordWrap(true);
    form->addRow(QString(), restart_);
    fontSize_->setRange(leastFontSize - 1, mostFontSize);
    fontSize_->setSingleStep(1);
    fontSize_->setDecimals(0);
    fontSize_->setSuffix(tr(" pt"));
    fontSize_->setSpecialValueText(tr("As the desktop"));
    fontSize_->setObjectName(QStringLiteral("fontSize"));
    fontSize_->setAccessibleName(tr("Size of texts"));
    form->addRow(tr("&Size of texts:"), fontSize_);
    form->addRow(QString(), check(QStringLiteral("reduceMotion"), tr("&Reduce motion"), &Preferences::reduceMotion));
    connect(theme_, &QComboBox::currentIndexChanged, this, &SettingsDialog::tell);
    connect(language_, &QComboBox::currentIndexChanged, this, &SettingsDialog::tell);
    connect(fontSize_, &QDoubleSpinBox::valueChanged, this, &SettingsDialog::tell);
    return box;
}

QWidget* SettingsDialog::makeCanvas()
{
    auto* box = new QGroupBox(tr("Topology"));
    auto* form = new QFormLayout(box);
    direction_->addItem(tr("From left to right"), false);
    direction_->addItem(tr("From top to bottom"), true);
    direction_->setObjectName(QStringLiteral("direction"));
    direction_->setAccessibleName(tr("Direction"));
    form->addRow(tr("&Direction:"), direction_);
    form->addRow(QString(), check(QStringLiteral("legend"), tr("Show the l&egend"), &Preferences::legend));
    form->addRow(QString(),
                 check(QStringLiteral("minimap"), tr("Show the &map of large topologies"), &Preferences::minimap));
    connect(direction_, &QComboBox::currentIndexChanged, this, &SettingsDialog::tell);
    return box;
}

QWidget* SettingsDialog::makeFiles()
{
    auto* box = new QGroupBox(tr("Files"));
    auto* column = new QVBoxLayout(box);
    column->addWidget(
        check(QStringLiteral("followChanges"), tr("&Follow changes of files"), &Preferences::followChanges));
    column->addWidget(
        check(QStringLiteral("restoreSession"), tr("&Open what was open the last time"), &Preferences::restoreSession));
    return box;
}

QCheckBox* SettingsDialog::check(const QString& name, const QString& text, bool Preferences::*member)
{
    auto* made = new QCheckBox(text);
    made->setObjectName(name);
    checks_.emplace_back(made, member);
    connect(made, &QCheckBox::toggled, this, &SettingsDialog::tell);
    return made;
}

void SettingsDialog::tell()
{
    if (showing_)
        return;
    Preferences wanted = now_;
    wanted.theme = static_cast<ThemeChoice>(theme_->currentData().toInt());
    wanted.language = language_->currentData().toString();
    wanted.fontSize = fontSize_->value() < leastFontSize ? 0 : fontSize_->value();
    wanted.topDown = direction_->currentData().toBool();
    for (const auto& [box, member] : checks_)
        wanted.*member = box->isChecked();
    restart_->setVisible(wanted.language != startedLanguage_);
    if (wanted == now_)
        return;
    now_ = wanted;
    emit changed(now_);
}

void SettingsDialog::setPreferences(const Preferences& now)
{
    if (now == now_)
        return;
    now_ = now;
    showNow();
}

void SettingsDialog::resetAll()
{
    now_ = {};
    showNow();
    emit changed(now_);
}

void SettingsDialog::showNow()
{
    showing_ = true;
    theme_->setCurrentIndex(theme_->findData(static_cast<int>(now_.theme)));
    language_->setCurrentIndex(std::max(0, language_->findData(now_.language)));
    direction_->setCurrentIndex(now_.topDown ? 1 : 0);
    fontSize_->setValue(now_.fontSize > 0 ? now_.fontSize : fontSize_->minimum());
    for (const auto& [box, member] : checks_)
        box->setChecked(now_.*member);
    restart_->setVisible(now_.language != startedLanguage_);
    showing_ = false;
}

} // namespace gatehouse::ui
