# Installs the headless component into an empty folder, and uses what is there.
foreach(name BUILD PREFIX VERSION)
  if(NOT DEFINED ${name})
    message(FATAL_ERROR "-D${name}=... is missing")
  endif()
endforeach()
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX} --component gatehouse
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
foreach(path bin/gatehouse share/man/man1/gatehouse.1 share/man/man1/gatehouse-run.1
    share/bash-completion/completions/gatehouse share/zsh/vendor-completions/_gatehouse
    share/fish/vendor_completions.d/gatehouse.fish share/gatehouse/samples/one-to-one/gateway.yaml
    share/gatehouse/schemas/graph.schema.json share/doc/gatehouse/LICENSE)
  if(NOT EXISTS ${PREFIX}/${path})
    message(FATAL_ERROR "${path} was not installed")
  endif()
  file(SIZE ${PREFIX}/${path} size)
  if(size EQUAL 0)
    message(FATAL_ERROR "${path} is empty")
  endif()
endforeach()
execute_process(COMMAND ${PREFIX}/bin/gatehouse version OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
if(NOT said MATCHES "^gatehouse ${VERSION} ")
  message(FATAL_ERROR "the installed program says: ${said}")
endif()
execute_process(COMMAND ${PREFIX}/bin/gatehouse check ${PREFIX}/share/gatehouse/samples/one-to-one
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE_RECURSE ${PREFIX})
