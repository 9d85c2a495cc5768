# cpack runs this over what it installed and before it packs that: one folder a component in CPACK_TEMPORARY_DIRECTORY.
# Brings each into the form that Debian's policy wants, and gives every file one time: SOURCE_DATE_EPOCH, which cpack puts
# into the rest of the package, so that the same programs make the same bytes; without it, the date of the version.
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE said OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  set(said "${said}" PARENT_SCOPE)
endfunction()

set(epoch $ENV{SOURCE_DATE_EPOCH})
if(NOT epoch)
  run(date -u -d ${CPACK_GATEHOUSE_DATE} +%s)
  set(epoch ${said})
endif()
run(date -u -R -d ${CPACK_GATEHOUSE_DATE})
set(changelog "gatehouse (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * Release ${CPACK_PACKAGE_VERSION}; see changelog.gz of gatehouse for what is new.

 -- ${CPACK_PACKAGE_CONTACT}  ${said}
")

foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  set(root ${CPACK_TEMPORARY_DIRECTORY}/${component})
  set(share ${root}${CPACK_PACKAGING_INSTALL_PREFIX}/share)
  set(doc ${share}/doc/${component})
  file(MAKE_DIRECTORY ${doc})
  # The text of the licence is in every Debian system; `copyright` names it.
  file(REMOVE ${doc}/LICENSE)
  if(EXISTS ${doc}/CHANGELOG.md)
    file(RENAME ${doc}/CHANGELOG.md ${doc}/changelog)
  endif()
  configure_file(${CPACK_GATEHOUSE_SOURCE}/resources/debian/copyright ${doc}/copyright COPYONLY)
  file(WRITE ${doc}/changelog.Debian "${changelog}")
  file(GLOB compressed ${share}/man/man1/*.1 ${doc}/changelog ${doc}/changelog.Debian)
  run(gzip -9n ${compressed})
  file(GLOB programs ${root}${CPACK_PACKAGING_INSTALL_PREFIX}/bin/* ${root}${CPACK_PACKAGING_INSTALL_PREFIX}/libexec/gatehouse/*)
  run(strip --remove-section=.comment --remove-section=.note ${programs})
  # Whoever packs may have another umask.
  run(chmod -R u=rwX,go=rX ${root})
  run(find ${root} -exec touch -h -d @${epoch} {} +)
endforeach()
