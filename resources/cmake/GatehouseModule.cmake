# gatehouse_precompile(TARGET [headers...]): reads what nearly every file includes once a target; reading it again is two
# thirds of the time that a small file takes. Every file includes what it needs all the same: the portable preset builds
# without, and shows where one does not.
set(GATEHOUSE_USUAL_HEADERS <algorithm> <array> <cerrno> <charconv> <chrono> <cstdint> <cstring> <functional> <map> <memory>
  <mutex> <optional> <set> <string> <string_view> <tuple> <unordered_map> <utility> <vector>)
set(GATEHOUSE_USUAL_WIDGETS <QAction> <QApplication> <QBoxLayout> <QGraphicsObject> <QLabel> <QLineEdit> <QMainWindow>
  <QMenu> <QPainter> <QStringList> <QToolButton> <QTreeView>)
function(gatehouse_precompile target)
  if(GATEHOUSE_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${GATEHOUSE_USUAL_HEADERS} ${ARGN})
    # ccache keeps no results without it.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  endif()
endfunction()

# gatehouse_module(NAME ROOT <top folder> DIRS <sub folders>... [DEPENDS targets...] [PRIVATE targets...])
#
# One static library a module. Its headers are reached as "<top folder>/<sub folder>/x.h" through an include tree of its own
# (links in build/include), so that a module sees only its own headers and those of the modules it names: a wrong
# dependency does not compile.
function(gatehouse_module name)
  cmake_parse_arguments(ARG "" "ROOT" "DIRS;DEPENDS;PRIVATE" ${ARGN})
  # One tree for all presets: the same command lines, so that ccache serves them alike.
  set(tree ${CMAKE_SOURCE_DIR}/build/include/${name})
  file(MAKE_DIRECTORY ${tree}/${ARG_ROOT})
  set(sources "")
  foreach(dir IN LISTS ARG_DIRS)
    if(dir STREQUAL ".")
      # Files that lie directly in the top folder.
      file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${ARG_ROOT}/*.h)
      foreach(header IN LISTS headers)
        get_filename_component(leaf ${header} NAME)
        file(CREATE_LINK ${header} ${tree}/${ARG_ROOT}/${leaf} SYMBOLIC)
      endforeach()
      file(GLOB found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${ARG_ROOT}/*.cpp)
    else()
      set(path ${CMAKE_SOURCE_DIR}/${ARG_ROOT}/${dir})
      if(NOT IS_DIRECTORY ${path})
        continue()
      endif()
      file(CREATE_LINK ${path} ${tree}/${ARG_ROOT}/${dir} SYMBOLIC)
      file(GLOB_RECURSE found CONFIGURE_DEPENDS ${path}/*.cpp)
    endif()
    list(APPEND sources ${found})
  endforeach()
  if(NOT sources)
    file(TOUCH ${tree}/empty.cpp)
    set(sources ${tree}/empty.cpp)
  endif()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC ${tree})
  target_link_libraries(${name} PUBLIC ${ARG_DEPENDS} PRIVATE gatehouse_flags ${ARG_PRIVATE})
  # Not where anything is inlined: what comes out of a precompiled header is no system header any more, and GCC 12 warns of
  # std::string's own copies (see -Wno-restrict).
  if(CMAKE_BUILD_TYPE STREQUAL "Debug")
    gatehouse_precompile(${name})
  endif()
endfunction()
