# Debian packages of the install components, by cpack: "gatehouse" and "gatehouse-desktop". See ./dev package.
find_program(GATEHOUSE_SHLIBDEPS dpkg-shlibdeps)
# A sanitized program wants its run-time library, suppressions and symbols around it: nothing that a package is for.
if(GATEHOUSE_SHLIBDEPS AND NOT GATEHOUSE_SANITIZE AND NOT GATEHOUSE_FUZZ)
  set(GATEHOUSE_CAN_PACKAGE ON)
else()
  set(GATEHOUSE_CAN_PACKAGE OFF)
endif()
option(GATEHOUSE_PACKAGES "Make Debian packages with cpack, and test them" ${GATEHOUSE_CAN_PACKAGE})
set(GATEHOUSE_MAINTAINER "Gatehouse maintainers <maintainers@gatehouse.dev>" CACHE STRING "Who answers for the packages")
if(NOT GATEHOUSE_PACKAGES)
  return()
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gatehouse)
set(CPACK_PACKAGE_VENDOR Gatehouse)
set(CPACK_PACKAGE_CONTACT ${GATEHOUSE_MAINTAINER})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL gatehouse)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# What Debian wants otherwise than `cmake --install` does it: compressed, with its own papers.
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/resources/debian/finish.cmake)
set(CPACK_GATEHOUSE_SOURCE ${CMAKE_SOURCE_DIR})
set(CPACK_GATEHOUSE_DATE ${GATEHOUSE_DATE})

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

set(CPACK_DEBIAN_GATEHOUSE_PACKAGE_NAME gatehouse)
set(CPACK_DEBIAN_GATEHOUSE_DESCRIPTION
"local emulator of the Kubernetes Gateway API
Runs Gateway API manifests on this machine, without a cluster: computes who
is attached to what as the API says, explains why not, and forwards real
local HTTP, gRPC, TLS, TCP and UDP traffic by the same rules. With
--kube-api, kubectl and client-go programs see a cluster with a Gateway
controller.")
set(CPACK_DEBIAN_GATEHOUSE_PACKAGE_RECOMMENDS "ca-certificates")
set(CPACK_DEBIAN_GATEHOUSE_PACKAGE_SUGGESTS "gatehouse-desktop, curl, git, kubernetes-client")

if(TARGET gatehouse-desktop)
  list(APPEND CPACK_COMPONENTS_ALL gatehouse-desktop)
  set(CPACK_DEBIAN_GATEHOUSE-DESKTOP_PACKAGE_NAME gatehouse-desktop)
  set(CPACK_DEBIAN_GATEHOUSE-DESKTOP_DESCRIPTION
"desktop application to see, run and debug Gateway API manifests
The window of Gatehouse: Gateways, routes and backends on a canvas, with
every refused attachment, its reason and what would mend it; a probe that
tells which rule would serve a request; live traffic with the explanation
of each request.")
  set(CPACK_DEBIAN_GATEHOUSE-DESKTOP_PACKAGE_DEPENDS
    "gatehouse (= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")
  set(CPACK_DEBIAN_GATEHOUSE-DESKTOP_PACKAGE_RECOMMENDS "fonts-inter, fonts-jetbrains-mono")
endif()
include(CPack)
