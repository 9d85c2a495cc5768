# What `cmake --install` puts where, in two components that packages follow: "gatehouse", the headless program with its man
# pages, completions, samples and schemas, and "gatehouse-desktop".
include(GNUInstallDirs)

# Man pages and completions come out of the program itself, from the definitions of its options.
set(gatehouse_generated ${CMAKE_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${gatehouse_generated}/man1 ${gatehouse_generated}/completions)
add_custom_command(
  OUTPUT ${gatehouse_generated}/stamp
  COMMAND gatehouse man-page --directory ${gatehouse_generated}/man1
  COMMAND gatehouse completion bash > ${gatehouse_generated}/completions/gatehouse
  COMMAND gatehouse completion zsh > ${gatehouse_generated}/completions/_gatehouse
  COMMAND gatehouse completion fish > ${gatehouse_generated}/completions/gatehouse.fish
  COMMAND ${CMAKE_COMMAND} -E touch ${gatehouse_generated}/stamp
  DEPENDS gatehouse
  COMMENT "Writing man pages and completions")
add_custom_target(gatehouse_pages ALL DEPENDS ${gatehouse_generated}/stamp)

install(TARGETS gatehouse RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT gatehouse)
install(DIRECTORY ${gatehouse_generated}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR} COMPONENT gatehouse)
install(FILES ${gatehouse_generated}/completions/gatehouse
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT gatehouse)
install(FILES ${gatehouse_generated}/completions/_gatehouse
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT gatehouse)
install(FILES ${gatehouse_generated}/completions/gatehouse.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT gatehouse)
install(DIRECTORY samples DESTINATION ${CMAKE_INSTALL_DATADIR}/gatehouse COMPONENT gatehouse)
install(DIRECTORY resources/schemas DESTINATION ${CMAKE_INSTALL_DATADIR}/gatehouse COMPONENT gatehouse)
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT gatehouse)

if(TARGET gatehouse-desktop)
  add_custom_command(
    OUTPUT ${gatehouse_generated}/gatehouse-desktop.1
    COMMAND gatehouse-desktop --man-page > ${gatehouse_generated}/gatehouse-desktop.1
    DEPENDS gatehouse-desktop
    COMMENT "Writing the desktop's man page")
  add_custom_target(gatehouse_desktop_page ALL DEPENDS ${gatehouse_generated}/gatehouse-desktop.1)
  install(FILES ${gatehouse_generated}/gatehouse-desktop.1
    DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT gatehouse-desktop)
  install(TARGETS gatehouse-desktop RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT gatehouse-desktop)
  # Nobody calls it by hand; the desktop looks for it there.
  install(TARGETS gatehouse-layout RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/gatehouse COMPONENT gatehouse-desktop)
  install(FILES resources/gatehouse.metainfo.xml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT gatehouse-desktop)
  install(FILES resources/icons/gatehouse.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT gatehouse-desktop)
  install(FILES resources/gatehouse.desktop
    DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT gatehouse-desktop)
endif()
